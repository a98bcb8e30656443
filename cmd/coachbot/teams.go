package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/store"
)

func (p *program) teams() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "teams", Short: "Lists the teams with all their settings, those that were removed, and who changed what", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			s, done, err := p.existing(cfg.Store)
			if err != nil {
				return err
			}
			defer done()
			app, err := p.reader(c.Context(), cfg, s)
			if err != nil {
				return err
			}
			list, err := app.Teams(c.Context())
			if err != nil {
				return usageError("the teams cannot be read: %v", err)
			}
			for i, t := range list {
				if asJSON {
					if err := p.printJSON(teamJSON(t)); err != nil {
						return err
					}
					continue
				}
				if i > 0 {
					fmt.Fprintln(p.out)
				}
				p.printTeam(t)
			}
			return nil
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a team; times that pass are in seconds")
	return c
}

// printedTeam is a team as scripts read it: what lasts is in seconds.
type printedTeam struct {
	store.Team
	Remind      []float64 `json:"remind,omitempty"`
	RotateAfter float64   `json:"rotate_after,omitempty"`
}

func teamJSON(t store.Team) printedTeam {
	out := printedTeam{Team: t, RotateAfter: t.RotateAfter.Seconds()}
	for _, d := range t.Remind {
		out.Remind = append(out.Remind, d.Seconds())
	}
	return out
}

// printTeam prints a team's settings as they are in force.
func (p *program) printTeam(t store.Team) {
	name := t.Name
	if name == "" {
		name = "(no name)"
	}
	if t.Removed() {
		fmt.Fprintf(p.out, "%s  %s  (removed %s by %s)\n", t.ID, name, t.RemovedAt.Format(time.RFC3339), t.SetBy)
		p.printChanges(t)
		return
	}
	fmt.Fprintf(p.out, "%s  %s\n", t.ID, name)
	for _, s := range []struct{ name, value string }{
		{"escalation channels", strings.Join(t.Escalation, ", ")}, {"help channel", t.Help}, {"digest channel", t.Digest},
		{"leads", strings.Join(t.Leads, ", ")}, {"duty leads", strings.Join(t.DutyLeads, ", ")}, {"names shown", yesNo(!t.HideNames)},
		{"language", t.Lang}, {"time zone", t.Zone}, {"working hours", hoursText(t.Hours)}, {"holidays", strings.Join(t.Holidays, ", ")},
		{"make-up days", strings.Join(t.MakeUp, ", ")}, {"digest at", t.DigestAt}, {"digest days", strings.Join(t.DigestDays, ", ")},
		{"reminders after", delaysText(t.Remind)}, {"rotation", rotationText(t)},
	} {
		if s.value == "" {
			s.value = "-"
		}
		fmt.Fprintf(p.out, "  %-20s %s\n", s.name, s.value)
	}
	p.printChanges(t)
}

// printChanges prints who changed what of a team's settings.
func (p *program) printChanges(t store.Team) {
	for _, h := range t.History {
		fmt.Fprintf(p.out, "  changed %s by %s: %s\n", h.At.Format(time.RFC3339), h.By, strings.Join(h.What, ", "))
	}
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// hoursText is a working week such as "Mon 09:00-18:00, Tue 09:00-18:00".
func hoursText(list []store.Hours) string {
	if len(list) == 0 {
		return "Mon-Fri 09:00-18:00"
	}
	var out []string
	for _, h := range list {
		out = append(out, fmt.Sprintf("%s %02d:%02d-%02d:%02d", h.Day.String()[:3], h.From/60, h.From%60, h.To/60, h.To%60))
	}
	return strings.Join(out, ", ")
}

func delaysText(list []time.Duration) string {
	var out []string
	for _, d := range list {
		out = append(out, delayText(d))
	}
	return strings.Join(out, ", ")
}

// delayText is a delay without the noughts: 5m, not 5m0s.
func delayText(d time.Duration) string {
	if d > 0 && d%time.Minute == 0 {
		return strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return d.String()
}

func rotationText(t store.Team) string {
	if !t.Rotation {
		return "no"
	}
	return "yes, the next one after " + delayText(t.RotateAfter)
}
