package main

import (
	_ "embed"

	"github.com/spf13/cobra"
)

// appManifest is pasted into Slack's "Create an app from a manifest". Every
// scope in it is used: see README, "Scopes".
//
//go:embed manifest.yaml
var appManifest string

func (p *program) manifest() *cobra.Command {
	return &cobra.Command{Use: "manifest", Short: "Prints the Slack app manifest, ready to paste", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := p.out.Write([]byte(appManifest))
			return err
		}}
}
