package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ask sends the app a delivery that somebody waits on, and waits for the ack:
// until ctx ends, or three seconds of the workspace's clock have passed.
func (w *Workspace) ask(ctx context.Context, build func() (*delivery, error)) (json.RawMessage, error) {
	w.lock()
	d, err := build()
	if err != nil {
		w.unlock()
		return nil, err
	}
	d.reply = make(chan ack, 1)
	w.dispatch(d)
	w.unlock()
	select {
	case a := <-d.reply:
		return a.payload, a.err
	case <-ctx.Done():
		return nil, fmt.Errorf("slacksim: no ack for %s: %w", d.eventType, ctx.Err())
	case <-w.closed:
		return nil, errors.New("slacksim: the workspace was closed")
	}
}

// interaction wraps the payload of a command or an interaction.
func interaction(kind, what string, payload obj, accepts bool) *delivery {
	return &delivery{kind: kind, eventType: what, payload: mustJSON(payload), accepts: accepts}
}

// SlashResult is what a person sees at once after a slash command.
type SlashResult struct {
	// Message is the answer carried by the ack, nil when the ack was empty and
	// the app answers later.
	Message *Message
}

// Slash types a slash command. It returns when the app has acknowledged it;
// ErrTimeout and ErrNoSocket are what Slack tells the person otherwise.
func (p *Person) Slash(ctx context.Context, command, text, channel string) (SlashResult, error) {
	w := p.w
	var ru *responseURL
	payload, err := w.ask(ctx, func() (*delivery, error) {
		c := w.channels[channel]
		switch {
		case c == nil || !w.sees(p.id, c):
			return nil, fmt.Errorf("channel_not_found: %q", channel)
		case w.opts.Commands != nil && !slices.Contains(w.opts.Commands, command) || !w.scopes["commands"] || w.tokenErr != "":
			return nil, fmt.Errorf("%s is not a valid command", command)
		}
		url := w.newResponseURL("commands", p.id, c.id, nil)
		ru = w.responses[strings.TrimPrefix(url, w.baseURL+"/response/")]
		return interaction("slash_commands", command, obj{
			"token": "verification-token", "team_id": w.opts.TeamID, "team_domain": w.opts.TeamDomain,
			"channel_id": c.id, "channel_name": channelName(c), "user_id": p.id, "user_name": w.users[p.id].Name,
			"command": command, "text": strings.TrimSpace(text), "api_app_id": w.opts.AppID, "is_enterprise_install": "false",
			"response_url": url, "trigger_id": w.newTrigger(p.id),
		}, true), nil
	})
	if err != nil || payload == nil {
		return SlashResult{}, err
	}
	return p.slashAnswer(ru, payload)
}

func (p *Person) slashAnswer(ru *responseURL, payload json.RawMessage) (SlashResult, error) {
	w := p.w
	w.lock()
	defer w.unlock()
	r := &request{args: map[string]string{}}
	if bad := r.readJSON(strings.NewReader(string(payload))); bad != nil {
		w.violation(ViolationBadResponse, "ack of a command: "+bad.code)
		return SlashResult{}, fmt.Errorf("the app's answer was refused: %s", bad.code)
	}
	m, bad := w.respond(ru, r)
	if bad != nil {
		w.violation(ViolationBadResponse, "ack of a command: "+bad.code)
		return SlashResult{}, fmt.Errorf("the app's answer was refused: %s", bad.code)
	}
	pub := m.public()
	return SlashResult{Message: &pub}, nil
}

// channelName is what payloads call a channel.
func channelName(c *channel) string {
	switch {
	case c.im:
		return "directmessage"
	case c.private:
		return "privategroup"
	}
	return c.name
}

// payload is what every interaction starts with.
func (w *Workspace) payload(p *Person, kind string) obj {
	u := w.users[p.id]
	return obj{
		"type": kind, "token": "verification-token", "api_app_id": w.opts.AppID, "action_ts": w.stamp(),
		"user":       obj{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": w.opts.TeamID},
		"team":       obj{"id": w.opts.TeamID, "domain": w.opts.TeamDomain},
		"enterprise": nil, "is_enterprise_install": false, "trigger_id": w.newTrigger(p.id),
	}
}

// Shortcut uses one of the app's shortcuts on a message.
func (p *Person) Shortcut(ctx context.Context, callbackID, channel, ts string) error {
	w := p.w
	_, err := w.ask(ctx, func() (*delivery, error) {
		if w.opts.MessageShortcuts != nil && !slices.Contains(w.opts.MessageShortcuts, callbackID) {
			return nil, fmt.Errorf("the app has no message shortcut %q", callbackID)
		}
		c := w.channels[channel]
		if c == nil || !w.sees(p.id, c) || c.find(ts) == nil {
			return nil, fmt.Errorf("message_not_found: %s in %s", ts, channel)
		}
		m := c.find(ts)
		o := w.payload(p, "message_action")
		o["callback_id"], o["message_ts"] = callbackID, ts
		o["message"], o["channel"] = w.wireMessage(m, true), obj{"id": c.id, "name": channelName(c)}
		o["response_url"] = w.newResponseURL("app", p.id, c.id, nil)
		return interaction("interactive", "message_action", o, false), nil
	})
	return err
}

// GlobalShortcut uses one of the app's global shortcuts.
func (p *Person) GlobalShortcut(ctx context.Context, callbackID string) error {
	w := p.w
	_, err := w.ask(ctx, func() (*delivery, error) {
		if w.opts.GlobalShortcuts != nil && !slices.Contains(w.opts.GlobalShortcuts, callbackID) {
			return nil, fmt.Errorf("the app has no global shortcut %q", callbackID)
		}
		o := w.payload(p, "shortcut")
		o["callback_id"] = callbackID
		return interaction("interactive", "shortcut", o, false), nil
	})
	return err
}

// OpenHome opens the app's Home tab (app_home_opened, tab "home").
func (p *Person) OpenHome(context.Context) { p.openApp("home") }

// OpenMessages opens the app's Messages tab (app_home_opened, tab "messages").
func (p *Person) OpenMessages(context.Context) { p.openApp("messages") }

func (p *Person) openApp(tab string) {
	w := p.w
	w.lock()
	defer w.unlock()
	ev := obj{"type": "app_home_opened", "user": p.id, "channel": w.im(p.id).id, "tab": tab, "event_ts": w.stamp()}
	if tab == "home" && p.home != nil {
		ev["view"] = w.wireView(p.home)
	}
	w.emit(nil, ev)
}
