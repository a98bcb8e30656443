package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot"
	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

func (p *program) digest() *cobra.Command {
	var team, date string
	var week, month, asJSON, post bool
	c := &cobra.Command{Use: "digest", Short: "Prints a team's digest, or posts it to Slack once", Args: cobra.NoArgs,
		Long: "Prints a team's digest of a day, thread part included; of yesterday without --date. With --week or --month it is the\n" +
			"week or month that holds the date, or the last whole one. --post posts it to the team's digest channel, once.\n" +
			"In the JSON, from and to are what it is about, and date is the day it is posted on; times that pass are in seconds. The bot must be stopped; a backup of its store serves as well.",
		RunE: func(c *cobra.Command, _ []string) error {
			kind := store.DigestDay
			switch {
			case week && month:
				return usageError("--week and --month exclude each other")
			case week:
				kind = store.DigestWeek
			case month:
				kind = store.DigestMonth
			}
			if post {
				return p.postDigest(c.Context(), team, kind, date)
			}
			return p.printDigest(c.Context(), team, kind, date, asJSON)
		}}
	c.Flags().StringVar(&team, "team", "", "the team's id or name (default: the team of the environment)")
	c.Flags().StringVar(&date, "date", "", "the day it is about, such as 2026-11-24 (default: yesterday)")
	c.Flags().BoolVar(&week, "week", false, "of the week")
	c.Flags().BoolVar(&month, "month", false, "of the month")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	c.Flags().BoolVar(&post, "post", false, "post it to Slack, once")
	return c
}

// reader is the bot over the store, without Slack.
func (p *program) reader(ctx context.Context, cfg config, s store.Store) (*bot.App, error) {
	if p.running != nil {
		return p.running.ready()
	}
	k, err := p.knowledge(cfg)
	if err != nil {
		return nil, err
	}
	return bot.NewReader(ctx, bot.Options{Store: s, Engine: k.engine, Guard: k.guard, Library: k.set, Admins: cfg.Admins, Leads: cfg.Leads,
		Channels: cfg.Channels, Locale: cfg.Locale, Team: cfg.team(), Log: p.logger(cfg)})
}

func (p *program) printDigest(ctx context.Context, team string, kind store.DigestKind, date string, asJSON bool) error {
	cfg, err := p.config()
	if err != nil {
		return err
	}
	s, err := openExisting(cfg.Store)
	if err != nil {
		return err
	}
	defer s.Close()
	app, err := p.reader(ctx, cfg, s)
	if err != nil {
		return err
	}
	d, err := app.DigestAbout(ctx, team, kind, date)
	if err != nil {
		return usageError("%v", err)
	}
	if asJSON {
		return p.printJSON(digestJSON(d))
	}
	d.Asked = true
	fmt.Fprintln(p.out, readable(d.Message().Text))
	if d.Detailed() {
		fmt.Fprintln(p.out, "\n"+readable(d.Thread().Text))
	}
	return nil
}

func (p *program) postDigest(ctx context.Context, team string, kind store.DigestKind, date string) error {
	cfg, err := p.config()
	if err == nil {
		err = cfg.checkSlack()
	}
	if err != nil {
		return err
	}
	s, err := openExisting(cfg.Store)
	if err != nil {
		return err
	}
	defer s.Close()
	k, err := p.knowledge(cfg)
	if err != nil {
		return err
	}
	app, err := newApp(ctx, cfg, k, s, nil, p.logger(cfg), time.Now)
	if err != nil {
		return slackError(ctx, err)
	}
	posted, err := app.PostDigest(ctx, team, kind, date)
	switch {
	case err != nil:
		return usageError("the digest was not posted: %v", err)
	case !posted:
		fmt.Fprintln(p.out, "ok: it was posted before; nothing was posted now")
	default:
		fmt.Fprintln(p.out, "ok: posted")
	}
	return nil
}

var slackLink = regexp.MustCompile(`<(https?://[^|>]+)\|([^>]*)>`)

// readable is Slack's markup as people read it in a terminal.
func readable(markup string) string {
	text := slackLink.ReplaceAllString(markup, "$2 ($1)")
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if n := len(line); n > 2 && line[0] == '*' && line[n-1] == '*' {
			line = line[1 : n-1]
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// printedDigest is a digest as scripts read it.
type printedDigest struct {
	Team     string           `json:"team"`
	Kind     store.DigestKind `json:"kind"`
	Date     string           `json:"date"` // the day it is posted on
	From     time.Time        `json:"from"`
	To       time.Time        `json:"to"`
	Lang     string           `json:"lang"`
	Quiet    bool             `json:"quiet"`
	First    bool             `json:"first"`
	Headline string           `json:"headline"`
	Numbers  printedNumbers   `json:"numbers"`
	Usual    *printedAverage  `json:"usual,omitempty"` // a day on average
	Said     []printedCount   `json:"said"`
	Slips    []printedCount   `json:"slips"`
	Rising   []printedCount   `json:"rising"`
	Learned  []printedItem    `json:"learned"`
	OpenHelp []printedItem    `json:"open_help"`
	DueToday []printedItem    `json:"due_today"`
	Waiting  []printedItem    `json:"waiting"`
	Missed   []printedItem    `json:"missed"`
	Product  []printedItem    `json:"product_feedback"`
	Cases    []printedItem    `json:"cases"`
}

// printedNumbers are a digest's numbers as scripts read them: what lasts is in seconds.
type printedNumbers struct {
	store.DigestNumbers
	First   float64 `json:"first,omitempty"`
	Claim   float64 `json:"claim,omitempty"`
	Resolve float64 `json:"resolve,omitempty"`
}

func numbersJSON(n store.DigestNumbers) printedNumbers {
	return printedNumbers{n, n.First.Seconds(), n.Claim.Seconds(), n.Resolve.Seconds()}
}

// printedAverage is a day of those that a digest compares with.
type printedAverage struct {
	Days    int     `json:"days"`
	Cases   float64 `json:"cases"`
	Calmed  float64 `json:"calmed"` // share of the cases, 0 to 1
	Opened  float64 `json:"opened"`
	Kept    float64 `json:"kept"`
	Missed  float64 `json:"missed"`
	Slips   float64 `json:"slips"`
	First   float64 `json:"first,omitempty"`
	Claim   float64 `json:"claim,omitempty"`
	Resolve float64 `json:"resolve,omitempty"`
}

func averageJSON(a *digest.Average) *printedAverage {
	if a == nil {
		return nil
	}
	return &printedAverage{a.Days, a.Cases, a.Calmed, a.Opened, a.Kept, a.Missed, a.Slips, a.First.Seconds(), a.Claim.Seconds(), a.Resolve.Seconds()}
}

type printedCount struct {
	ID    string  `json:"id"`
	N     int     `json:"n"`
	Usual float64 `json:"usual,omitempty"`
}

type printedItem struct {
	ID    string    `json:"id"`
	Text  string    `json:"text,omitempty"`
	State string    `json:"state,omitempty"`
	At    time.Time `json:"at"`
	Link  string    `json:"link,omitempty"`
}

func digestJSON(d blocks.Digest) printedDigest {
	g := d.Digest
	out := printedDigest{Team: g.Team, Kind: g.Kind, Date: g.Date, From: g.From, To: g.To, Lang: d.Lang, Quiet: g.Quiet, First: g.First,
		Headline: d.Headlines(), Numbers: numbersJSON(g.Numbers), Usual: averageJSON(g.Average), Said: countsJSON(g.Said), Slips: countsJSON(g.Slipped),
		Rising: []printedCount{}, Learned: []printedItem{}, OpenHelp: []printedItem{}, DueToday: []printedItem{}, Waiting: []printedItem{}, Missed: []printedItem{}, Product: []printedItem{}, Cases: []printedItem{}}
	for _, r := range g.Rising {
		out.Rising = append(out.Rising, printedCount{r.Scenario, r.N, r.Before})
	}
	for _, k := range g.Learned {
		out.Learned = append(out.Learned, printedItem{k.ID, k.Words, string(k.State), k.CreatedAt, d.Links[k.ID]})
	}
	for _, h := range g.Open {
		out.OpenHelp = append(out.OpenHelp, printedItem{h.ID, h.Question, string(h.State), h.OpenedAt, d.Links[h.ID]})
	}
	for _, p := range g.Today {
		out.DueToday = append(out.DueToday, printedItem{p.ID, p.What, string(p.State), p.DueAt, d.Links[p.ID]})
	}
	for _, p := range g.Waiting {
		out.Waiting = append(out.Waiting, printedItem{p.ID, p.What, string(p.State), p.MadeAt, d.Links[p.ID]})
	}
	for _, p := range g.Missed {
		out.Missed = append(out.Missed, printedItem{p.ID, p.What, string(p.State), p.DueAt, d.Links[p.ID]})
	}
	for _, p := range g.Product {
		out.Product = append(out.Product, printedItem{p.ID, p.Note, "", p.At, d.Links[p.ID]})
	}
	for _, c := range g.Cases {
		out.Cases = append(out.Cases, printedItem{c.ID, c.Playbook, string(c.State), c.OpenedAt, d.Links[c.ID]})
	}
	return out
}

func countsJSON(list []digest.Count) []printedCount {
	out := []printedCount{}
	for _, c := range list {
		out = append(out, printedCount{ID: c.Text, N: c.N})
	}
	return out
}
