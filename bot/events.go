package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"coachbot/store"
)

// rawMessage is what the bot reads of a message in any of Slack's shapes.
type rawMessage struct {
	Type        string            `json:"type"`
	Subtype     string            `json:"subtype"`
	Channel     json.RawMessage   `json:"channel"` // a string, in some events an object
	ChannelType string            `json:"channel_type"`
	User        string            `json:"user"`
	BotID       string            `json:"bot_id"`
	Text        string            `json:"text"`
	TS          string            `json:"ts"`
	ThreadTS    string            `json:"thread_ts"`
	EventTS     string            `json:"event_ts"`
	Tab         string            `json:"tab"`
	DeletedTS   string            `json:"deleted_ts"`
	Files       []json.RawMessage `json:"files"`
	Attachments json.RawMessage   `json:"attachments"`
	Blocks      json.RawMessage   `json:"blocks"`
	Message     *rawMessage       `json:"message"`
	Previous    *rawMessage       `json:"previous_message"`
	Edited      *struct {
		TS string `json:"ts"`
	} `json:"edited"`
}

func (m rawMessage) channel() string {
	var id string
	_ = json.Unmarshal(m.Channel, &id)
	return id
}

func (m rawMessage) said(workspace, channel string) said {
	s := said{Workspace: workspace, Channel: channel, IM: strings.HasPrefix(channel, "D"), TS: m.TS,
		User: m.User, BotID: m.BotID, Files: len(m.Files) > 0}
	if s.IM {
		s.Text = letInSaid(m.words())
	} else {
		s.Text = letIn(m.words())
	}
	if m.ThreadTS != m.TS {
		s.Thread = m.ThreadTS
	}
	if m.Edited != nil {
		s.Edited = m.Edited.TS
	}
	return s
}

// words is the message's text; an app that put it in attachments or blocks only is read there.
func (m rawMessage) words() string {
	if strings.TrimSpace(m.Text) != "" {
		return m.Text
	}
	var parts []string
	for _, raw := range []json.RawMessage{m.Attachments, m.Blocks} {
		var tree any
		if json.Unmarshal(raw, &tree) == nil {
			parts = gather(parts, tree, 0)
		}
	}
	return strings.Join(parts, "\n")
}

// gather collects the strings that a reader would see in attachments and blocks.
func gather(parts []string, tree any, depth int) []string {
	if depth > 12 || len(parts) > 200 {
		return parts
	}
	switch node := tree.(type) {
	case []any:
		for _, n := range node {
			parts = gather(parts, n, depth+1)
		}
	case map[string]any:
		for _, name := range []string{"pretext", "title", "text", "fields", "elements", "blocks", "value"} {
			switch v := node[name].(type) {
			case string:
				if v = strings.TrimSpace(v); v != "" && node["type"] != "button" {
					parts = append(parts, v)
				}
			case nil:
			default:
				parts = gather(parts, v, depth+1)
			}
		}
	}
	return parts
}

// decodeEvent reads an events_api payload.
func (a *App) decodeEvent(ctx context.Context, payload []byte) (*store.Job, error) {
	var outer struct {
		Team    string          `json:"team_id"`
		EventID string          `json:"event_id"`
		Event   json.RawMessage `json:"event"`
	}
	if err := json.Unmarshal(payload, &outer); err != nil {
		return nil, fmt.Errorf("event envelope: %w", err)
	}
	if job, is, err := a.decodePerson(outer.Team, outer.EventID, outer.Event); is || err != nil {
		return job, err
	}
	var e rawMessage
	if err := json.Unmarshal(outer.Event, &e); err != nil {
		return nil, fmt.Errorf("event %s: %w", outer.EventID, err)
	}
	evt := ""
	if outer.EventID != "" {
		evt = "evt:" + outer.EventID
	}
	switch e.Type {
	case "message", "app_mention":
		return a.decodeMessage(ctx, outer.Team, evt, e, payload)
	case "member_joined_channel", "member_left_channel", "channel_archive", "group_archive", "channel_left", "group_left", "channel_shared", "channel_unshared":
		if e.channel() == "" {
			return nil, nil
		}
		s := said{Workspace: outer.Team, Channel: e.channel(), User: e.User, Text: e.Type}
		return newJob(kindChannel, pressLane(s.Workspace, s.Channel), keyOf("chan", payload, evt), s)
	case "app_home_opened":
		if e.Tab != "home" || e.User == "" {
			return nil, nil
		}
		return newJob(kindHome, personLane(outer.Team, e.User)+"/home", keyOf("home", payload, evt), opened{Workspace: outer.Team, User: e.User})
	case "app_uninstalled", "tokens_revoked":
		a.revoke(ctx, outer.Team, e.Type)
		return nil, nil
	}
	a.log.Debug("an event of no use to the bot", "type", e.Type)
	return nil, nil
}

// decodeMessage turns the shapes of a message event into jobs. Of a channel that
// is not watched, nothing is stored but mentions and what concerns a known case.
func (a *App) decodeMessage(ctx context.Context, team, evt string, e rawMessage, payload []byte) (*store.Job, error) {
	channel := e.channel()
	if channel == "" || team == "" {
		return nil, fmt.Errorf("message without team or channel")
	}
	switch e.Subtype {
	case "message_changed":
		if e.Message == nil || e.Message.TS == "" {
			return nil, nil
		}
		if e.Message.Subtype == "tombstone" { // deleted, but its thread lives on
			e.DeletedTS = e.Message.TS
			return a.decodeDeleted(ctx, team, evt, e, payload)
		}
		s := e.Message.said(team, channel)
		if a.own(s) {
			return nil, nil
		}
		if s.Edited == "" {
			s.Edited = e.EventTS
		}
		if !a.concerns(ctx, s) {
			return nil, nil
		}
		return newJob(kindEdit, channelLane(team, channel), keyOf("edit", payload, team, channel, s.TS, s.Edited), s, evt)
	case "message_deleted":
		return a.decodeDeleted(ctx, team, evt, e, payload)
	case "", "file_share", "thread_broadcast", "bot_message", "me_message":
	default:
		return nil, nil // joins, topics, pins and the like say nothing
	}
	if e.TS == "" {
		return nil, fmt.Errorf("message without ts")
	}
	s := e.said(team, channel)
	if a.own(s) {
		return nil, nil
	}
	if _, help := a.helpThread(ctx, s); help && !s.IM && !a.mentioned(s.Text) {
		s.Text = "" // that somebody spoke is all that a request needs to know
		return messageJob(s, evt)
	}
	if !a.concerns(ctx, s) {
		return nil, nil
	}
	return messageJob(s, evt)
}

func (a *App) decodeDeleted(ctx context.Context, team, evt string, e rawMessage, payload []byte) (*store.Job, error) {
	s := said{Workspace: team, Channel: e.channel(), TS: e.DeletedTS}
	if e.Previous != nil && e.Previous.ThreadTS != s.TS {
		s.Thread = e.Previous.ThreadTS
	}
	if s.TS == "" || !a.concerns(ctx, s) {
		return nil, nil
	}
	return newJob(kindDelete, channelLane(team, s.Channel), keyOf("del", payload, team, s.Channel, s.TS), s, evt)
}

func messageJob(s said, more ...string) (*store.Job, error) {
	return newJob(kindMessage, channelLane(s.Workspace, s.Channel), "msg:"+store.CaseID(s.Workspace, s.Channel, s.TS), s, more...)
}

func (a *App) own(s said) bool {
	return s.User == a.self.User || s.BotID != "" && s.BotID == a.self.Bot
}

// concerns reports whether the bot may read the message at all.
func (a *App) concerns(ctx context.Context, s said) bool {
	if s.IM || a.mentioned(s.Text) {
		return true
	}
	if m := a.mode(ctx, s.Workspace, s.Channel); m != store.WatchOff && m != store.WatchUnset {
		return true
	}
	_, err := a.store.Case(ctx, store.CaseID(s.Workspace, s.Channel, s.TS))
	if err != nil && s.Thread != "" {
		_, err = a.store.CaseOfThread(ctx, s.Workspace, s.Channel, s.Thread)
	}
	return err == nil
}

func (a *App) mentioned(text string) bool {
	return strings.Contains(text, "<@"+a.self.User+">") || strings.Contains(text, "<@"+a.self.User+"|")
}

// decodeInteraction reads buttons, shortcuts and submissions.
func (a *App) decodeInteraction(ctx context.Context, payload []byte) (*store.Job, any, error) {
	var raw rawInteraction
	if err := json.Unmarshal(payload, &raw); err != nil {
		return nil, nil, fmt.Errorf("interaction: %w", err)
	}
	if raw.Team.ID == "" {
		raw.Team.ID = raw.User.Team
	}
	if raw.User.ID == "" || raw.Team.ID == "" {
		return nil, nil, fmt.Errorf("interaction %q without team or user", raw.Type)
	}
	switch raw.Type {
	case "block_actions":
		return raw.pressed(payload)
	case "message_action":
		s := shortcut{Workspace: raw.Team.ID, Channel: raw.Channel.ID, User: raw.User.ID, Callback: raw.Callback,
			Text: letIn(raw.Message.words()), Message: raw.Message.TS, Thread: raw.Message.ThreadTS, Trigger: raw.Trigger, ResponseURL: raw.Response}
		job, err := newJob(kindShortcut, personLane(s.Workspace, s.User), keyOf("sc", payload, raw.Trigger), s)
		return job, nil, err
	case "view_submission":
		return a.submitted(ctx, raw, payload)
	}
	return nil, nil, nil
}

// rawInteraction is what the bot reads of an interactive payload.
type rawInteraction struct {
	Type     string     `json:"type"`
	Callback string     `json:"callback_id"`
	Trigger  string     `json:"trigger_id"`
	Response string     `json:"response_url"`
	Message  rawMessage `json:"message"`
	Team     struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		Channel string `json:"channel_id"`
		Message string `json:"message_ts"`
	} `json:"container"`
	Actions []struct {
		ID    string `json:"action_id"`
		Block string `json:"block_id"`
		Value string `json:"value"`
		Type  string `json:"type"`
		User  string `json:"selected_user"`
		At    string `json:"action_ts"`
	} `json:"actions"`
	View struct {
		ID       string `json:"id"`
		Hash     string `json:"hash"`
		Callback string `json:"callback_id"`
		Metadata string `json:"private_metadata"`
		State    struct {
			Values map[string]map[string]entered `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

func (raw rawInteraction) pressed(payload []byte) (*store.Job, any, error) {
	if len(raw.Actions) == 0 {
		return nil, nil, fmt.Errorf("a press without action")
	}
	p := press{Workspace: raw.Team.ID, Channel: raw.Channel.ID, User: raw.User.ID, Action: raw.Actions[0].ID,
		Value: raw.Actions[0].Value, At: raw.Actions[0].At, Message: raw.Container.Message, Trigger: raw.Trigger, ResponseURL: raw.Response,
		Block: raw.Actions[0].Block, Chosen: raw.Actions[0].User, View: raw.View.ID}
	if raw.Actions[0].Type == "plain_text_input" { // what a person typed, not what the bot wrote
		p.Value = letIn(p.Value)
	}
	if p.Channel == "" {
		p.Channel = raw.Container.Channel
	}
	lane := pressLane(p.Workspace, p.Channel)
	if kind, _, _ := strings.Cut(p.Action, ":"); opensModal(kind) {
		lane = personLane(p.Workspace, p.User) + "/modal"
	}
	job, err := newJob(kindAction, lane,
		keyOf("act", payload, p.Workspace, p.Channel, p.Message, p.User, p.Action, p.At), p)
	return job, nil, err
}
