package slacksim

import (
	"fmt"
	"unicode/utf8"
)

// content checks what a kind of block must and may hold.
func (k *checker) content(kind string, b obj, at string) {
	switch kind {
	case "section":
		k.section(b, at)
	case "header":
		k.textObject(b["text"], at+"/text", 150, true)
	case "context":
		k.context(b, at)
	case "actions":
		for i, e := range k.list(b, "elements", at, 1, 25) {
			k.element(e, fmt.Sprintf("%s/elements/%d", at, i), actionElements())
		}
	case "context_actions":
		for i, e := range k.list(b, "elements", at, 1, 5) {
			k.element(e, fmt.Sprintf("%s/elements/%d", at, i), []string{"feedback_buttons", "icon_button"})
		}
	case "image":
		k.image(b, at)
		k.optional(b, "title", at, 2000, true)
	case "input":
		k.input(b, at)
	case "markdown":
		k.markdown += utf8.RuneCountInString(str(b["text"]))
		k.need(b, "text", at)
	case "rich_text":
		k.list(b, "elements", at, 0, 1000)
		k.sum += textSum(b["elements"])
	case "alert":
		k.textObject(b["text"], at+"/text", 3000, false)
	case "container":
		k.container(b, at)
	case "table", "data_table":
		k.table(kind, b, at)
	case "data_visualization":
		k.chart(b, at)
	case "plan":
		k.need(b, "title", at)
		k.sum += textSum(b["tasks"])
	case "task_card":
		k.need(b, "task_id", at)
		k.need(b, "title", at)
		k.sum += textSum(b)
	}
}

func (k *checker) need(b obj, field, at string) {
	if str(b[field]) == "" {
		k.fail(at, "missing required field: %s", field)
	}
}

func (k *checker) section(b obj, at string) {
	_, hasText := b["text"].(obj)
	_, hasFields := b["fields"].([]any)
	if !hasText && !hasFields {
		k.fail(at, "missing required field: text")
		return
	}
	k.optional(b, "text", at, 3000, false)
	if hasFields {
		for i, f := range k.list(b, "fields", at, 1, 10) {
			k.textObject(f, fmt.Sprintf("%s/fields/%d", at, i), 2000, false)
		}
	}
	if a, ok := b["accessory"]; ok && a != nil {
		k.element(a, at+"/accessory", append(multiSelects(), append(actionElements(), "image")...))
	}
}

func (k *checker) context(b obj, at string) {
	for i, e := range k.list(b, "elements", at, 1, 10) {
		ptr := fmt.Sprintf("%s/elements/%d", at, i)
		if o, _ := e.(obj); str(o["type"]) == "image" {
			k.image(o, ptr)
			continue
		}
		k.textObject(e, ptr, 2000, false)
	}
}

func (k *checker) image(b obj, at string) {
	k.need(b, "alt_text", at)
	k.length(str(b["alt_text"]), at+"/alt_text", 2000)
	if _, ok := b["slack_file"].(obj); !ok {
		k.need(b, "image_url", at)
	}
	k.length(str(b["image_url"]), at+"/image_url", 3000)
}

func (k *checker) input(b obj, at string) {
	k.textObject(b["label"], at+"/label", 2000, true)
	k.optional(b, "hint", at, 2000, true)
	allowed := append(multiSelects(), actionElements()...)
	allowed = append(allowed, "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")
	k.element(b["element"], at+"/element", allowed)
	if e, _ := b["element"].(obj); str(e["type"]) == "button" || str(e["type"]) == "overflow" || str(e["type"]) == "workflow_button" {
		k.fail(at+"/element/type", "unsupported type: %s", str(e["type"]))
	}
}

func (k *checker) container(b obj, at string) {
	k.optional(b, "title", at, 150, false)
	for i, c := range k.list(b, "child_blocks", at, 1, 10) {
		k.block(c, fmt.Sprintf("%s/child_blocks/%d", at, i))
	}
}

func (k *checker) table(kind string, b obj, at string) {
	lo, hi := 1, 100
	if kind == "data_table" {
		lo, hi = 2, 101
		k.need(b, "caption", at)
	}
	k.tables++
	if k.tables > 1 {
		k.fail(at, "only one table is allowed in a message")
	}
	for i, row := range k.list(b, "rows", at, lo, hi) {
		if cells, ok := row.([]any); !ok || len(cells) > 20 {
			k.fail(fmt.Sprintf("%s/rows/%d", at, i), "no more than 20 items allowed")
		}
	}
	k.sum += textSum(b["rows"])
}

// chart holds data_visualization to its limits: 1-6 pie segments, otherwise 1-6
// series of 1-20 points; title 50, labels 20 characters.
func (k *checker) chart(b obj, at string) {
	k.need(b, "title", at)
	k.length(str(b["title"]), at+"/title", 50)
	chart, _ := b["chart"].(obj)
	at += "/chart"
	label := func(v any, ptr string) {
		o, _ := v.(obj)
		k.need(o, "label", ptr)
		k.length(str(o["label"]), ptr+"/label", 20)
	}
	switch kind := str(chart["type"]); kind {
	case "pie":
		for i, s := range k.list(chart, "segments", at, 1, 6) {
			label(s, fmt.Sprintf("%s/segments/%d", at, i))
		}
	case "bar", "line", "area":
		for i, s := range k.list(chart, "series", at, 1, 6) {
			ptr := fmt.Sprintf("%s/series/%d", at, i)
			series, _ := s.(obj)
			k.length(str(series["name"]), ptr+"/name", 20)
			for j, p := range k.list(series, "data", ptr, 1, 20) {
				label(p, fmt.Sprintf("%s/data/%d", ptr, j))
			}
		}
	default:
		k.fail(at+"/type", "unsupported type: %s", kind)
	}
}

// textSum adds up every "text" and "title" string below a value.
func textSum(v any) int {
	n := 0
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			n += textSum(e)
		}
	case obj:
		for key, e := range x {
			if s, ok := e.(string); ok && (key == "text" || key == "title") {
				n += utf8.RuneCountInString(s)
				continue
			}
			n += textSum(e)
		}
	}
	return n
}
