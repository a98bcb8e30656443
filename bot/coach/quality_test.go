package coach

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

var update = flag.Bool("update", false, "keep the figures of this run in testdata/quality.json")

// labelled is one row of testdata/cases-dev.jsonl, or of cases-own.jsonl and
// cases-unseen.jsonl, which were written later without sight of the library by the same
// guide, testdata/cases-labelling.md. Of cases-unseen.jsonl nothing is ever learned or mended.
type labelled struct {
	ID         string   `json:"id"`
	Lang       string   `json:"lang"`
	Text       string   `json:"text"`
	Labels     []string `json:"labels"`
	Escalation bool     `json:"escalation"`
	Severity   string   `json:"severity"`
	Form       string   `json:"form"`
}

func readRows[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

// reader answers one row: what it ranks when asked, best first, whether it would speak unasked, and how severe it finds it.
type reader func(row labelled) (ranked []string, escalation bool, severity string, sure bool)

// tally counts one group of rows: a language, a form or all.
type tally struct {
	cases, hit1, hit3              int
	mrr                            float64
	right, missed, falsely, silent int
	exact, within, graveAsLow      int
	sure, sureHit                  int
}

func (q *tally) add(row labelled, ranked []string, escalation bool, severity string, sure bool) {
	if row.Escalation {
		q.cases++
		place := slices.IndexFunc(ranked, func(id string) bool { return slices.Contains(row.Labels, id) })
		if place == 0 {
			q.hit1++
		}
		if place >= 0 && place < 3 {
			q.hit3++
		}
		if place >= 0 {
			q.mrr += 1 / float64(place+1)
		}
		if sure {
			q.sure++
			if place == 0 {
				q.sureHit++
			}
		}
	}
	switch {
	case row.Escalation && escalation:
		q.right++
	case row.Escalation:
		q.missed++
	case escalation:
		q.falsely++
	default:
		q.silent++
	}
	away := rank(severity) - rank(row.Severity)
	if away == 0 {
		q.exact++
	}
	if away >= -1 && away <= 1 {
		q.within++
	}
	if row.Severity == "critical" && rank(severity) <= 1 {
		q.graveAsLow++
	}
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(1000*float64(n)/float64(of)) / 1000
}

// figure is one share with the number of rows it was taken over.
type figure struct {
	Share float64 `json:"share"`
	Rows  int     `json:"rows"`
}

// noise is one standard error of a share, and no less than that of one row.
func (f figure) noise() float64 {
	n := float64(max(f.Rows, 1))
	return max(math.Sqrt(f.Share*(1-f.Share)/n), 1/n)
}

// figures names what is counted, in the order in which it is printed.
func (q *tally) figures() []struct {
	name string
	figure
} {
	type named = struct {
		name string
		figure
	}
	rows := q.right + q.missed + q.falsely + q.silent
	return []named{
		{"hit@1", figure{ratio(q.hit1, q.cases), q.cases}},
		{"hit@3", figure{ratio(q.hit3, q.cases), q.cases}},
		{"MRR", figure{math.Round(1000*q.mrr/float64(max(q.cases, 1))) / 1000, q.cases}},
		{"precision", figure{ratio(q.right, q.right+q.falsely), q.right + q.falsely}},
		{"recall", figure{ratio(q.right, q.right+q.missed), q.right + q.missed}},
		{"F1", figure{ratio(2*q.right, 2*q.right+q.missed+q.falsely), rows}},
		{"specificity", figure{ratio(q.silent, q.silent+q.falsely), q.silent + q.falsely}},
		{"severity", figure{ratio(q.exact, rows), rows}},
		{"within one", figure{ratio(q.within, rows), rows}},
		{"sure", figure{ratio(q.sure, q.cases), q.cases}},
		{"sure and right", figure{ratio(q.sureHit, q.sure), q.sure}},
		{"critical read as low", figure{ratio(q.graveAsLow, rows), rows}},
	}
}

// measure counts the rows by language, form and both; our own rows, whose ids
// begin with "own", by language alone.
func measure(rows []labelled, read reader) map[string]*tally {
	by := make(map[string]*tally)
	for _, row := range rows {
		ranked, escalation, severity, sure := read(row)
		groups := []string{"all", row.Lang, row.Form, row.Lang + " " + row.Form}
		if strings.HasPrefix(row.ID, "own") {
			groups = []string{"own rows", "own rows " + row.Lang}
		}
		for _, group := range groups {
			if by[group] == nil {
				by[group] = &tally{}
			}
			by[group].add(row, ranked, escalation, severity, sure)
		}
	}
	return by
}

func ids(list []Ranked) []string {
	var out []string
	for _, r := range list {
		out = append(out, r.ID)
	}
	return out
}

func (e *Engine) reader() reader {
	return func(row labelled) ([]string, bool, string, bool) {
		asked, unasked := e.Advise(Message{Text: row.Text, Ask: true}), e.Advise(Message{Text: row.Text})
		return ids(asked.Playbooks), unasked.Escalation, unasked.Severity, asked.Sure
	}
}

// TestQuality prints how the built-in library answers the labelled rows, beside
// a plain keyword search on the same rows, and fails when a figure fell by more
// than its noise below the one kept in testdata/quality.json.
// COACH_QUALITY_ROWS=1 lists every row read otherwise than labelled.
func TestQuality(t *testing.T) {
	t.Parallel()
	rows, e := append(readRows[labelled](t, "testdata/cases-dev.jsonl"), readRows[labelled](t, "testdata/cases-own.jsonl")...), newEngine(t)
	ours, plain := measure(rows, e.reader()), measure(rows, plainReader(e.set))
	var groups []string
	for group := range ours {
		groups = append(groups, group)
	}
	slices.Sort(groups)
	kept, now := keptFigures(t), make(map[string]map[string]figure)
	var table strings.Builder
	for _, group := range groups {
		now[group] = make(map[string]figure)
		if group == groups[0] {
			fmt.Fprintf(&table, "%-14s %4s", "", "rows")
			for _, f := range ours[group].figures() {
				fmt.Fprintf(&table, "  %*s", max(len(f.name), 11), f.name)
			}
			table.WriteString("   (in brackets: plain keyword search)\n")
		}
		base := plain[group].figures()
		fmt.Fprintf(&table, "%-14s %4d", group, ours[group].figures()[5].Rows)
		for i, f := range ours[group].figures() {
			now[group][f.name] = f.figure
			fmt.Fprintf(&table, "  %*s", max(len(f.name), 11), fmt.Sprintf("%.3f (%.2f)", f.Share, base[i].Share))
			worse := kept[group][f.name].Share - f.Share
			if f.name == "critical read as low" {
				worse = -worse
			}
			if last, ok := kept[group][f.name]; ok && worse > last.noise() && f.name != "sure" {
				t.Errorf("%s, %s: %.3f, was %.3f over %d rows; -update keeps the new figures", group, f.name, f.Share, last.Share, last.Rows)
			}
		}
		table.WriteByte('\n')
	}
	t.Logf("labelled rows, none of which is an example of a playbook:\n%s", table.String())
	if os.Getenv("COACH_QUALITY_ROWS") != "" {
		logMistakes(t, e, rows)
	}
	if *update {
		data, err := json.MarshalIndent(now, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/quality.json", append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func keptFigures(t *testing.T) map[string]map[string]figure {
	t.Helper()
	data, err := os.ReadFile("testdata/quality.json")
	if err != nil {
		t.Fatal(err)
	}
	kept := make(map[string]map[string]figure)
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	if len(kept["all"]) == 0 && !*update {
		t.Fatal("testdata/quality.json keeps no figures; write them with -update")
	}
	return kept
}

func logMistakes(t *testing.T, e *Engine, rows []labelled) {
	t.Helper()
	for _, row := range rows {
		asked, unasked := e.Advise(Message{Text: row.Text, Ask: true}), e.Advise(Message{Text: row.Text})
		hit := len(row.Labels) == 0 || len(asked.Playbooks) > 0 && slices.Contains(row.Labels, asked.Playbooks[0].ID)
		if !hit || row.Escalation != unasked.Escalation || row.Severity != unasked.Severity {
			t.Logf("%s case %v read %v, severity %s read %s, %v read %v p=%.2f %v", row.ID, row.Escalation, unasked.Escalation, row.Severity, unasked.Severity,
				row.Labels, ids(asked.Playbooks[:min(3, len(asked.Playbooks))]), unasked.Confidence, asked.Why)
		}
	}
}

// TestRowsAreNotExamples keeps the labelled rows apart from what the library learns from.
func TestRowsAreNotExamples(t *testing.T) {
	t.Parallel()
	known := make(map[string]string)
	for _, p := range builtin(t).All() {
		for _, x := range p.Examples {
			known[letters(clean(x.Text).folded)] = p.File
		}
	}
	var rows []labelled
	for _, name := range []string{"cases-dev", "cases-own", "cases-unseen"} {
		rows = append(rows, readRows[labelled](t, "testdata/"+name+".jsonl")...)
	}
	for _, row := range rows {
		if file, ok := known[letters(clean(row.Text).folded)]; ok && len([]rune(letters(row.Text))) > 8 && !strings.HasPrefix(row.Text, "/") { // "lol" and commands are everybody's words
			t.Errorf("%s stands in %s as an example", row.ID, file)
		}
	}
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// public is a row of testdata/public/scenario-en.jsonl.
type public struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Label string `json:"label"`
}

// guideline is a row of testdata/public/abcd-playbooks.jsonl.
type guideline struct {
	Label       string `json:"label"`
	Title       string `json:"title"`
	Flow        string `json:"flow"`
	Description string `json:"flow_description"`
	Text        string `json:"text"`
}

// TestPlaybooksOfOthers ranks 200 openings over 55 guidelines that nobody here
// wrote and that come without examples.
func TestPlaybooksOfOthers(t *testing.T) {
	t.Parallel()
	var list []playbooks.Playbook
	for _, g := range readRows[guideline](t, "testdata/public/abcd-playbooks.jsonl") {
		p := playbooks.Playbook{ID: slug(g.Label), Lang: "en", Kind: playbooks.Scenario, Title: g.Title, Summary: g.Flow + ": " + g.Description,
			Root: "expectation", Severity: "low", Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Offer: {{Text: g.Text}}}}
		list = append(list, p)
	}
	set := playbooks.NewSet(list)
	e, err := New(set, guard.New())
	if err != nil {
		t.Fatal(err)
	}
	var rows []labelled
	for _, r := range readRows[public](t, "testdata/public/scenario-en.jsonl") {
		rows = append(rows, labelled{ID: r.ID, Lang: "en", Text: r.Text, Labels: []string{slug(r.Label)}, Escalation: true, Severity: "low", Form: "verbatim"})
	}
	ours, plain := measure(rows, e.reader())["all"], measure(rows, plainReader(set))["all"]
	t.Logf("%d openings over %d guidelines: hit@1 %.3f (%.3f), hit@3 %.3f (%.3f) (in brackets: plain keyword search)", len(rows), len(list),
		ratio(ours.hit1, ours.cases), ratio(plain.hit1, plain.cases), ratio(ours.hit3, ours.cases), ratio(plain.hit3, plain.cases))
	if ours.hit1 <= plain.hit1 || ours.hit3 <= plain.hit3 {
		t.Error("playbooks without examples are ranked no better than by plain keyword search")
	}
}

func slug(title string) string { return strings.ReplaceAll(strings.ToLower(title), " ", "-") }
