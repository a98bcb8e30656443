package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot/digest"
	"coachbot/bot/mask"
	"coachbot/store"
)

// Kinds of records that can be exported, in the order in which they are printed.
func exportKinds() []string { return []string{"case", "help", "knowledge", "promise"} }

// kindFeedback are the cases and cards that were marked as product feedback. They are
// printed only when asked for: each is another kind's record too.
const kindFeedback = "feedback"

func (p *program) export() *cobra.Command {
	var format, kind, find string
	c := &cobra.Command{Use: "export", Short: "Prints cases, help requests, knowledge and promises as csv or jsonl", Args: cobra.NoArgs,
		Long: "Prints cases, help requests, knowledge and promises as csv or jsonl.\n\nWith --kind knowledge --format patch it prints the knowledge that an admin accepted for a\n" +
			"playbook as a change to the playbook files, for `patch -p1` or `git apply` in the playbook folder.",
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case !slices.Contains([]string{"csv", "jsonl", "patch"}, format):
				return usageError("--format must be csv, jsonl or patch, not %q", format)
			case kind != "" && !slices.Contains(append(exportKinds(), kindFeedback), kind):
				return usageError("--kind must be one of %s or %s, not %q", strings.Join(exportKinds(), ", "), kindFeedback, kind)
			case format == "patch" && kind != "knowledge":
				return usageError("--format patch needs --kind knowledge: only knowledge changes playbooks")
			}
			cfg, err := p.config()
			if err != nil {
				return err
			}
			s, err := openExisting(cfg.Store)
			if err != nil {
				return err
			}
			defer s.Close()
			if format == "patch" {
				return p.exportPatch(c.Context(), s, cfg.Playbooks)
			}
			rows, err := exported(c.Context(), s, kind, wordsToFind(find))
			if err == nil {
				err = p.printRows(format, kind, rows)
			}
			if err != nil {
				return usageError("the export failed: %v", err)
			}
			return nil
		}}
	c.Flags().StringVar(&format, "format", "jsonl", "csv, jsonl or patch")
	c.Flags().StringVar(&find, "find", "", "only records that hold these words, such as a customer's name or order number")
	c.Flags().StringVar(&kind, "kind", "", "one kind only: "+strings.Join(exportKinds(), ", ")+", or "+kindFeedback+" (what was marked for the product team)")
	return c
}

// row is a record as it is exported.
type row interface{ when() time.Time }

// exported are the records of a kind, or of all with "": kind by kind, oldest first.
func exported(ctx context.Context, s store.Maintenance, kind string, find []string) (rows []row, err error) {
	wanted := traces{ids: map[string]bool{}, words: find}
	of := map[string][]row{}
	var helps []store.HelpRequest
	var promises []store.Promise
	private := map[string]bool{} // cases that nothing else may point at
	err = s.Walk(ctx, func(r store.Record) error {
		if len(find) > 0 {
			before := len(wanted.records)
			if wanted.gather(r); len(wanted.records) == before && (r.Case == nil || !r.Case.Private) {
				return nil
			}
		}
		if row, ok := feedbackRow(r); ok {
			of[kindFeedback] = append(of[kindFeedback], row)
		}
		switch {
		case r.Case != nil && (r.Case.Private || r.Case.State == store.CaseDeleted):
			private[r.Case.ID] = true
		case r.Case != nil:
			of["case"] = append(of["case"], caseRow(*r.Case))
		case r.HelpRequest != nil:
			helps = append(helps, *r.HelpRequest)
		case r.KnowledgeCard != nil && r.KnowledgeCard.State != store.CardWithdrawn:
			of["knowledge"] = append(of["knowledge"], knowledgeRow(*r.KnowledgeCard))
		case r.Promise != nil:
			promises = append(promises, *r.Promise)
		}
		return nil
	})
	for _, h := range helps {
		if private[h.Case] {
			h.Case = ""
		}
		of["help"] = append(of["help"], helpRow(h))
	}
	for _, q := range promises {
		if private[q.Case] {
			q.Case = ""
		}
		of["promise"] = append(of["promise"], promiseRow(q))
	}
	for _, k := range append(exportKinds(), kindFeedback) {
		if kind == k || kind == "" && k != kindFeedback {
			slices.SortStableFunc(of[k], func(a, b row) int { return a.when().Compare(b.when()) })
			rows = append(rows, of[k]...)
		}
	}
	return rows, err
}

// printRows prints one object a line, or a table with the columns of all the kinds in it.
func (p *program) printRows(format, kind string, rows []row) error {
	if format == "jsonl" {
		for _, r := range rows {
			if err := p.printJSON(r); err != nil {
				return err
			}
		}
		return nil
	}
	columns := columnsOf(kind)
	w := csv.NewWriter(p.out)
	if err := w.Write(columns); err != nil {
		return err
	}
	for _, r := range rows {
		cells := cellsOf(r)
		line := make([]string, len(columns))
		for i, name := range columns {
			line[i] = cells[name]
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// columnsOf names the columns of a kind, or of all, each once.
func columnsOf(kind string) (columns []string) {
	shapes := map[string]any{"case": exportedCase{}, "help": exportedHelp{}, "knowledge": exportedKnowledge{}, "promise": exportedPromise{}, kindFeedback: exportedFeedback{}}
	for _, k := range append(exportKinds(), kindFeedback) {
		if kind != "" && kind != k || kind == "" && k == kindFeedback {
			continue
		}
		t := reflect.TypeOf(shapes[k])
		for i := range t.NumField() {
			if name := columnOf(t.Field(i)); !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
	}
	return columns
}

// columnOf is the name under which a field is printed.
func columnOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// cellsOf are a row's values as a table shows them, by column.
func cellsOf(r row) map[string]string {
	cells := map[string]string{}
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		name := columnOf(v.Type().Field(i))
		switch value := v.Field(i).Interface().(type) {
		case time.Time:
			cells[name] = stamp(value)
		case []string:
			cells[name] = strings.Join(value, " ")
		default:
			cells[name] = fmt.Sprint(value)
		}
	}
	return cells
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// exportedCase is a case as scripts read it: no text of a customer, no private case.
type exportedCase struct {
	Kind      string          `json:"kind"`
	ID        string          `json:"id"`
	Workspace string          `json:"workspace"`
	Team      string          `json:"team"`
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"`
	Lang      string          `json:"lang"`
	Severity  string          `json:"severity"`
	Emotions  []string        `json:"emotions"`
	Playbook  string          `json:"playbook"`
	Step      string          `json:"step"`
	State     store.CaseState `json:"state"`
	OpenedAt  time.Time       `json:"opened_at"`
	AdvisedAt time.Time       `json:"advised_at,omitzero"`
	ClosedAt  time.Time       `json:"closed_at,omitzero"`
}

func (r exportedCase) when() time.Time { return r.OpenedAt }

func caseRow(k store.Case) exportedCase {
	return exportedCase{"case", k.ID, k.Workspace, k.Team, k.Channel, k.TS, k.Lang, k.Severity, k.Emotions, k.Playbook, k.Step, k.State, k.OpenedAt, k.AdvisedAt, k.ClosedAt}
}

// exportedHelp is a help request, customers masked: who asked without a name stays unnamed, and
// the helper is named only if that was agreed to.
type exportedHelp struct {
	Kind       string          `json:"kind"`
	ID         string          `json:"id"`
	Workspace  string          `json:"workspace"`
	Team       string          `json:"team"`
	Channel    string          `json:"channel"`
	Case       string          `json:"case"`
	Lang       string          `json:"lang"`
	For        store.HelpKind  `json:"for"`
	Question   string          `json:"question"`
	Tried      string          `json:"tried"`
	Scenario   string          `json:"scenario"`
	Urgency    store.Urgency   `json:"urgency"`
	Priority   int             `json:"priority"`
	State      store.HelpState `json:"state"`
	Asker      string          `json:"asker"`
	Helper     string          `json:"helper"`
	Worked     string          `json:"worked"`
	Calmed     string          `json:"calmed"`
	Knowledge  string          `json:"knowledge"`
	OpenedAt   time.Time       `json:"opened_at"`
	ClaimedAt  time.Time       `json:"claimed_at,omitzero"`
	ClosedAt   time.Time       `json:"closed_at,omitzero"`
	HelperSeen bool            `json:"helper_named"`
}

func (r exportedHelp) when() time.Time { return r.OpenedAt }

func helpRow(h store.HelpRequest) exportedHelp {
	r := exportedHelp{Kind: "help", ID: h.ID, Workspace: h.Workspace, Team: h.Team, Channel: h.Channel, Case: h.Case, Lang: h.Lang, For: h.Kind,
		Question: mask.All(h.Question), Tried: mask.All(h.Tried), Scenario: h.Scenario, Urgency: h.Urgency, Priority: h.Priority, State: h.State,
		Worked: mask.All(h.Worked), Calmed: h.Calmed, Knowledge: h.Card, OpenedAt: h.OpenedAt, ClaimedAt: h.ClaimedAt, ClosedAt: h.ClosedAt, HelperSeen: h.NameHelper}
	if h.Anonymous { // the case would tell who asked
		r.Case, r.Channel = "", ""
	} else {
		r.Asker = h.Asker
	}
	if h.NameHelper {
		r.Helper = h.Helper
	}
	return r
}

// exportedKnowledge is a card, with its author only if that was agreed to.
type exportedKnowledge struct {
	Kind       string          `json:"kind"`
	ID         string          `json:"id"`
	Workspace  string          `json:"workspace"`
	Team       string          `json:"team"`
	Lang       string          `json:"lang"`
	Scenario   string          `json:"scenario"`
	Situation  string          `json:"situation"`
	Words      string          `json:"words"`
	Result     string          `json:"result"`
	Author     string          `json:"author"`
	State      store.CardState `json:"state"`
	CreatedAt  time.Time       `json:"created_at"`
	ReviewAt   time.Time       `json:"review_at,omitzero"`
	ProposedAt time.Time       `json:"proposed_at,omitzero"`
	AcceptedAt time.Time       `json:"accepted_at,omitzero"`
}

func (r exportedKnowledge) when() time.Time { return r.CreatedAt }

func knowledgeRow(k store.KnowledgeCard) exportedKnowledge {
	r := exportedKnowledge{"knowledge", k.ID, k.Workspace, k.Team, k.Lang, k.Scenario, k.Situation, k.Words, k.Result, "", k.State,
		k.CreatedAt, k.ReviewAt, k.ProposedAt, k.AcceptedAt}
	if k.Named {
		r.Author = k.Author
	}
	return r
}

// exportedPromise is a promise; what was noted in a direct message stays there.
type exportedPromise struct {
	Kind      string             `json:"kind"`
	ID        string             `json:"id"`
	Workspace string             `json:"workspace"`
	Team      string             `json:"team"`
	Channel   string             `json:"channel"`
	Case      string             `json:"case"`
	Lang      string             `json:"lang"`
	What      string             `json:"what"`
	State     store.PromiseState `json:"state"`
	MadeAt    time.Time          `json:"made_at"`
	DueAt     time.Time          `json:"due_at"`
	MissedAt  time.Time          `json:"missed_at,omitzero"`
	ClosedAt  time.Time          `json:"closed_at,omitzero"`
}

func (r exportedPromise) when() time.Time { return r.MadeAt }

func promiseRow(q store.Promise) exportedPromise {
	r := exportedPromise{"promise", q.ID, q.Workspace, q.Team, q.Channel, q.Case, q.Lang, mask.All(q.What), q.State, q.MadeAt, q.DueAt, q.MissedAt, q.ClosedAt}
	if strings.HasPrefix(q.Channel, "D") {
		r.What, r.Channel = "", ""
	}
	return r
}

// exportedFeedback is what those who make the product should hear: a case or a card
// that was marked, and never by whom.
type exportedFeedback struct {
	Kind      string    `json:"kind"`
	Of        string    `json:"of"` // case or knowledge
	ID        string    `json:"id"`
	Workspace string    `json:"workspace"`
	Team      string    `json:"team"`
	Channel   string    `json:"channel"`
	TS        string    `json:"ts"`
	Source    string    `json:"source"`
	Lang      string    `json:"lang"`
	Scenario  string    `json:"scenario"`
	Severity  string    `json:"severity"`
	Note      string    `json:"note"`
	MarkedAt  time.Time `json:"marked_at"`
}

func (r exportedFeedback) when() time.Time { return r.MarkedAt }

// feedbackRow is a record as product feedback, if it is marked and may be shown.
func feedbackRow(r store.Record) (exportedFeedback, bool) {
	switch {
	case r.Case != nil && r.Case.Feedback.Marked() && digest.Shown(*r.Case):
		c := r.Case
		return exportedFeedback{kindFeedback, "case", c.ID, c.Workspace, c.Team, c.Channel, c.TS, "", c.Lang, c.Playbook, c.Severity, mask.All(c.Feedback.Note), c.Feedback.At}, true
	case r.KnowledgeCard != nil && r.KnowledgeCard.Feedback.Marked() && r.KnowledgeCard.State != store.CardWithdrawn:
		k := r.KnowledgeCard
		return exportedFeedback{kindFeedback, "knowledge", k.ID, k.Workspace, k.Team, "", "", k.Source, k.Lang, k.Scenario, "", mask.All(cmp.Or(k.Situation, k.Words)), k.Feedback.At}, true
	}
	return exportedFeedback{}, false
}
