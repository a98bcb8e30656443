package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
)

// SubmitResult is what a person sees after pressing a modal's submit button.
type SubmitResult struct {
	// Errors stand below their fields, by block ID: the app's, or Slack's own
	// when a field is missing or too long (then nothing was sent).
	Errors map[string]string
	// Sent tells whether the submission went to the app.
	Sent bool
	// View is what is open now, nil when the modal closed.
	View *View
}

// Submit fills in p's open modal and submits it. values holds what is entered,
// by block ID and action ID: a string (text, an option's value, an ID, a date
// "2006-01-02" or time "15:04"), a list of strings for fields of many values, a
// number of seconds for datetimepicker, nil to empty a field. Fields not named
// keep what they hold.
func (p *Person) Submit(ctx context.Context, values map[string]map[string]any) (SubmitResult, error) {
	w := p.w
	var res SubmitResult
	var v *view
	payload, err := w.ask(ctx, func() (*delivery, error) {
		v = p.top()
		switch {
		case v == nil:
			return nil, fmt.Errorf("%s has no modal open", p.id)
		case v.spec["submit"] == nil && !hasInput(v.blocks()):
			return nil, fmt.Errorf("the modal %q cannot be submitted", str(v.spec["callback_id"]))
		}
		if err := v.enterAll(values); err != nil {
			return nil, err
		}
		if res.Errors = v.incomplete(); len(res.Errors) > 0 {
			v.errors = res.Errors
			w.changed(Change{Kind: ChangeView, User: p.id})
			return nil, errIncomplete
		}
		o := w.payload(p, "view_submission")
		delete(o, "action_ts")
		o["view"], o["response_urls"] = w.wireView(v), []obj{}
		res.Sent = true
		return interaction("interactive", "view_submission", o, true), nil
	})
	if err == errIncomplete {
		res.View = p.View()
		return res, nil
	}
	if err != nil {
		return res, err
	}
	return p.submitted(v, payload, res)
}

var errIncomplete = fmt.Errorf("fields are missing")

func (v *view) enterAll(values map[string]map[string]any) error {
	known := map[string]interactive{}
	for _, i := range interactives(v.blocks()) {
		known[str(i.block["block_id"])+"\n"+str(i.element["action_id"])] = i
	}
	for block, actions := range values {
		for action, value := range actions {
			i, ok := known[block+"\n"+action]
			if !ok {
				return fmt.Errorf("the modal has no field %q in block %q", action, block)
			}
			e, err := entry(i.element, value)
			if err != nil {
				return err
			}
			v.enter(i, e)
		}
	}
	return nil
}

// incomplete is what Slack's own client objects to before sending anything.
func (v *view) incomplete() map[string]string {
	out := map[string]string{}
	values, _ := v.state()["values"].(obj)
	for _, b := range v.blocks() {
		block, _ := b.(obj)
		if block["type"] != "input" {
			continue
		}
		id := str(block["block_id"])
		e, _ := block["element"].(obj)
		inBlock, _ := values[id].(obj)
		got, _ := inBlock[str(e["action_id"])].(obj)
		optional, _ := block["optional"].(bool)
		switch {
		case field(str(e["type"])) == "":
		case got == nil || blank(got):
			if !optional {
				out[id] = "Please complete this required field."
			}
		case got["type"] == "plain_text_input":
			if fault := tooShortOrLong(e, str(got["value"])); fault != "" {
				out[id] = fault
			}
		}
	}
	return out
}

// submitted carries out the app's answer to a submission.
func (p *Person) submitted(v *view, payload json.RawMessage, res SubmitResult) (SubmitResult, error) {
	w := p.w
	w.lock()
	defer w.unlock()
	var a struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if payload != nil && json.Unmarshal(payload, &a) != nil {
		return res, w.badSubmission("not a response object: " + string(payload))
	}
	var bad *apiError
	switch a.Action {
	case "":
		p.remove(v)
	case "clear":
		w.drop(p.stack...)
		p.stack = nil
	case "errors":
		if fault := v.showErrors(a.Errors); fault != "" {
			return res, w.badSubmission(fault)
		}
		res.Errors = v.errors
	case "update":
		var spec obj
		if spec, bad = w.parseView(string(a.View), inModal); bad == nil {
			w.fill(v, spec)
		}
	case "push":
		var spec obj
		if spec, bad = w.parseView(string(a.View), inModal); bad == nil {
			_, bad = w.push(p, spec)
		}
	default:
		return res, w.badSubmission("unknown response_action " + a.Action)
	}
	if bad != nil {
		return res, w.badSubmission(fmt.Sprint(bad.code, " ", bad.extra["errors"]))
	}
	w.changed(Change{Kind: ChangeView, User: p.id})
	res.View = w.publicView(p.top(), len(p.stack))
	return res, nil
}

// badSubmission is the "trouble connecting" a person sees when the app's answer
// makes no sense.
func (w *Workspace) badSubmission(detail string) error {
	w.violation(ViolationBadResponse, "answer to a submission: "+detail)
	return fmt.Errorf("we had some trouble connecting: %s", detail)
}

// showErrors puts errors below input blocks; Slack accepts no others.
func (v *view) showErrors(errs map[string]string) string {
	inputs := map[string]bool{}
	for _, b := range v.blocks() {
		if o, _ := b.(obj); o["type"] == "input" {
			inputs[str(o["block_id"])] = true
		}
	}
	if len(errs) == 0 {
		return "response_action errors without errors"
	}
	for id, text := range errs {
		if !inputs[id] {
			return "errors for " + id + ", which is no input block"
		}
		if text == "" {
			return "an empty error for " + id
		}
	}
	v.errors = errs
	return ""
}

// remove takes a view off p's stack.
func (p *Person) remove(v *view) {
	for i, x := range p.stack {
		if x == v {
			p.w.drop(x)
			p.stack = append(p.stack[:i:i], p.stack[i+1:]...)
			return
		}
	}
}

// Close closes p's open modal; the app is told (view_closed) when it asked for
// that.
func (p *Person) Close(ctx context.Context) error {
	w := p.w
	w.lock()
	v := p.top()
	if v == nil {
		w.unlock()
		return fmt.Errorf("%s has no modal open", p.id)
	}
	all := v.clearer
	if all {
		w.drop(p.stack...)
		p.stack = nil
	} else {
		p.remove(v)
	}
	w.changed(Change{Kind: ChangeView, User: p.id})
	w.unlock()
	if !v.notify {
		return nil
	}
	_, err := w.ask(ctx, func() (*delivery, error) {
		o := w.payload(p, "view_closed")
		delete(o, "trigger_id")
		delete(o, "action_ts")
		o["view"], o["is_cleared"] = w.wireView(v), all
		return interaction("interactive", "view_closed", o, false), nil
	})
	return err
}
