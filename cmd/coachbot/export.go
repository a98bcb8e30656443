package main

import (
	"encoding/csv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/store"
)

// exportedCase is a case as scripts read it: no text of a customer, no private case.
type exportedCase struct {
	Kind      string          `json:"kind"`
	ID        string          `json:"id"`
	Workspace string          `json:"workspace"`
	Team      string          `json:"team"`
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"`
	Lang      string          `json:"lang"`
	Severity  string          `json:"severity"`
	Emotions  []string        `json:"emotions"`
	Playbook  string          `json:"playbook"`
	Step      string          `json:"step"`
	State     store.CaseState `json:"state"`
	OpenedAt  time.Time       `json:"opened_at"`
	AdvisedAt time.Time       `json:"advised_at"`
	ClosedAt  time.Time       `json:"closed_at"`
}

func (p *program) export() *cobra.Command {
	var format, kind string
	c := &cobra.Command{Use: "export", Short: "Prints the cases of the store as csv or jsonl", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case format != "csv" && format != "jsonl":
				return usageError("--format must be csv or jsonl, not %q", format)
			case kind != "" && kind != "case":
				return usageError("--kind must be case; other kinds are not part of this version")
			}
			cfg, err := p.config()
			if err != nil {
				return err
			}
			s, err := openExisting(cfg.Store)
			if err != nil {
				return err
			}
			defer s.Close()
			write, flush := p.caseWriter(format)
			err = s.CasesOpened(c.Context(), "", time.Unix(0, 0), time.Now().Add(24*time.Hour), func(k store.Case) error {
				if k.Private || k.State == store.CaseDeleted {
					return nil
				}
				return write(exportedCase{"case", k.ID, k.Workspace, k.Team, k.Channel, k.TS, k.Lang, k.Severity, k.Emotions,
					k.Playbook, k.Step, k.State, k.OpenedAt, k.AdvisedAt, k.ClosedAt})
			})
			if err == nil {
				err = flush()
			}
			if err != nil {
				return usageError("the export failed: %v", err)
			}
			return nil
		}}
	c.Flags().StringVar(&format, "format", "jsonl", "csv or jsonl")
	c.Flags().StringVar(&kind, "kind", "", "one kind only: case")
	return c
}

// caseWriter prints cases in a format; flush ends it.
func (p *program) caseWriter(format string) (write func(exportedCase) error, flush func() error) {
	if format == "jsonl" {
		return func(c exportedCase) error { return p.printJSON(c) }, func() error { return nil }
	}
	w := csv.NewWriter(p.out)
	_ = w.Write([]string{"kind", "id", "workspace", "team", "channel", "ts", "lang", "severity", "emotions", "playbook", "step", "state", "opened_at", "advised_at", "closed_at"})
	return func(c exportedCase) error {
			return w.Write([]string{c.Kind, c.ID, c.Workspace, c.Team, c.Channel, c.TS, c.Lang, c.Severity, strings.Join(c.Emotions, " "),
				c.Playbook, c.Step, string(c.State), stamp(c.OpenedAt), stamp(c.AdvisedAt), stamp(c.ClosedAt)})
		}, func() error {
			w.Flush()
			return w.Error()
		}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
