package slacksim

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

func actionElements() []string {
	return []string{
		"button", "overflow", "static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "workflow_button",
	}
}

func multiSelects() []string {
	return []string{"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}
}

// element checks one interactive element against what its block allows.
func (k *checker) element(v any, at string, allowed []string) {
	e, ok := v.(obj)
	if !ok {
		k.fail(at, "must be an object")
		return
	}
	kind := str(e["type"])
	if !slices.Contains(allowed, kind) {
		k.fail(at+"/type", "unsupported type: %s", kind)
		return
	}
	k.optional(e, "placeholder", at, 150, true)
	k.length(str(e["accessibility_label"]), at+"/accessibility_label", 75)
	k.confirm(e, at)
	switch kind {
	case "button", "workflow_button":
		k.button(e, at)
	case "image":
		k.image(e, at)
	case "overflow":
		k.options(e, at, 1, 5)
	case "checkboxes", "radio_buttons":
		k.options(e, at, 1, 10)
	case "static_select", "multi_static_select":
		k.selectOptions(e, at)
	case "plain_text_input":
		k.textInput(e, at)
	case "feedback_buttons":
		k.feedback(e, at)
	case "icon_button":
		k.need(e, "icon", at)
		k.textObject(e["text"], at+"/text", 75, true)
	}
}

func (k *checker) button(e obj, at string) {
	k.textObject(e["text"], at+"/text", 75, true)
	k.length(str(e["value"]), at+"/value", 2000)
	k.length(str(e["url"]), at+"/url", 3000)
	if s, has := e["style"]; has && s != "primary" && s != "danger" {
		k.fail(at+"/style", "must be one of [primary, danger]")
	}
}

func (k *checker) feedback(e obj, at string) {
	for _, side := range []string{"positive_button", "negative_button"} {
		b, _ := e[side].(obj)
		k.textObject(b["text"], at+"/"+side+"/text", 75, true)
		k.need(b, "value", at+"/"+side)
		k.length(str(b["value"]), at+"/"+side+"/value", 2000)
	}
}

func (k *checker) confirm(e obj, at string) {
	c, ok := e["confirm"].(obj)
	if !ok {
		return
	}
	at += "/confirm"
	k.textObject(c["title"], at+"/title", 100, true)
	k.textObject(c["text"], at+"/text", 300, false)
	k.textObject(c["confirm"], at+"/confirm", 30, true)
	k.textObject(c["deny"], at+"/deny", 30, true)
}

func (k *checker) textInput(e obj, at string) {
	lo, _ := e["min_length"].(float64)
	hi, set := e["max_length"].(float64)
	if lo < 0 || lo > 3000 {
		k.fail(at+"/min_length", "must be between 0 and 3000")
	}
	if set && (hi < 1 || hi > 3000 || hi < lo) {
		k.fail(at+"/max_length", "must be between 1 and 3000")
	}
	if set && float64(utf8.RuneCountInString(str(e["initial_value"]))) > hi {
		k.fail(at+"/initial_value", "must be less than %d characters", int(hi)+1)
	}
	k.length(str(e["initial_value"]), at+"/initial_value", 3000)
}

func (k *checker) selectOptions(e obj, at string) {
	if _, grouped := e["option_groups"].([]any); !grouped {
		k.options(e, at, 1, 100)
		return
	}
	for i, g := range k.list(e, "option_groups", at, 1, 100) {
		ptr := fmt.Sprintf("%s/option_groups/%d", at, i)
		group, _ := g.(obj)
		k.textObject(group["label"], ptr+"/label", 75, true)
		k.options(group, ptr, 1, 100)
	}
}

// options checks the options of an element, and that what is chosen at first is
// among them.
func (k *checker) options(e obj, at string, lo, hi int) {
	seen := map[string]bool{}
	for i, v := range k.list(e, "options", at, lo, hi) {
		ptr := fmt.Sprintf("%s/options/%d", at, i)
		o, _ := v.(obj)
		markdown := strings.HasPrefix(str(e["type"]), "checkboxes") || str(e["type"]) == "radio_buttons"
		k.textObject(o["text"], ptr+"/text", 75, !markdown)
		k.optional(o, "description", ptr, 75, !markdown)
		k.need(o, "value", ptr)
		k.length(str(o["value"]), ptr+"/value", 150)
		seen[str(o["value"])] = true
	}
	initial, _ := e["initial_options"].([]any)
	if one, ok := e["initial_option"].(obj); ok {
		initial = append(slices.Clone(initial), one)
	}
	for _, v := range initial {
		if o, _ := v.(obj); !seen[str(o["value"])] {
			k.fail(at, "initial option is not among the options")
		}
	}
}

// allOptions lists the options of an element, grouped or not.
func allOptions(e obj) []obj {
	var out []obj
	collect := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if option, ok := o.(obj); ok {
				out = append(out, option)
			}
		}
	}
	collect(e["options"])
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(obj); ok {
			collect(group["options"])
		}
	}
	return out
}

// option returns the option with a value, nil when there is none.
func option(e obj, value string) obj {
	for _, o := range allOptions(e) {
		if str(o["value"]) == value {
			return o
		}
	}
	return nil
}
