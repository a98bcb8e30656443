package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"coachbot/bot/mask"
	"coachbot/bot/router"
	"coachbot/store"
)

// maxText is what the bot reads of one message, in characters: Slack's own limit
// on a message (docs.slack.dev, chat.postMessage: text is cut at 40,000).
const maxText = 40_000

// letIn is the one door through which text enters: what it returns is stored,
// read and shown; what it takes away, who the customer is, never is.
func letIn(text string) string { return mask.All(readable(text)) }

// letInNamed is letIn for a promise and for a request for help: whoever keeps it
// must know to whom, so a surname with its title stays.
func letInNamed(text string) string { return mask.Text(readable(text), mask.KeepSurnames) }

// letInSaid is the door for what somebody says to the bot: what promises or asks for
// help by its first word keeps surnames.
func letInSaid(text string) string {
	lower := strings.ToLower(strings.TrimSpace(text))
	first, _ := firstWord(lower)
	if first = strings.TrimRight(first, ":："); first == "promise" || first == "ask" {
		return letInNamed(text)
	}
	for _, word := range []string{"承诺", "承諾", "求助"} {
		if strings.HasPrefix(lower, word) {
			return letInNamed(text)
		}
	}
	return letIn(text)
}

// readable is text that is not kept: whole, valid and of a size that can be read.
func readable(text string) string {
	text = store.Text(text)
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText])
	}
	return text
}

// Take stores a batch of deliveries in one commit. It is the router's handler:
// what it takes is acknowledged.
func (a *App) Take(ctx context.Context, batch []router.Delivery) []router.Answer {
	a, done := a.current()
	defer done()
	answers := make([]router.Answer, len(batch))
	var jobs []store.Job
	var owner []int
	for i, d := range batch {
		job, answer, err := a.decode(ctx, d)
		answers[i].Payload = answer
		if err != nil {
			// Malformed once is malformed always: acknowledged, and told to the operator.
			a.log.Warn("a delivery was left aside", "type", d.Type, "envelope", d.EnvelopeID, "cause", err)
			continue
		}
		if job != nil {
			job.At = d.At
			jobs = append(jobs, *job)
			owner = append(owner, i)
		}
	}
	if err := a.enqueue(ctx, jobs...); err != nil {
		for _, i := range owner {
			answers[i].Err = err
		}
	}
	return answers
}

// enqueue stores jobs and wakes the workers. A job the store finds invalid is left out, not its neighbours.
func (a *App) enqueue(ctx context.Context, jobs ...store.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	_, err := a.store.Enqueue(ctx, jobs...)
	a.wakeUp()
	return err
}

// decode turns a delivery into a job, or into nothing when it is none of the bot's business.
func (a *App) decode(ctx context.Context, d router.Delivery) (*store.Job, any, error) {
	switch d.Type {
	case "events_api":
		job, err := a.decodeEvent(ctx, d.Payload)
		return job, nil, err
	case "slash_commands":
		job, err := decodeCommand(d.Payload)
		return job, nil, err
	case "interactive":
		return a.decodeInteraction(ctx, d.Payload)
	}
	return nil, nil, fmt.Errorf("unknown type of delivery")
}

func newJob(kind, lane, key string, payload any, more ...string) (*store.Job, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("payload of %s: %w", kind, err)
	}
	keys := []string{key}
	for _, k := range more {
		if k != "" {
			keys = append(keys, k)
		}
	}
	return &store.Job{ID: key, Keys: keys, Lane: lane, Kind: kind, Payload: data}, nil
}

// laterJob is one that comes at a time of its own; at once when that is past.
func (a *App) laterJob(kind, lane, key string, at time.Time, payload any) (store.Job, error) {
	job, err := newJob(kind, lane, key, payload)
	if err != nil {
		return store.Job{}, err
	}
	job.At, job.RunAt = a.now(), at
	return *job, nil
}

// later puts such a job into the queue.
func (a *App) later(ctx context.Context, kind, lane, key string, at time.Time, payload any) error {
	job, err := a.laterJob(kind, lane, key, at, payload)
	if err != nil {
		return err
	}
	return a.enqueue(ctx, job)
}

// keyOf joins Slack's ids to a key; where Slack gave none, the payload's digest stands in.
func keyOf(kind string, payload []byte, ids ...string) string {
	for _, id := range ids {
		if id == "" {
			sum := sha256.Sum256(payload)
			return kind + ":" + hex.EncodeToString(sum[:16])
		}
	}
	return kind + ":" + strings.Join(ids, ".")
}

// decodeCommand reads a slash command: an object in Socket Mode, a form over HTTP.
func decodeCommand(payload []byte) (*store.Job, error) {
	var raw struct {
		Team     string `json:"team_id"`
		Channel  string `json:"channel_id"`
		User     string `json:"user_id"`
		Text     string `json:"text"`
		Trigger  string `json:"trigger_id"`
		Response string `json:"response_url"`
	}
	if err := json.Unmarshal(payload, &raw); err != nil {
		return nil, fmt.Errorf("slash command: %w", err)
	}
	if raw.Team == "" || raw.User == "" {
		return nil, fmt.Errorf("slash command without team or user")
	}
	c := command{Workspace: raw.Team, Channel: raw.Channel, User: raw.User, Text: letInSaid(raw.Text),
		Trigger: raw.Trigger, ResponseURL: raw.Response}
	return newJob(kindCommand, personLane(c.Workspace, c.User), keyOf("cmd", payload, raw.Trigger), c)
}

func channelLane(workspace, channel string) string { return workspace + "/" + channel }
func personLane(workspace, user string) string     { return workspace + "/user/" + user }
func pressLane(workspace, channel string) string   { return workspace + "/" + channel + "/press" }

// trusted reports whether an answer may be sent to a response_url: Slack's own
// hosts, or the host of SLACK_API_URL.
func (a *App) trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	if u.Host == a.apiHost {
		return true
	}
	host := u.Hostname()
	return u.Scheme == "https" && (host == "slack.com" || strings.HasSuffix(host, ".slack.com"))
}
