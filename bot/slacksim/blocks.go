package slacksim

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// surface is where blocks are shown; it decides which kinds are allowed.
type surface string

const (
	inMessage surface = "message"
	inModal   surface = "modal"
	inHome    surface = "home"
)

const (
	blocksPerMessage = 50
	blocksPerView    = 100
	textPerMessage   = 10_000 // undocumented sum over all blocks but markdown
	markdownTotal    = 12_000
)

func decodeBlocks(raw json.RawMessage) []any {
	var out []any
	_ = json.Unmarshal(raw, &out) // nil when it is no array; callers check
	return out
}

// parseBlocks reads and checks a blocks argument. "" gives nil, "[]" an empty
// slice. Missing block and action IDs are filled in as Slack does.
func (w *Workspace) parseBlocks(raw string, where surface) ([]any, *apiError) {
	if raw == "" || raw == "null" {
		return nil, nil
	}
	blocks := []any{}
	if json.Unmarshal([]byte(raw), &blocks) != nil {
		return nil, refuse("invalid_blocks_format")
	}
	if blocks == nil {
		return nil, nil
	}
	k := checker{where: where}
	k.blocks(blocks)
	for _, b := range blocks {
		if block, _ := b.(obj); w.faults.unknown[str(block["type"])] {
			k.faults = append(k.faults, "unsupported type: "+str(block["type"]))
		}
	}
	if len(k.faults) > 0 {
		return nil, invalidBlocks("invalid_blocks", k.faults)
	}
	if where == inMessage && k.sum > textPerMessage || k.markdown > markdownTotal {
		return nil, refuse("msg_blocks_too_long")
	}
	w.nameBlocks(blocks)
	return blocks, nil
}

func invalidBlocks(code string, faults []string) *apiError {
	long := make([]string, len(faults))
	for i, f := range faults {
		long[i] = "[ERROR] " + f
	}
	return &apiError{code, obj{"errors": faults, "response_metadata": obj{"messages": long}}}
}

// nameBlocks gives IDs to blocks and elements that have none.
func (w *Workspace) nameBlocks(blocks []any) {
	for _, b := range blocks {
		block, _ := b.(obj)
		if str(block["block_id"]) == "" {
			block["block_id"] = w.id("b")
		}
		for _, e := range elementsOf(block) {
			if str(e["action_id"]) == "" {
				e["action_id"] = w.id("a")
			}
		}
		if children, ok := block["child_blocks"].([]any); ok {
			w.nameBlocks(children)
		}
	}
}

// interactive is an element a person can act on, and the block it is in.
type interactive struct {
	block, element obj
}

func interactives(blocks []any) []interactive {
	var out []interactive
	for _, b := range blocks {
		block, _ := b.(obj)
		for _, e := range elementsOf(block) {
			out = append(out, interactive{block, e})
		}
		if children, ok := block["child_blocks"].([]any); ok {
			out = append(out, interactives(children)...)
		}
	}
	return out
}

// elementsOf lists the elements of one block that carry an action_id.
func elementsOf(block obj) []obj {
	var out []obj
	add := func(v any) {
		if e, ok := v.(obj); ok && str(e["type"]) != "image" {
			out = append(out, e)
		}
	}
	switch block["type"] {
	case "section":
		add(block["accessory"])
	case "input":
		add(block["element"])
	case "actions", "context_actions":
		list, _ := block["elements"].([]any)
		for _, e := range list {
			add(e)
		}
	}
	return out
}

// checker collects what is wrong with blocks, with Slack's JSON pointers.
type checker struct {
	where    surface
	base     string // pointer of what holds the blocks
	faults   []string
	sum      int // characters of text in all blocks but markdown
	markdown int
	ids      map[string]bool
	tables   int
}

func (k *checker) fail(pointer, format string, args ...any) {
	k.faults = append(k.faults, fmt.Sprintf(format, args...)+" [json-pointer:"+pointer+"]")
}

func (k *checker) blocks(blocks []any) {
	limit := blocksPerMessage
	if k.where != inMessage {
		limit = blocksPerView
	}
	if len(blocks) > limit {
		k.fail(k.base+"/blocks", "no more than %d items allowed", limit)
	}
	k.ids = map[string]bool{}
	for i, b := range blocks {
		k.block(b, fmt.Sprintf("%s/blocks/%d", k.base, i))
	}
}

func (k *checker) block(v any, at string) {
	b, ok := v.(obj)
	if !ok {
		k.fail(at, "must be an object")
		return
	}
	kind := str(b["type"])
	if !slices.Contains(blockKinds(k.where), kind) {
		k.fail(at+"/type", "unsupported type: %s", kind)
		return
	}
	if id := str(b["block_id"]); id != "" {
		k.length(id, at+"/block_id", 255)
		if k.ids[id] {
			k.fail(at+"/block_id", "`block_id` already exists: %s", id)
		}
		k.ids[id] = true
	}
	k.content(kind, b, at)
	k.actionIDs(b, at)
}

// actionIDs must differ within a block.
func (k *checker) actionIDs(b obj, at string) {
	seen := map[string]bool{}
	for _, e := range elementsOf(b) {
		id := str(e["action_id"])
		k.length(id, at+"/action_id", 255)
		if id != "" && seen[id] {
			k.fail(at, "action_id `%s` already exists", id)
		}
		seen[id] = true
	}
}

func blockKinds(where surface) []string {
	everywhere := []string{"section", "divider", "header", "context", "actions", "image", "input", "rich_text", "video"}
	switch where {
	case inModal:
		return append(everywhere, "alert")
	case inHome:
		return everywhere
	}
	return append(everywhere, "markdown", "table", "data_table", "data_visualization", "container", "context_actions", "plan", "task_card", "file")
}

// length reports a string that is longer than n characters.
func (k *checker) length(s, at string, n int) {
	if utf8.RuneCountInString(s) > n {
		k.fail(at, "must be less than %d characters", n+1)
	}
}

// textObject checks {type, text}; plain demands plain_text.
func (k *checker) textObject(v any, at string, limit int, plain bool) {
	o, ok := v.(obj)
	if !ok {
		k.fail(at, "missing required field: text object")
		return
	}
	kind := str(o["type"])
	if kind != "plain_text" && (plain || kind != "mrkdwn") {
		k.fail(at+"/type", "unsupported type: %s", kind)
	}
	text, ok := o["text"].(string)
	if !ok || text == "" {
		k.fail(at+"/text", "must be more than 0 characters")
		return
	}
	k.length(text, at+"/text", limit)
	k.sum += utf8.RuneCountInString(text)
}

// optional checks a text object that may be missing.
func (k *checker) optional(b obj, field, at string, limit int, plain bool) {
	if v, ok := b[field]; ok && v != nil {
		k.textObject(v, at+"/"+field, limit, plain)
	}
}

// list returns an array field of a length between lo and hi.
func (k *checker) list(b obj, field, at string, lo, hi int) []any {
	l, ok := b[field].([]any)
	switch {
	case !ok:
		k.fail(at, "missing required field: %s", field)
	case len(l) < lo:
		k.fail(at+"/"+field, "no fewer than %d items allowed", lo)
	case len(l) > hi:
		k.fail(at+"/"+field, "no more than %d items allowed", hi)
	}
	return l
}
