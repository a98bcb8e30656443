package blocks

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/slack-go/slack"
)

// State is what a modal carries to its submission: ids to look up, no content.
type State struct {
	Lang    string `json:"lang,omitempty"`
	Case    string `json:"case,omitempty"`
	Request string `json:"request,omitempty"` // help request
	Card    string `json:"card,omitempty"`    // knowledge card
	Promise string `json:"promise,omitempty"`
	Channel string `json:"channel,omitempty"` // where the modal was asked for
	Message string `json:"message,omitempty"` // ts of the message it is about
	Team    string `json:"team,omitempty"`
	Step    string `json:"step,omitempty"`    // which part of the work the modal does
	Urgency string `json:"urgency,omitempty"` // chosen on an earlier page
	Weight  string `json:"weight,omitempty"`  // likewise
}

// ParseState reads a modal's private metadata; what is none is a zero State.
func ParseState(metadata string) (s State) {
	_ = json.Unmarshal([]byte(metadata), &s)
	return s
}

func (s State) metadata() string {
	data, err := json.Marshal(s)
	if err != nil || len(data) > maxMetadata {
		return ""
	}
	return string(data)
}

// form builds a modal from top to bottom. Each input stands in a block of its
// own, whose id is that of the input.
type form struct {
	view slack.ModalViewRequest
	*page
}

func newForm(callback string, s State, title, submit, cancel string) *form {
	return &form{page: newPage(s.Lang), view: slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: s.metadata(),
		Title: plainText(line(title, maxModalTitle)), Submit: plainText(line(submit, maxModalTitle)), Close: plainText(line(cancel, maxModalTitle)),
	}}
}

func (f *form) modal() slack.ModalViewRequest {
	f.view.Blocks = slack.Blocks{BlockSet: f.blocks}
	settle(f.lang, &f.view)
	return f.view
}

// ask says what an input is for.
type ask struct {
	id, label, hint string
	optional        bool
}

func (f *form) input(a ask, e slack.BlockElement) {
	if len(f.blocks) >= maxModalBlocks {
		return
	}
	b := slack.NewInputBlock(a.id, plainText(line(a.label, maxLabel)), nil, e)
	if hint := line(a.hint, maxLabel); hint != "" {
		b.Hint = plainText(hint)
	}
	b.Optional = a.optional
	f.blocks = append(f.blocks, b)
}

// text asks for words; value stands there at first.
func (f *form) text(a ask, value string, multiline bool, most int) {
	e := slack.NewPlainTextInputBlockElement(nil, a.id)
	e.Multiline, e.InitialValue, e.MaxLength = multiline, cut(value, min(most, maxInput)), min(most, maxInput)
	f.input(a, e)
}

// moment asks for a date with a time of day, in the reader's own zone.
func (f *form) moment(a ask, at time.Time) {
	e := slack.NewDateTimePickerBlockElement(a.id)
	if !at.IsZero() {
		e.InitialDateTime = at.Unix()
	}
	f.input(a, e)
}

// choice asks for one of a few.
func (f *form) choice(a ask, options []Choice, chosen string) {
	all, initial := optionsOf(options, chosen)
	e := slack.NewRadioButtonsBlockElement(a.id, all...)
	if len(initial) > 0 {
		e.InitialOption = initial[0]
	}
	f.input(a, e)
}

// boxes asks for any of a few.
func (f *form) boxes(a ask, options []Choice, chosen ...string) {
	all, initial := optionsOf(options, chosen...)
	e := slack.NewCheckboxGroupsBlockElement(a.id, all...)
	e.InitialOptions = initial
	a.optional = true
	f.input(a, e)
}

// pick asks for one of many.
func (f *form) pick(a ask, options []Choice, chosen string) {
	all, initial := optionsOf(options, chosen)
	if len(all) == 0 {
		return
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, a.id, all...)
	if len(initial) > 0 {
		e.InitialOption = initial[0]
	}
	f.input(a, e)
}

// optionsOf draws choices; what Slack would refuse is left out. Of too many the last
// makes room for what is chosen: who changes something else must not lose it.
func optionsOf(options []Choice, chosen ...string) (all, initial []*slack.OptionBlockObject) {
	for _, o := range options {
		title, isChosen := line(o.Title, maxOption), slices.Contains(chosen, o.ID)
		if title == "" || o.ID == "" || clean(o.ID) != o.ID || size(o.ID) > maxOptionValue || len(all) == maxOptions && !isChosen {
			continue
		}
		option := slack.NewOptionBlockObject(o.ID, plainText(title), nil)
		if len(all) == maxOptions {
			all = all[:maxOptions-1]
		}
		all = append(all, option)
		if isChosen {
			initial = append(initial, option)
		}
	}
	return all, initial
}
