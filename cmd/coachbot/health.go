package main

import (
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthCommand asks the bot on this machine how it is: the image has no shell
// and no curl for its health check.
func (p *program) healthCommand() *cobra.Command {
	return &cobra.Command{Use: "health", Short: "Asks the running bot's /healthz: exit status 0 healthy, 1 not", Args: cobra.NoArgs, Hidden: true,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			host, port, err := net.SplitHostPort(cfg.HTTPAddr)
			if err != nil {
				return usageError("COACH_HTTP_ADDR is not set or is no address; the health check needs it")
			}
			if host == "" || host == "0.0.0.0" || host == "::" {
				host = "127.0.0.1"
			}
			client := &http.Client{Timeout: 2 * time.Second}
			resp, err := client.Get("http://" + net.JoinHostPort(host, port) + "/healthz")
			if err != nil {
				return exitError{exitFailed, err.Error()}
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return exitError{exitFailed, resp.Status}
			}
			return nil
		}}
}
