package slacksim

import (
	"context"
	"fmt"
	"slices"
)

// Click presses a button in a message as p sees it, messages for p alone
// included. The error says when there is no such button, or what Slack shows
// when the app does not acknowledge.
func (p *Person) Click(ctx context.Context, channel, ts, actionID string) error {
	return p.actInMessage(ctx, channel, ts, actionID, nil)
}

// SelectOption chooses in a message: the value of an option for selects,
// overflow menus and radio buttons, several for checkboxes and multi-selects,
// the pressed button's value for feedback buttons, an ID, date or time for the
// other elements.
func (p *Person) SelectOption(ctx context.Context, channel, ts, actionID string, values ...string) error {
	return p.actInMessage(ctx, channel, ts, actionID, values)
}

// ClickView presses a button in p's open modal.
func (p *Person) ClickView(ctx context.Context, actionID string) error {
	return p.actInView(ctx, func() *view { return p.top() }, actionID, nil)
}

// SelectInView chooses in p's open modal; see SelectOption.
func (p *Person) SelectInView(ctx context.Context, actionID string, values ...string) error {
	return p.actInView(ctx, func() *view { return p.top() }, actionID, values)
}

// ClickHome presses a button in p's Home tab.
func (p *Person) ClickHome(ctx context.Context, actionID string) error {
	return p.actInView(ctx, func() *view { return p.home }, actionID, nil)
}

// SelectInHome chooses in p's Home tab; see SelectOption.
func (p *Person) SelectInHome(ctx context.Context, actionID string, values ...string) error {
	return p.actInView(ctx, func() *view { return p.home }, actionID, values)
}

func (p *Person) actInMessage(ctx context.Context, channel, ts, actionID string, values []string) error {
	w := p.w
	_, err := w.ask(ctx, func() (*delivery, error) {
		m := w.shown(p.id, channel, ts)
		if m == nil {
			return nil, fmt.Errorf("%s sees no message %s in %s", p.id, ts, channel)
		}
		if m.botID != w.opts.BotID {
			return nil, fmt.Errorf("message %s is not the app's", ts)
		}
		i, err := p.element(m.blocks, actionID)
		if err != nil {
			return nil, err
		}
		o := w.payload(p, "block_actions")
		action, entry, err := w.action(i, values, o["action_ts"])
		if err != nil {
			return nil, err
		}
		c := m.channel
		container := obj{"type": "message", "message_ts": m.ts, "channel_id": c.id, "is_ephemeral": m.ephemeralTo != ""}
		if m.thread != "" {
			container["thread_ts"] = m.thread
		}
		o["container"], o["channel"] = container, obj{"id": c.id, "name": channelName(c)}
		if m.ephemeralTo == "" {
			o["message"] = w.wireMessage(m, true)
		}
		o["actions"] = []obj{action}
		o["state"] = messageState(m.blocks, i, entry)
		o["response_url"] = w.newResponseURL("actions", p.id, c.id, m)
		return interaction("interactive", "block_actions", o, false), nil
	})
	return err
}

func (p *Person) actInView(ctx context.Context, which func() *view, actionID string, values []string) error {
	w := p.w
	_, err := w.ask(ctx, func() (*delivery, error) {
		v := which()
		if v == nil {
			return nil, fmt.Errorf("%s has no such view open", p.id)
		}
		i, err := p.element(v.blocks(), actionID)
		if err != nil {
			return nil, err
		}
		o := w.payload(p, "block_actions")
		action, entry, err := w.action(i, values, o["action_ts"])
		if err != nil {
			return nil, err
		}
		v.enter(i, entry)
		o["container"] = obj{"type": "view", "view_id": v.id}
		o["view"] = w.wireView(v)
		o["actions"] = []obj{action}
		return interaction("interactive", "block_actions", o, false), nil
	})
	return err
}

// shown returns a message the person can see and act on.
func (w *Workspace) shown(user, channel, ts string) *message {
	c := w.channels[channel]
	if c == nil {
		return nil
	}
	m := c.byTS[ts]
	if m == nil || m.deleted || m.ephemeralTo != "" && m.ephemeralTo != user || m.ephemeralTo == "" && !w.sees(user, c) {
		return nil
	}
	return m
}

// element finds an element by its action ID among those p may see.
func (p *Person) element(blocks []any, actionID string) (interactive, error) {
	var there []string
	for _, i := range interactives(blocks) {
		id := str(i.element["action_id"])
		if ids, err := stringList(i.element["visible_to_user_ids"]); err == nil && !slices.Contains(ids, p.id) {
			continue
		}
		if id == actionID {
			return i, nil
		}
		there = append(there, id)
	}
	return interactive{}, fmt.Errorf("no element %q; there are %q", actionID, there)
}

// action is the entry of "actions" for what a person did, with the state entry
// it leaves (nil for buttons).
func (w *Workspace) action(i interactive, values []string, at any) (action, state obj, err error) {
	e := i.element
	kind := str(e["type"])
	action = obj{"type": kind, "action_id": e["action_id"], "block_id": i.block["block_id"], "action_ts": at}
	switch kind {
	case "button", "workflow_button", "icon_button":
		if len(values) > 0 {
			return nil, nil, fmt.Errorf("%q is a button: use Click", e["action_id"])
		}
		for _, k := range []string{"text", "value", "style", "url"} {
			if v, ok := e[k]; ok {
				action[k] = v
			}
		}
		return action, nil, nil
	case "feedback_buttons":
		return w.feedbackAction(action, e, values)
	case "overflow":
		if len(values) != 1 || option(e, values[0]) == nil {
			return nil, nil, fmt.Errorf("%q has no option %q", e["action_id"], values)
		}
		action["selected_option"] = option(e, values[0])
		return action, nil, nil
	}
	state, err = entry(e, oneOrMany(kind, values))
	if err != nil {
		return nil, nil, err
	}
	for k, v := range state {
		action[k] = v
	}
	return action, state, nil
}

func (w *Workspace) feedbackAction(action, e obj, values []string) (obj, obj, error) {
	for _, side := range []string{"positive_button", "negative_button"} {
		b, _ := e[side].(obj)
		if len(values) == 1 && str(b["value"]) == values[0] {
			action["value"], action["text"] = b["value"], b["text"]
			return action, nil, nil
		}
	}
	return nil, nil, fmt.Errorf("%q has no button of value %q", e["action_id"], values)
}

// oneOrMany gives entry the shape of value a kind of element wants.
func oneOrMany(kind string, values []string) any {
	switch f := field(kind); {
	case f == "selected_options" || f == "selected_users" || f == "selected_conversations" || f == "selected_channels":
		return values
	case len(values) == 0:
		return nil
	}
	return values[0]
}

// enter remembers what a person chose in a view.
func (v *view) enter(i interactive, entry obj) {
	if entry == nil {
		return
	}
	block, action := str(i.block["block_id"]), str(i.element["action_id"])
	if v.values == nil {
		v.values = map[string]map[string]obj{}
	}
	if v.values[block] == nil {
		v.values[block] = map[string]obj{}
	}
	v.values[block][action] = entry
}

// messageState is the "state" of a message's elements after one was used.
func messageState(blocks []any, used interactive, entry obj) obj {
	v := view{spec: obj{"blocks": blocks}}
	v.enter(used, entry)
	return v.state()
}
