package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/knowledge"
	"coachbot/store"
)

// askCommand posts a question at once; without one it opens the form.
func (a *App) askCommand(ctx context.Context, c command, question, lang string, reply func(blocks.Message) error) error {
	if question = plainWords(question); question == "" {
		view := blocks.HelpModal(blocks.State{Lang: lang, Channel: c.Channel}, blocks.Asked{HandOver: true, Hide: a.hides(ctx, c.Channel, c.User)})
		return a.openModal(ctx, c.Trigger, view, reply)
	}
	return a.ask(ctx, asking{id: idFrom(helpPrefix, c.Workspace+"."+c.User+"."+c.Trigger), user: c.User, channel: c.Channel,
		request: store.HelpRequest{Kind: store.HelpPeers, Question: question, Anonymous: a.hides(ctx, c.Channel, c.User)}}, reply)
}

// hides reports whether the team of a place shows no names unless asked to.
func (a *App) hides(ctx context.Context, channel, user string) bool {
	t, err := a.teamFor(ctx, channel, user)
	return err == nil && t.HideNames
}

// askShortcut opens the form on a message. What was said in private is not taken over.
func (a *App) askShortcut(ctx context.Context, s shortcut, lang string, reply func(blocks.Message) error) error {
	state := blocks.State{Lang: lang, Channel: s.Channel, Message: s.Message}
	asked := blocks.Asked{HandOver: true, Hide: a.hides(ctx, s.Channel, s.User)}
	if strings.HasPrefix(s.Channel, "D") {
		state.Message = ""
	} else {
		asked.Question = plainWords(s.Text)
	}
	return a.openModal(ctx, s.Trigger, blocks.HelpModal(state, asked), reply)
}

// helpForCase opens the form under a suggestion.
func (a *App) helpForCase(ctx context.Context, p press, reply func(blocks.Message) error) error {
	lang := a.readerLang(ctx, p.User, "")
	c, err := a.store.Case(ctx, p.Value)
	if ignoreAbsent(err) != nil {
		return err
	}
	if err != nil || c.State == store.CaseDeleted || !a.mayPress(ctx, c, p) {
		return reply(blocks.Say(lang, blocks.Gone))
	}
	asked := blocks.Asked{HandOver: true, Hide: a.hides(ctx, c.Channel, p.User)}
	if !c.Private {
		asked.Question = plainWords(c.Text)
	}
	if c.Severity == "critical" {
		asked.Urgency = store.UrgencyHigh
	}
	return a.openModal(ctx, p.Trigger, blocks.HelpModal(blocks.State{Lang: lang, Case: c.ID, Channel: c.Channel}, asked), reply)
}

// helpDetails opens the form on a request that stands, for its asker.
func (a *App) helpDetails(ctx context.Context, r store.HelpRequest, p press, reply func(blocks.Message) error) error {
	lang := a.readerLang(ctx, p.User, "")
	switch {
	case p.User != r.Asker:
		return reply(blocks.Note(lang, blocks.HelpNotAsker, nil))
	case r.Over():
		return reply(blocks.Note(lang, blocks.HelpOver, nil))
	}
	return a.openModal(ctx, p.Trigger, blocks.HelpModal(blocks.State{Lang: lang, Request: r.ID}, blocks.Asked{Question: r.Question, Tried: r.Tried,
		Urgency: r.Urgency, Many: r.Many, Valued: r.Valued, Hide: r.Anonymous}), reply)
}

// helpFormDone makes or changes a request as the form says.
func (a *App) helpFormDone(ctx context.Context, job store.Job, f form) error {
	if f.State.Request != "" {
		return a.helpChanged(ctx, job, f)
	}
	r := store.HelpRequest{Kind: store.HelpPeers, Question: f.text(blocks.InputQuestion), Tried: f.text(blocks.InputTried),
		Urgency: store.Urgency(f.text(blocks.InputUrgency)), Many: f.ticked(blocks.InputWeight, blocks.WeightMany),
		Valued: f.ticked(blocks.InputWeight, blocks.WeightValued), Anonymous: f.text(blocks.InputNames) == blocks.NamesHide}
	if f.State.Step == blocks.StepPacket {
		r.Kind, r.Question, r.Urgency = store.HelpHandover, f.text(blocks.InputFacts), store.Urgency(f.State.Urgency)
		r.Many, r.Valued, r.Anonymous = strings.Contains(f.State.Weight, blocks.WeightMany), strings.Contains(f.State.Weight, blocks.WeightValued), false
		r.Packet = store.Packet{Facts: r.Question, Promises: f.text(blocks.InputPromises), Mood: f.text(blocks.InputMood),
			Authority: f.text(blocks.InputAuthority), Sentence: f.text(blocks.InputSentence)}
	}
	channel, message := f.State.Channel, f.State.Message
	return a.ask(ctx, asking{id: idFrom(helpPrefix, job.ID), user: f.User, channel: channel, caseID: f.State.Case, message: message, request: r},
		func(m blocks.Message) error {
			return a.whisper(ctx, f.User, "form:"+job.ID, idFrom(helpPrefix, job.ID), m)
		})
}

// helpChanged puts details into a request that stands.
func (a *App) helpChanged(ctx context.Context, job store.Job, f form) error {
	lang := a.readerLang(ctx, f.User, "")
	note := blocks.HelpChanged
	asked, err := a.store.HelpRequest(ctx, f.State.Request)
	if ignoreAbsent(err) != nil {
		return err
	}
	asked.Question = f.text(blocks.InputQuestion)
	severity, err := a.severityOf(ctx, asked)
	if err != nil {
		return err
	}
	_, err = a.store.UpdateHelpRequest(ctx, f.State.Request, func(h *store.HelpRequest) error {
		note = blocks.HelpChanged
		switch {
		case h.State == "":
			return store.ErrNotFound
		case h.Asker != f.User:
			note = blocks.HelpNotAsker
		case h.Over():
			note = blocks.HelpOver
		default:
			h.Question, h.Tried, h.Urgency = f.text(blocks.InputQuestion), f.text(blocks.InputTried), store.Urgency(f.text(blocks.InputUrgency))
			h.Many, h.Valued = f.ticked(blocks.InputWeight, blocks.WeightMany), f.ticked(blocks.InputWeight, blocks.WeightValued)
			h.Anonymous, h.UpdatedAt = f.text(blocks.InputNames) == blocks.NamesHide, a.now()
			h.Priority = priority(*h, severity)
		}
		return nil
	})
	if ignoreAbsent(err) != nil {
		return err
	}
	if err != nil {
		note = blocks.HelpGone
	}
	if note == blocks.HelpChanged {
		return a.refreshHelp(ctx, f.State.Request)
	}
	return a.whisper(ctx, f.User, "form:"+job.ID, f.State.Request, blocks.Note(lang, note, nil))
}

// likeEnough is how much an entry must have in common with what was said to be
// proposed. Below it the words meet by chance, and a blank misleads nobody.
const likeEnough = 0.15

// beyond is what, by the playbook of a case, is beyond an agent's authority: the
// entry that is most like what was said, "" when none is.
func (a *App) beyond(c store.Case, facts, lang string) (when string) {
	p, ok := a.engine.Playbook(c.Playbook, lang)
	if !ok {
		return ""
	}
	most := likeEnough
	for _, e := range p.Escalate {
		if like := max(knowledge.Alike(e.When, plainWords(c.Text)), knowledge.Alike(e.When, facts)); like > most {
			most, when = like, e.When
		}
	}
	return when
}

// packetPage is the second page of the form when a case is to be handed over:
// the packet, put together from what is known, to be changed before it is sent.
func (a *App) packetPage(ctx context.Context, f form) *slack.ModalViewRequest {
	s := f.State
	s.Urgency, s.Weight = f.text(blocks.InputUrgency), strings.Join(f.Fields[blocks.InputWeight], " ")
	tried := f.text(blocks.InputTried)
	d := blocks.Draft{Facts: f.text(blocks.InputQuestion)}
	if c, ok, err := a.caseFor(ctx, s.Case, f.User); s.Case != "" && err == nil && ok {
		d.Severity, d.Emotions, d.Turns = c.Severity, c.Emotions, c.Turns
		if tried == "" {
			tried = strings.Join(c.Used, "\n")
		}
		d.When = a.beyond(c, d.Facts, s.Lang)
		list, err := a.store.PromisesOfCase(ctx, c.ID)
		if err != nil {
			a.log.Error("the promises of a case cannot be read", "cause", err)
		}
		for _, p := range list {
			if p.Owed() {
				d.Promises = append(d.Promises, p)
			}
		}
	}
	k := d.Packet(s.Lang)
	view := blocks.PacketModal(s, tried, k)
	for most := 500; !fits(&view) && most > 50; most /= 2 {
		view = blocks.PacketModal(s, blocks.Shorten(tried, most), blocks.ShortenPacket(k, most))
	}
	return &view
}
