package slacksim

import "fmt"

// field names the property of a state entry that holds an element's value.
func field(kind string) string {
	switch kind {
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		return "value"
	case "rich_text_input":
		return "rich_text_value"
	case "static_select", "external_select", "radio_buttons":
		return "selected_option"
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options"
	case "users_select":
		return "selected_user"
	case "multi_users_select":
		return "selected_users"
	case "conversations_select":
		return "selected_conversation"
	case "multi_conversations_select":
		return "selected_conversations"
	case "channels_select":
		return "selected_channel"
	case "multi_channels_select":
		return "selected_channels"
	case "datepicker":
		return "selected_date"
	case "timepicker":
		return "selected_time"
	case "datetimepicker":
		return "selected_date_time"
	}
	return "" // buttons, overflow, files: no state
}

// initialEntry is the state entry of an element nobody has touched, nil when it
// has no state.
func initialEntry(e obj) obj {
	kind := str(e["type"])
	f := field(kind)
	if f == "" {
		return nil
	}
	initial := map[string]string{
		"value": "initial_value", "rich_text_value": "initial_value", "selected_option": "initial_option",
		"selected_options": "initial_options", "selected_user": "initial_user", "selected_users": "initial_users",
		"selected_conversation": "initial_conversation", "selected_conversations": "initial_conversations",
		"selected_channel": "initial_channel", "selected_channels": "initial_channels",
		"selected_date": "initial_date", "selected_time": "initial_time", "selected_date_time": "initial_date_time",
	}
	v := e[initial[f]]
	if v == nil && (f == "selected_options" || f == "selected_users" || f == "selected_conversations" || f == "selected_channels") {
		v = []any{}
	}
	return obj{"type": kind, f: v}
}

// entry turns what a test or page gives as a value into a state entry:
// a string (text, an option's value, an ID, a date or time), a list of strings
// for elements of many values, a number for datetimepicker, nil for nothing.
func entry(e obj, value any) (obj, error) {
	kind := str(e["type"])
	f := field(kind)
	if f == "" {
		return nil, fmt.Errorf("a %s takes no value", kind)
	}
	if value == nil {
		return initialEntry(obj{"type": kind}), nil
	}
	v, err := entryValue(e, f, value)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", kind, str(e["action_id"]), err)
	}
	return obj{"type": kind, f: v}, nil
}

func entryValue(e obj, f string, value any) (any, error) {
	switch f {
	case "selected_option":
		return chosen(e, value)
	case "selected_options":
		list, err := stringList(value)
		out := []any{}
		for _, s := range list {
			o, oerr := chosen(e, s)
			if oerr != nil {
				return nil, oerr
			}
			out = append(out, o)
		}
		return out, err
	case "selected_users", "selected_conversations", "selected_channels":
		list, err := stringList(value)
		return list, err
	case "selected_date_time":
		switch n := value.(type) {
		case int:
			return n, nil
		case int64:
			return n, nil
		case float64:
			return int64(n), nil
		}
		return nil, fmt.Errorf("want seconds since 1970, got %T", value)
	}
	s, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("want a string, got %T", value)
	}
	switch {
	case f == "rich_text_value":
		section := obj{"type": "rich_text_section", "elements": []any{obj{"type": "text", "text": s}}}
		return obj{"type": "rich_text", "elements": []any{section}}, nil
	case f == "value" && s == "":
		return nil, nil // Slack sends null for an empty field
	}
	return s, nil
}

func chosen(e obj, value any) (any, error) {
	s, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("want an option's value, got %T", value)
	}
	o := option(e, s)
	if o == nil && str(e["type"]) != "external_select" && str(e["type"]) != "multi_external_select" {
		return nil, fmt.Errorf("no option %q", s)
	}
	if o == nil {
		o = obj{"text": obj{"type": "plain_text", "text": s}, "value": s}
	}
	return o, nil
}

func stringList(value any) ([]string, error) {
	switch v := value.(type) {
	case string:
		return []string{v}, nil
	case []string:
		return v, nil
	case []any:
		var out []string
		for _, x := range v {
			s, ok := x.(string)
			if !ok {
				return nil, fmt.Errorf("want strings, got %T", x)
			}
			out = append(out, s)
		}
		return out, nil
	}
	return nil, fmt.Errorf("want a list of strings, got %T", value)
}

// blank reports whether an entry holds nothing.
func blank(e obj) bool {
	switch v := e[field(str(e["type"]))].(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case []string:
		return len(v) == 0
	}
	return false
}
