package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of the next or running release.
const release = "0.1.0"

func (p *program) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Prints version, commit and Go version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			commit, goVersion := "unknown", "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				goVersion = info.GoVersion
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						commit = s.Value
					}
				}
			}
			_, err := fmt.Fprintf(p.out, "coachbot %s, commit %s, %s\n", release, commit, goVersion)
			return err
		}}
}
