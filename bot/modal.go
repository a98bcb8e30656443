package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// form is a modal that somebody submitted, as jobs carry it.
type form struct {
	Workspace string              `json:"workspace"`
	User      string              `json:"user"`
	Callback  string              `json:"callback"`
	View      string              `json:"view"`
	State     blocks.State        `json:"state"`
	Fields    map[string][]string `json:"fields"` // by input: the words, the ids of what was chosen
}

// text is what was written or chosen in an input of one value.
func (f form) text(input string) string {
	if list := f.Fields[input]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// ticked reports whether a box of an input was ticked.
func (f form) ticked(input, box string) bool { return slices.Contains(f.Fields[input], box) }

// entered is what Slack tells of one input, of whichever kind.
type entered struct {
	Value         string   `json:"value"`
	Option        *option  `json:"selected_option"`
	Options       []option `json:"selected_options"`
	User          string   `json:"selected_user"`
	Users         []string `json:"selected_users"`
	Channel       string   `json:"selected_channel"`
	Channels      []string `json:"selected_channels"`
	Conversation  string   `json:"selected_conversation"`
	Conversations []string `json:"selected_conversations"`
	Date          string   `json:"selected_date"`
	Time          string   `json:"selected_time"`
	Moment        int64    `json:"selected_date_time"` // seconds since 1970
}

type option struct {
	Value string `json:"value"`
}

func (e entered) values(door func(string) string) (list []string) {
	single := []string{door(e.Value), e.User, e.Channel, e.Conversation, e.Date, e.Time}
	if e.Moment != 0 {
		single = append(single, strconv.FormatInt(e.Moment, 10))
	}
	if e.Option != nil {
		single = append(single, e.Option.Value)
	}
	for _, s := range single {
		if s != "" {
			list = append(list, s)
		}
	}
	for _, o := range e.Options {
		list = append(list, o.Value)
	}
	return slices.Concat(list, e.Users, e.Channels, e.Conversations)
}

func (raw rawInteraction) form() form {
	f := form{Workspace: raw.Team.ID, User: raw.User.ID, Callback: raw.View.Callback, View: raw.View.ID,
		State: blocks.ParseState(raw.View.Metadata), Fields: map[string][]string{}}
	door := letIn
	switch f.Callback {
	case blocks.ViewPromise, blocks.ViewHelpOpen:
		door = letInNamed
	case blocks.ViewTeamSetup: // a team's name and its dates are nobody's
		door = readable
	}
	for _, block := range raw.View.State.Values {
		for input, e := range block {
			if list := e.values(door); len(list) > 0 {
				f.Fields[input] = list
			}
		}
	}
	return f
}

// submitted takes a modal in: what can be said at once (a field to mend, a next
// page) is the answer; what changes something becomes a job before it is acknowledged.
func (a *App) submitted(ctx context.Context, raw rawInteraction, payload []byte) (*store.Job, any, error) {
	if raw.View.Callback == blocks.ViewCheckDraft {
		return a.checkSubmitted(ctx, raw, payload)
	}
	f := raw.form()
	faults := a.formFaults(f)
	if f.Callback == blocks.ViewTeamSetup {
		faults = a.setupFaults(ctx, f)
	}
	if len(faults) > 0 {
		return nil, map[string]any{"response_action": "errors", "errors": faults}, nil
	}
	if next := a.nextPage(ctx, f); next != nil {
		return nil, map[string]any{"response_action": "update", "view": next}, nil
	}
	job, err := newJob(kindSubmit, personLane(f.Workspace, f.User), keyOf("view", payload, f.Workspace, f.User, f.View), f)
	return job, nil, err
}

// maxAnswer is the size that an acknowledgement may have: Slack drops one of 20 KB or more.
const maxAnswer = 18 << 10

// fits reports whether a modal can be carried by an acknowledgement.
func fits(view *slack.ModalViewRequest) bool {
	data, err := json.Marshal(view)
	return err == nil && len(data) < maxAnswer
}

// openModal shows a modal to whoever asked for it, within the 3 seconds that a
// trigger lives. When they are over, the person hears to try again.
func (a *App) openModal(ctx context.Context, trigger string, view slack.ModalViewRequest, late func(blocks.Message) error) error {
	_, err := a.openedModal(ctx, trigger, view, late)
	return err
}

// openedModal is openModal that tells the id of the view, "" when none is open.
func (a *App) openedModal(ctx context.Context, trigger string, view slack.ModalViewRequest, late func(blocks.Message) error) (id string, err error) {
	err = a.call(ctx, "views.open", "", func(ctx context.Context) error {
		opened, err := a.api.OpenViewContext(ctx, trigger, view)
		if err == nil {
			id = opened.View.ID
		}
		return err
	})
	var permanent permanentError
	if !errors.As(err, &permanent) {
		return id, err
	}
	a.log.Warn("a modal could not be opened", "view", view.CallbackID, "cause", err)
	return "", late(blocks.Say(blocks.ParseState(view.PrivateMetadata).Lang, blocks.TooSlow))
}

// opensModal reports whether a button opens a modal: it must not wait behind others.
func opensModal(action string) bool {
	switch action {
	case blocks.ActionFind, blocks.ActionHelpOpen, blocks.ActionHelpResolve, blocks.ActionHelpSay, blocks.ActionSave, blocks.ActionAccept, blocks.ActionPromiseNew, blocks.ActionPromiseChange, blocks.ActionProduct:
		return true
	}
	return false
}

// formDone does what a submitted modal asks for.
func (a *App) formDone(ctx context.Context, job store.Job, f form) error {
	switch f.Callback {
	case blocks.ViewHelpOpen:
		return a.helpFormDone(ctx, job, f)
	case blocks.ViewHelpResolve:
		return a.resolveFormDone(ctx, job, f)
	case blocks.ViewKnowledgeSave:
		return a.knowledgeFormDone(ctx, job, f)
	case blocks.ViewAccept:
		return a.acceptFormDone(ctx, job, f)
	case blocks.ViewHelpSay:
		return a.sayFormDone(ctx, job, f)
	case blocks.ViewTeamSetup:
		return a.setupSubmitted(ctx, job, f)
	case blocks.ViewProduct:
		return a.productFormDone(ctx, job, f)
	case blocks.ViewPromise:
		return a.promiseSubmitted(ctx, f)
	}
	return permanentError{fmt.Errorf("no worker for the modal %q; it may be of a newer version", f.Callback)}
}

// formFaults says, by input, what must be mended before a modal is taken in. It is pure.
func (a *App) formFaults(f form) map[string]string {
	lang := f.State.Lang
	switch f.Callback {
	case blocks.ViewHelpOpen:
		faults := blocks.HelpFaults(f.State, f.text)
		if fault := a.wordsFault(lang, f.text(blocks.InputSentence)); fault != "" {
			faults[blocks.InputSentence] = fault
		}
		return faults
	case blocks.ViewHelpResolve:
		words := strings.TrimSpace(f.text(blocks.InputWorked))
		if !f.ticked(blocks.InputKeep, blocks.KeepCard) {
			return nil
		}
		if words == "" && f.text(blocks.InputCalmed) == "yes" {
			return map[string]string{blocks.InputWorked: blocks.MissingWorked(lang)}
		}
		if fault := a.wordsFault(lang, words); fault != "" {
			return map[string]string{blocks.InputWorked: fault}
		}
	case blocks.ViewHelpSay:
		return blocks.Missing(lang, f.text, blocks.InputWords)
	case blocks.ViewProduct:
		if f.ticked(blocks.InputKeep, blocks.ProductAway) {
			return nil
		}
		return blocks.Missing(lang, f.text, blocks.InputWords)
	case blocks.ViewAccept:
		if f.text(blocks.InputDecision) == blocks.DecisionDecline {
			return nil
		}
		faults := blocks.Missing(lang, f.text, blocks.InputWords)
		if fault := a.wordsFault(lang, f.text(blocks.InputWords)); fault != "" {
			faults[blocks.InputWords] = fault
		}
		return faults
	case blocks.ViewKnowledgeSave:
		faults := blocks.Missing(lang, f.text, blocks.InputSituation, blocks.InputWords)
		if fault := a.wordsFault(lang, f.text(blocks.InputWords)); fault != "" {
			faults[blocks.InputWords] = fault
		}
		if f.ticked(blocks.InputPropose, blocks.KeepPropose) && f.text(blocks.InputScenario) == "" {
			faults[blocks.InputScenario] = blocks.NoPlaybook(lang)
		}
		return faults
	case blocks.ViewPromise:
		return a.promiseFault(f)
	}
	return nil
}

// nextPage is the page that follows a submission that changes nothing yet, or nil.
func (a *App) nextPage(ctx context.Context, f form) *slack.ModalViewRequest {
	if f.Callback == blocks.ViewHelpOpen && f.State.Step != blocks.StepPacket && f.text(blocks.InputWhom) == blocks.WhomLead {
		return a.packetPage(ctx, f)
	}
	return nil
}
