package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"unicode/utf8"
)

const (
	viewStack = 3       // a root view and two pushed ones
	viewBytes = 250_000 // larger views are refused
)

// View is a modal or Home tab as a person sees it.
type View struct {
	ID              string            `json:"id"`
	Type            string            `json:"type"` // "modal" or "home"
	CallbackID      string            `json:"callback_id,omitempty"`
	PrivateMetadata string            `json:"private_metadata,omitempty"`
	ExternalID      string            `json:"external_id,omitempty"`
	Hash            string            `json:"hash"`
	Title           string            `json:"title,omitempty"`
	Submit          string            `json:"submit,omitempty"`
	Close           string            `json:"close,omitempty"`
	Blocks          json.RawMessage   `json:"blocks"`
	State           json.RawMessage   `json:"state"`            // {"values": …} as a submission would send it now
	Errors          map[string]string `json:"errors,omitempty"` // by block ID, from the last submission
	Depth           int               `json:"depth"`            // 1 for a root view
}

// ActionIDs lists the action IDs of the view's elements, in order.
func (v *View) ActionIDs() []string { return Message{Blocks: v.Blocks}.ActionIDs() }

type view struct {
	id, user, hash  string
	spec            obj // as the app sent it, checked, IDs filled in
	root, previous  string
	values          map[string]map[string]obj // what the person entered, by block and action
	errors          map[string]string
	notify, clearer bool
}

func (v *view) blocks() []any {
	b, _ := v.spec["blocks"].([]any)
	return b
}

func textOf(v any) string {
	o, _ := v.(obj)
	return str(o["text"])
}

func (w *Workspace) publicView(v *view, depth int) *View {
	if v == nil {
		return nil
	}
	return &View{
		ID: v.id, Type: str(v.spec["type"]), CallbackID: str(v.spec["callback_id"]), PrivateMetadata: str(v.spec["private_metadata"]),
		ExternalID: str(v.spec["external_id"]), Hash: v.hash, Title: textOf(v.spec["title"]), Submit: textOf(v.spec["submit"]),
		Close: textOf(v.spec["close"]), Blocks: mustJSON(v.blocks()), State: mustJSON(v.state()), Errors: maps.Clone(v.errors), Depth: depth,
	}
}

// View returns the modal on top of p's stack, nil when none is open.
func (p *Person) View() *View {
	p.w.lock()
	defer p.w.unlock()
	return p.w.publicView(p.top(), len(p.stack))
}

// Home returns p's Home tab as published, nil before that.
func (p *Person) Home() *View {
	p.w.lock()
	defer p.w.unlock()
	return p.w.publicView(p.home, 0)
}

func (p *Person) top() *view {
	if len(p.stack) == 0 {
		return nil
	}
	return p.stack[len(p.stack)-1]
}

// wireView is the view object of answers and payloads.
func (w *Workspace) wireView(v *view) obj {
	o := obj{
		"id": v.id, "team_id": w.opts.TeamID, "app_id": w.opts.AppID, "bot_id": w.opts.BotID, "app_installed_team_id": w.opts.TeamID,
		"hash": v.hash, "state": v.state(), "root_view_id": v.root, "previous_view_id": nil,
		"type": v.spec["type"], "blocks": v.blocks(), "title": v.spec["title"], "submit": v.spec["submit"], "close": v.spec["close"],
		"callback_id": str(v.spec["callback_id"]), "private_metadata": str(v.spec["private_metadata"]), "external_id": str(v.spec["external_id"]),
		"clear_on_close": v.clearer, "notify_on_close": v.notify,
	}
	if v.previous != "" {
		o["previous_view_id"] = v.previous
	}
	return o
}

// parseView reads and checks a view argument.
func (w *Workspace) parseView(raw string, where surface) (obj, *apiError) {
	if len(raw) > viewBytes {
		return nil, refuse("view_too_large")
	}
	spec := obj{}
	if raw == "" || json.Unmarshal([]byte(raw), &spec) != nil {
		return nil, invalidBlocks("invalid_arguments", []string{"missing required field: view"})
	}
	k := checker{where: where, base: "/view"}
	if kind := str(spec["type"]); kind != string(where) {
		k.fail("/view/type", "must be %s", where)
	}
	if where == inModal {
		k.textObject(spec["title"], "/view/title", 24, true)
		k.optional(spec, "submit", "/view", 24, true)
		k.optional(spec, "close", "/view", 24, true)
	}
	k.length(str(spec["private_metadata"]), "/view/private_metadata", 3000)
	k.length(str(spec["callback_id"]), "/view/callback_id", 255)
	k.length(str(spec["external_id"]), "/view/external_id", 255)
	blocks, ok := spec["blocks"].([]any)
	if !ok {
		k.fail("/view", "missing required field: blocks")
	}
	k.blocks(blocks)
	if where == inModal && spec["submit"] == nil && hasInput(blocks) {
		k.fail("/view/submit", "must be defined when there is an input block")
	}
	if len(k.faults) > 0 {
		return nil, invalidBlocks("invalid_arguments", k.faults)
	}
	w.nameBlocks(blocks)
	return spec, nil
}

func hasInput(blocks []any) bool {
	for _, b := range blocks {
		if o, _ := b.(obj); o["type"] == "input" {
			return true
		}
	}
	return false
}

func (w *Workspace) newView(user string, spec obj) (*view, *apiError) {
	if err := w.freeExternalID(str(spec["external_id"]), nil); err != nil {
		return nil, err
	}
	v := &view{id: w.id("V"), user: user}
	v.root = v.id
	w.fill(v, spec)
	w.views[v.id] = v
	return v, nil
}

func (w *Workspace) freeExternalID(id string, own *view) *apiError {
	if id == "" {
		return nil
	}
	for _, v := range w.views {
		if v != own && str(v.spec["external_id"]) == id {
			return refuse("duplicate_external_id")
		}
	}
	return nil
}

// fill gives a view its content; what the person entered stays where block and
// action are still there.
func (w *Workspace) fill(v *view, spec obj) {
	v.spec, v.errors = spec, nil
	v.hash = fmt.Sprintf("%d.%08x", w.opts.Now().Unix(), w.seq)
	w.seq++
	v.notify, _ = spec["notify_on_close"].(bool)
	v.clearer, _ = spec["clear_on_close"].(bool)
	kept := map[string]map[string]obj{}
	for _, i := range interactives(v.blocks()) {
		block, action := str(i.block["block_id"]), str(i.element["action_id"])
		if entry, ok := v.values[block][action]; ok && entry["type"] == i.element["type"] {
			if kept[block] == nil {
				kept[block] = map[string]obj{}
			}
			kept[block][action] = entry
		}
	}
	v.values = kept
}

// drop closes views for good.
func (w *Workspace) drop(views ...*view) {
	for _, v := range views {
		delete(w.views, v.id)
	}
}

// state is what view.state holds: an entry for every element that has a value.
func (v *view) state() obj {
	values := obj{}
	for _, i := range interactives(v.blocks()) {
		block, action := str(i.block["block_id"]), str(i.element["action_id"])
		entry := v.values[block][action]
		if entry == nil {
			entry = initialEntry(i.element)
		}
		if entry == nil {
			continue
		}
		inBlock, _ := values[block].(obj)
		if inBlock == nil {
			inBlock = obj{}
			values[block] = inBlock
		}
		inBlock[action] = entry
	}
	return obj{"values": values}
}

// tooShortOrLong says why Slack's own client would not send a text, "" when it
// would.
func tooShortOrLong(e obj, text string) string {
	n := float64(utf8.RuneCountInString(text))
	if lo, ok := e["min_length"].(float64); ok && n < lo {
		return fmt.Sprintf("Enter at least %d characters.", int(lo))
	}
	hi, ok := e["max_length"].(float64)
	if !ok {
		hi = 3000
	}
	if n > hi {
		return fmt.Sprintf("Enter no more than %d characters.", int(hi))
	}
	return ""
}
