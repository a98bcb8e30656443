package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachbot/bot"
	"coachbot/bot/mask"
	"coachbot/playbooks"
	"coachbot/store"
)

func (p *program) erase() *cobra.Command {
	var find string
	var yes bool
	c := &cobra.Command{Use: "erase [ID...]", Short: "Removes one customer's traces from every record",
		Long: "Removes one customer's traces: the records with the given ids (of cases, help requests, knowledge or promises, or links to\n" +
			"messages in Slack), those in which --find finds words, and all that hangs on them. `coachbot export --find` finds them first.\n" +
			"Without --yes it only lists what it would remove. A bot that runs on the store does it itself.",
		RunE: func(c *cobra.Command, args []string) error {
			args = slices.DeleteFunc(args, func(id string) bool { return strings.TrimSpace(id) == "" })
			if len(args) == 0 && strings.TrimSpace(find) == "" {
				return usageError("say what to erase: ids or links, or --find WORDS")
			}
			cfg, err := p.config()
			if err != nil {
				return err
			}
			s, done, err := p.existing(cfg.Store)
			if err != nil {
				return err
			}
			defer done()
			return p.eraseTraces(c.Context(), s, args, find, yes)
		}}
	c.Flags().StringVar(&find, "find", "", "erase the records that hold these words")
	c.Flags().BoolVar(&yes, "yes", false, "do it")
	return c
}

// traces are the records of one customer.
type traces struct {
	ids      map[string]bool // of the records that are meant
	messages []string        // how the ids of cases end whose messages are meant
	words    []string
	records  []store.Record
	jobs     []string
	posts    []store.Post
	people   []store.Person // who met a case in a drill
	sites    []store.Installation
}

// eraseTraces lists the traces and, with yes, removes them. What hangs on other records goes before
// them: a removal that was cut short is found again by the same words and goes on where it ended.
func (p *program) eraseTraces(ctx context.Context, s store.Store, ids []string, find string, yes bool) error {
	t := tracesOf(ids, find)
	if err := t.search(ctx, s); err != nil {
		return err
	}
	for _, r := range t.records {
		fmt.Fprintln(p.out, describe(r))
	}
	for _, id := range t.jobs {
		fmt.Fprintln(p.out, "job "+id)
	}
	for _, who := range t.people {
		fmt.Fprintln(p.out, "drill of "+who.ID)
	}
	if !yes {
		fmt.Fprintf(p.out, "%d records would be removed; run again with --yes to remove them\n", t.count())
		return nil
	}
	removed := 0
	for range erasePasses { // a bot that is at work may write something of the customer's meanwhile
		for _, post := range t.posts {
			if post.Sent() && post.RemovedAt.IsZero() {
				fmt.Fprintln(p.out, "still in Slack, delete it there: "+t.address(post))
			}
		}
		for _, r := range t.records {
			if k := r.KnowledgeCard; k != nil && !k.AcceptedAt.IsZero() {
				fmt.Fprintf(p.out, "accepted as a phrase, look for its words there: %s/%s/%s.md in the folder of playbooks\n", playbooks.AcceptedFolder, k.Lang, k.Scenario)
			}
		}
		if err := t.remove(ctx, s); err != nil {
			return usageError("not everything was removed, run the command again: %v", err)
		}
		p.unlearn(t.records)
		removed += t.count()
		if err := t.search(ctx, s); err != nil {
			return err
		}
		if t.count() == 0 {
			fmt.Fprintf(p.out, "ok: %d records removed\n", removed)
			return nil
		}
	}
	return usageError("the bot keeps writing about this customer, %d records are left; run the command again", t.count())
}

// anyWorkspace stands where the address of the workspace is not known.
const anyWorkspace = "https://YOUR-WORKSPACE.slack.com/"

// erasePasses is how often the store is looked through for what was written meanwhile.
const erasePasses = 5

// unlearn has the running bot forget what erased cases taught it.
func (p *program) unlearn(records []store.Record) {
	if p.running == nil {
		return
	}
	app := p.running.app.Load()
	for _, r := range records {
		if r.Case != nil && app != nil {
			app.Unlearn(*r.Case)
		}
	}
}

func tracesOf(ids []string, find string) *traces {
	t := &traces{ids: map[string]bool{}, words: wordsToFind(find)}
	for _, id := range ids {
		if m := messageLink.FindStringSubmatch(id); m != nil {
			t.messages = append(t.messages, "."+m[1]+"."+m[2]+"."+m[3])
		} else {
			t.ids[strings.TrimSpace(id)] = true
		}
	}
	return t
}

// address is where a post stands in Slack.
func (t *traces) address(p store.Post) string {
	base := anyWorkspace
	if i := slices.IndexFunc(t.sites, func(s store.Installation) bool { return s.Workspace == p.Workspace && s.URL != "" }); i >= 0 {
		base = t.sites[i].URL
	}
	return bot.LinkTo(base, p.Channel, p.TS, p.Thread)
}

func (t *traces) count() int { return len(t.records) + len(t.jobs) + len(t.people) }

// search looks through the store until it knows all that hangs together: a case
// leads to its promises and requests, a request to its card.
func (t *traces) search(ctx context.Context, s store.Store) error {
	for {
		known := len(t.ids)
		t.records, t.jobs, t.posts, t.sites, t.people = nil, nil, nil, nil, nil
		if err := s.Walk(ctx, func(r store.Record) error { t.gather(r); return nil }); err != nil {
			return usageError("the store cannot be read: %v", err)
		}
		if len(t.ids) == known {
			return nil
		}
	}
}

// remove removes what search found, roots last.
func (t *traces) remove(ctx context.Context, s store.Store) error {
	for _, id := range t.jobs {
		if err := s.Finish(ctx, id); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	for _, who := range t.people {
		_, err := s.UpdatePerson(ctx, who.Workspace, who.ID, func(p *store.Person) error {
			p.Drills = slices.DeleteFunc(p.Drills, func(m store.DrillMemory) bool { return t.ids[m.Case] })
			return nil
		})
		if err != nil {
			return err
		}
	}
	rank := func(r store.Record) int {
		switch {
		case r.Case != nil:
			return 3
		case r.HelpRequest != nil:
			return 2
		case r.KnowledgeCard != nil, r.Promise != nil:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(t.records, func(a, b store.Record) int { return rank(a) - rank(b) })
	for batch := range slices.Chunk(t.records, eraseBatch) {
		if err := s.Delete(ctx, batch...); err != nil {
			return err
		}
	}
	return nil
}

// eraseBatch is how many records go at once.
const eraseBatch = 200

// gather takes a record in when it is one of the customer's.
func (t *traces) gather(r store.Record) {
	switch {
	case r.Case != nil:
		if slices.ContainsFunc(t.messages, func(m string) bool { return strings.HasSuffix(r.Case.ID, m) }) {
			t.ids[r.Case.ID] = true
		}
		t.take(r, r.Case.ID, r.Case.Text+"\n"+r.Case.Feedback.Note, nil)
	case r.HelpRequest != nil:
		h := r.HelpRequest
		t.take(r, h.ID, strings.Join([]string{h.Question, h.Tried, h.Worked, h.Packet.Facts, h.Packet.Promises, h.Packet.Mood, h.Packet.Authority, h.Packet.Sentence,
			h.Draft.Situation, h.Draft.Words, h.Draft.Result}, "\n"), h.Posts, h.Case, t.behind(h.Workspace, h.Link))
	case r.KnowledgeCard != nil:
		k := r.KnowledgeCard
		t.take(r, k.ID, k.Situation+"\n"+k.Words+"\n"+k.Result+"\n"+k.DeclinedWhy, nil, k.Request, t.behind(k.Workspace, k.Source))
	case r.Promise != nil:
		t.take(r, r.Promise.ID, r.Promise.What+"\n"+r.Promise.When, r.Promise.Posts, r.Promise.Case)
	case r.Person != nil:
		if slices.ContainsFunc(r.Person.Drills, func(m store.DrillMemory) bool { return t.ids[m.Case] }) {
			t.people = append(t.people, *r.Person)
		}
	case r.Installation != nil:
		t.sites = append(t.sites, *r.Installation)
	case r.Post != nil && (t.ids[r.Post.Case] || t.ids[r.Post.Key]):
		t.records, t.posts = append(t.records, r), append(t.posts, *r.Post)
	case r.Decision != nil && t.ids[store.CaseID(r.Decision.Workspace, r.Decision.Channel, r.Decision.TS)], r.Evidence != nil && t.ids[r.Evidence.Case]:
		t.records = append(t.records, r)
	case r.Job != nil && t.mentions(string(r.Job.Payload)):
		t.jobs = append(t.jobs, r.Job.ID)
	}
}

// behind is the id of the case whose message a link leads to: of its own, or of one in its thread.
func (t *traces) behind(workspace, link string) string {
	m := messageLink.FindStringSubmatch(link)
	if m == nil {
		return ""
	}
	if thread := threadOf.FindStringSubmatch(link); thread != nil {
		if id := store.CaseID(workspace, m[1], thread[1]); t.ids[id] {
			return id
		}
	}
	return store.CaseID(workspace, m[1], m[2]+"."+m[3])
}

// take takes a record in by its id, its words or what it hangs on; with it go the posts that show it.
func (t *traces) take(r store.Record, id, text string, posts []string, of ...string) {
	if t.ids[id] || t.holds(text) || slices.ContainsFunc(of, func(o string) bool { return o != "" && t.ids[o] }) {
		t.ids[id] = true
		for _, key := range posts {
			t.ids[key] = true
		}
		t.records = append(t.records, r)
	}
}

func (t *traces) holds(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(t.words, func(w string) bool { return strings.Contains(text, w) })
}

// mentions reports whether a job's payload has the words or an id.
func (t *traces) mentions(payload string) bool {
	if t.holds(payload) {
		return true
	}
	names := func(s string) bool {
		quoted, err := json.Marshal(s)
		return err == nil && s != "" && strings.Contains(payload, string(quoted))
	}
	for id := range t.ids {
		if names(id) {
			return true
		}
		// A delivery names the case by its message: one of the thread, a press on its card.
		if parts := strings.SplitN(id, ".", 3); len(parts) == 3 && names(parts[1]) && names(parts[2]) {
			return true
		}
	}
	return false
}

// wordsToFind are words as they may stand in the store: as given, and, of an order
// number, what masking leaves of it.
func wordsToFind(words string) (list []string) {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil
	}
	list = append(list, strings.ToLower(words))
	if masked := strings.TrimPrefix(mask.All("order "+words), "order "); strings.HasPrefix(masked, "…") {
		list = append(list, strings.ToLower(masked))
	}
	return list
}

var (
	messageLink = regexp.MustCompile(`/archives/([A-Z0-9]+)/p(\d{10})(\d{6})`)
	threadOf    = regexp.MustCompile(`[?&]thread_ts=(\d{10}\.\d{6})`)
)

// describe names a record in one line, without its words.
func describe(r store.Record) string {
	switch {
	case r.Case != nil:
		return "case " + r.Case.ID
	case r.HelpRequest != nil:
		return "help " + r.HelpRequest.ID
	case r.KnowledgeCard != nil:
		return "knowledge " + r.KnowledgeCard.ID
	case r.Promise != nil:
		return "promise " + r.Promise.ID
	case r.Post != nil:
		return "post " + r.Post.Key
	case r.Decision != nil:
		return "decision " + store.CaseID(r.Decision.Workspace, r.Decision.Channel, r.Decision.TS)
	}
	return "evidence " + r.Evidence.ID
}
