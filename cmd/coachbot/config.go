package main

import (
	"errors"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"coachbot/playbooks"
	"coachbot/store"
)

// config is the environment; README's table and this struct say the same.
type config struct {
	BotToken      string `env:"SLACK_BOT_TOKEN"`
	AppToken      string `env:"SLACK_APP_TOKEN"`
	SigningSecret string `env:"SLACK_SIGNING_SECRET"`
	APIURL        string `env:"SLACK_API_URL" envDefault:"https://slack.com/api/"`

	Store     string   `env:"COACH_STORE" envDefault:"bolt:coachbot.db"`
	Playbooks string   `env:"COACH_PLAYBOOKS"`
	NoBuiltin bool     `env:"COACH_NO_BUILTIN"`
	Admins    []string `env:"COACH_ADMINS"`
	Leads     []string `env:"COACH_LEADS"`
	DutyLeads []string `env:"COACH_DUTY_LEADS"`
	Channels  []string `env:"COACH_ESCALATION_CHANNELS"`

	HelpChannel   string   `env:"COACH_HELP_CHANNEL"`
	DigestChannel string   `env:"COACH_DIGEST_CHANNEL"`
	DigestAt      string   `env:"COACH_DIGEST_AT" envDefault:"09:00"`
	DigestDays    []string `env:"COACH_DIGEST_DAYS" envDefault:"mon-fri"`

	Timezone  string        `env:"COACH_TIMEZONE" envDefault:"UTC"`
	Locale    string        `env:"COACH_LOCALE" envDefault:"auto"`
	Retention int           `env:"COACH_RETENTION_DAYS" envDefault:"180"`
	Late      time.Duration `env:"COACH_LATE_AFTER" envDefault:"30m"`

	AI aiConfig

	HTTPAddr  string `env:"COACH_HTTP_ADDR"`
	LogLevel  string `env:"COACH_LOG_LEVEL" envDefault:"info"`
	LogFormat string `env:"COACH_LOG_FORMAT" envDefault:"text"`
}

// config reads and checks the environment. Every fault is told, in one line.
func (p *program) config() (config, error) {
	c, err := env.ParseAsWithOptions[config](env.Options{Environment: p.env})
	var faults []string
	if err != nil {
		var all env.AggregateError
		if errors.As(err, &all) {
			for _, e := range all.Errors {
				faults = append(faults, p.unreadable(e))
			}
		} else {
			faults = append(faults, err.Error())
		}
	}
	for _, list := range []*[]string{&c.Admins, &c.Leads, &c.DutyLeads, &c.Channels} {
		*list = tidyList(*list)
	}
	c.HelpChannel, c.DigestChannel = strings.TrimSpace(c.HelpChannel), strings.TrimSpace(c.DigestChannel)
	if _, err := time.LoadLocation(c.Timezone); err != nil {
		faults = append(faults, "COACH_TIMEZONE="+c.Timezone+" is no IANA zone (write e.g. Asia/Shanghai)")
	}
	if c.Locale != "auto" && !c.speaks(c.Locale) {
		faults = append(faults, "COACH_LOCALE="+c.Locale+" must be zh, zh-Hant, en, auto or a language that COACH_PLAYBOOKS has a folder for")
	}
	if at, err := time.Parse("15:04", strings.TrimSpace(c.DigestAt)); err != nil {
		faults = append(faults, "COACH_DIGEST_AT="+c.DigestAt+" must be a time of day such as 09:00")
	} else {
		c.DigestAt = at.Format("15:04") // Slack's form of settings takes no 9:00
	}
	days, ok := weekdays(c.DigestDays)
	if !ok {
		faults = append(faults, "COACH_DIGEST_DAYS="+strings.Join(c.DigestDays, ",")+" must be days such as mon-fri or mon,wed,fri")
	}
	c.DigestDays = days
	if c.Retention < 0 {
		faults = append(faults, "COACH_RETENTION_DAYS must be 0 (keep all) or more")
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		faults = append(faults, "COACH_LOG_FORMAT="+c.LogFormat+" must be text or json")
	}
	if err := new(slog.Level).UnmarshalText([]byte(c.LogLevel)); err != nil {
		faults = append(faults, "COACH_LOG_LEVEL="+c.LogLevel+" must be debug, info, warn or error")
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		faults = append(faults, "SLACK_API_URL="+c.APIURL+" must be a web address such as https://slack.com/api/")
	} else if !strings.HasSuffix(c.APIURL, "/") {
		c.APIURL += "/"
	}
	faults = append(faults, wrongIDs("COACH_ADMINS", c.Admins, isUser)...)
	faults = append(faults, wrongIDs("COACH_LEADS", c.Leads, isUser)...)
	faults = append(faults, wrongIDs("COACH_DUTY_LEADS", c.DutyLeads, isUser)...)
	faults = append(faults, wrongIDs("COACH_ESCALATION_CHANNELS", c.Channels, isChannel)...)
	faults = append(faults, wrongIDs("COACH_HELP_CHANNEL", tidyList([]string{c.HelpChannel}), isChannel)...)
	faults = append(faults, wrongIDs("COACH_DIGEST_CHANNEL", tidyList([]string{c.DigestChannel}), isChannel)...)
	if _, _, err := net.SplitHostPort(c.HTTPAddr); c.HTTPAddr != "" && err != nil {
		faults = append(faults, "COACH_HTTP_ADDR="+c.HTTPAddr+" must be an address with a port such as :8080 or 127.0.0.1:8080")
	}
	for _, f := range c.AI.faults() {
		name, _, _ := strings.Cut(f, " ")
		if !slices.ContainsFunc(faults, func(told string) bool { return strings.HasPrefix(told, name+"=") }) {
			faults = append(faults, f)
		}
	}
	if len(faults) > 0 {
		return c, usageError("%s", strings.Join(faults, "; "))
	}
	return c, nil
}

// unreadable says which variable has a value of the wrong kind, and what it must be.
func (p *program) unreadable(err error) string {
	var wrong env.ParseError
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	name := variableOf(reflect.TypeFor[config](), wrong.Name)
	kind := "a whole number such as 30"
	switch wrong.Type {
	case reflect.TypeFor[bool]():
		kind = "true or false"
	case reflect.TypeFor[time.Duration]():
		kind = "a time with its unit, such as 30m or 8s"
	}
	return name + "=" + p.env[name] + " must be " + kind
}

// variableOf is the variable that a field of the configuration is read from.
func variableOf(t reflect.Type, field string) string {
	for _, f := range reflect.VisibleFields(t) {
		if f.Name == field && f.Tag.Get("env") != "" {
			return f.Tag.Get("env")
		}
		if f.Type.Kind() == reflect.Struct {
			if name := variableOf(f.Type, field); name != "" {
				return name
			}
		}
	}
	return ""
}

var (
	isUser    = idKind{regexp.MustCompile(`^[UW][A-Z0-9]+$`), "user id such as U0123ABCD (in Slack: the person's profile > Copy member ID)"}
	isChannel = idKind{regexp.MustCompile(`^[CG][A-Z0-9]+$`), "channel id such as C0123ABCD (in Slack: at the foot of the channel's details)"}
)

// idKind is a kind of Slack's ids, which people take for names.
type idKind struct {
	form *regexp.Regexp
	what string
}

// wrongIDs names the entries of a list that are names or anything else but ids.
func wrongIDs(name string, list []string, kind idKind) (faults []string) {
	for _, id := range list {
		if !kind.form.MatchString(id) {
			faults = append(faults, name+": "+strconv.Quote(id)+" is no "+kind.what)
		}
	}
	return faults
}

// weekdays reads days and spans of days: mon-fri, sun.
func weekdays(list []string) (days []string, ok bool) {
	week := store.Days()
	for _, item := range list {
		from, to, span := strings.Cut(strings.ToLower(strings.TrimSpace(item)), "-")
		if !span {
			to = from
		}
		first, last := slices.Index(week, strings.TrimSpace(from)), slices.Index(week, strings.TrimSpace(to))
		if first < 0 || last < 0 {
			return nil, false
		}
		for i := first; ; i = (i + 1) % len(week) {
			if !slices.Contains(days, week[i]) {
				days = append(days, week[i])
			}
			if i == last {
				break
			}
		}
	}
	return days, true
}

// team is what the environment says of its team beside channels, leads and language.
func (c config) team() store.Team {
	return store.Team{DutyLeads: c.DutyLeads, Help: c.HelpChannel, Digest: c.DigestChannel, Zone: c.Timezone, DigestAt: c.DigestAt, DigestDays: c.DigestDays}
}

// tidyList drops the blanks around and between the entries of a list.
func tidyList(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// checkSlack says in one line which of Slack's settings is missing or of the wrong kind, and where to find it.
func (c config) checkSlack() error {
	switch {
	case c.AppToken == "" && c.SigningSecret != "":
		return usageError("HTTP mode is not part of this version; set SLACK_APP_TOKEN (xapp-) for Socket Mode: Basic Information > App-Level Tokens in the app's settings")
	case c.BotToken == "":
		return usageError("SLACK_BOT_TOKEN is missing; copy the bot token (xoxb-) from OAuth & Permissions in the app's settings at api.slack.com/apps")
	case !strings.HasPrefix(c.BotToken, "xoxb-"):
		return usageError("SLACK_BOT_TOKEN must begin with xoxb-; copy the bot token from OAuth & Permissions in the app's settings at api.slack.com/apps")
	case c.AppToken == "":
		return usageError("SLACK_APP_TOKEN is missing; create an app-level token (xapp-) with the scope connections:write at Basic Information > App-Level Tokens in the app's settings at api.slack.com/apps")
	case !strings.HasPrefix(c.AppToken, "xapp-"):
		return usageError("SLACK_APP_TOKEN must begin with xapp-; create one with the scope connections:write at Basic Information > App-Level Tokens in the app's settings at api.slack.com/apps")
	}
	return nil
}

// logger writes to standard error in the form asked for.
func (p *program) logger(c config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel))
	o := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.err, o))
	}
	return slog.New(slog.NewTextHandler(p.err, o))
}

// speaks reports whether there are playbooks in a language: Chinese and English
// in any form, others where the company's folder has them.
func (c config) speaks(lang string) bool {
	if !playbooks.IsLang(lang) {
		return false
	}
	if base, _, _ := strings.Cut(lang, "-"); base == "zh" || base == "en" {
		return true
	}
	info, err := os.Stat(filepath.Join(c.Playbooks, lang))
	return c.Playbooks != "" && err == nil && info.IsDir()
}
