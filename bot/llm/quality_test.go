package llm_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"coachbot/bot/coach"
	"coachbot/bot/llm"
	"coachbot/bot/llm/openai"
	"coachbot/bot/mask"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/prompts"
)

var (
	live   = flag.Bool("live", false, "ask the service of OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL and COACH_AI_EMBEDDING_MODEL instead of replaying answers")
	record = flag.Bool("record", false, "with -live: keep its readings in testdata/recorded.jsonl, and what it fitted, to be labelled, in fitted.jsonl")
)

// TestQuality reads the labelled cases with and without the service where the
// rules are unsure. Without -live it replays answers that a language model wrote for
// this test from the prompts, without the labels: they measure no service. With
// it the embeddings count too, when a model for them is named, and fittedCases
// are fitted, to see how many answers pass the checks.
//
//	OPENAI_BASE_URL=http://127.0.0.1:11434/v1 OPENAI_MODEL=llama3.1 go test ./bot/llm -run TestQuality -v -timeout 1h -live
func TestQuality(t *testing.T) {
	t.Parallel()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g := guard.New()
	engine, err := coach.New(set, g)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := prompts.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	tape := newTape(t)
	var embedder llm.Embedder
	var vectors llm.Vectors
	if *live && os.Getenv("COACH_AI_EMBEDDING_MODEL") != "" {
		embedder, vectors = client(), make(shelf)
	}
	model := llm.NewLimited(tape, embedder, llm.Limits{Tries: 1, BreakAfter: 1 << 30}, new(account), func(context.Context, int) {})
	service := llm.New(llm.Options{Model: model, Prompts: texts, Guard: g, Mask: mask.All, Timeout: 30 * time.Second,
		Vectors: vectors, EmbeddingModel: os.Getenv("COACH_AI_EMBEDDING_MODEL")})
	var cases, asked, changed int
	var without, with score
	for _, row := range rows[labelledCase](t, "../coach/testdata/cases-dev.jsonl") {
		if !row.Escalation {
			continue
		}
		cases++
		rules := engine.Advise(coach.Message{ID: row.ID, Text: row.Text, Ask: true})
		tape.row = row.ID
		better, ok := service.Reread(t.Context(), engine, set, rules, row.Text)
		if ok {
			asked++
		}
		if ok && better.Playbooks[0] != rules.Playbooks[0] {
			changed++
		}
		without.add(row, rules)
		with.add(row, better)
	}
	t.Logf("%d cases, %d of which the service judged, %d with another playbook first", cases, asked, changed)
	t.Logf("rules alone: hit@1 %d, severity exact %d; with the service: hit@1 %d, severity exact %d", without.hit, without.exact, with.hit, with.exact)
	if *live {
		if *record {
			save(t, tapeFile, tape.kept())
		}
		fitLive(t, service, engine, tape)
		if *record {
			save(t, fittedFile, tape.fitted)
		}
		return
	}
	if with.hit <= without.hit || with.exact < without.exact {
		t.Errorf("the service gains nothing: %+v against %+v", with, without)
	}
}

// fittedCases is how many cases a live run has phrases fitted for.
const fittedCases = 60

// fitLive has a service fit phrases and tells how many answers passed, and why others did not.
func fitLive(t *testing.T, service *llm.Service, engine *coach.Engine, tape *tape) {
	t.Helper()
	asked, fitted := 0, 0
	for _, row := range rows[labelledCase](t, "../coach/testdata/cases-dev.jsonl") {
		a := engine.Advise(coach.Message{ID: row.ID, Text: row.Text, Ask: true})
		if !row.Escalation || len(a.Playbooks) == 0 || asked == fittedCases {
			continue
		}
		book, _ := engine.Playbook(a.Playbooks[0].ID, a.Lang)
		asked++
		tape.fitting = llm.Answer{Lang: a.Lang, Playbook: book.ID, Case: mask.All(row.Text)}
		phrases, err := service.Suggest(t.Context(), llm.Case{Text: row.Text, Playbook: book, Advice: a})
		if err == nil {
			fitted++
		}
		for _, p := range phrases {
			t.Logf("%s %s: %s", row.ID, p.Step, p.Text)
		}
	}
	t.Logf("phrases fitted in %d of %d cases; all that was counted: %v", fitted, asked, service.Counts())
}

// client is the service that the environment names.
func client() *openai.Client {
	return openai.New(openai.Options{Key: os.Getenv("OPENAI_API_KEY"), BaseURL: os.Getenv("OPENAI_BASE_URL"),
		Model: cmp.Or(os.Getenv("OPENAI_MODEL"), "gpt-4o-mini"), EmbeddingModel: os.Getenv("COACH_AI_EMBEDDING_MODEL")})
}

// shelf keeps vectors in memory.
type shelf map[string][]float32

func (s shelf) Kept(_ context.Context, keys []string) (map[string][]float32, error) {
	kept := make(map[string][]float32)
	for _, k := range keys {
		if v, ok := s[k]; ok {
			kept[k] = v
		}
	}
	return kept, nil
}

func (s shelf) Keep(_ context.Context, vectors map[string][]float32) error {
	maps.Copy(s, vectors)
	return nil
}

type labelledCase struct {
	ID, Text, Severity string
	Labels             []string
	Escalation         bool
}

type score struct{ hit, exact int }

func (s *score) add(row labelledCase, a coach.Advice) {
	if len(a.Playbooks) > 0 && slices.Contains(row.Labels, a.Playbooks[0].ID) {
		s.hit++
	}
	if a.Severity == row.Severity {
		s.exact++
	}
}

func rows[T any](t *testing.T, path string) (list []T) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, row)
	}
	return list
}

// tape replays recorded answers by the row they are for, or asks and records.
type tape struct {
	row     string
	answers map[string]string
	order   []string
	service llm.Model // nil: replay

	fitting llm.Answer   // what phrases are asked for; its Case is "" while cases are read
	fitted  []llm.Answer // every phrase that came, used or not
}

type recorded struct {
	ID     string `json:"id"`
	Answer string `json:"answer"`
}

const (
	tapeFile   = "testdata/recorded.jsonl"
	fittedFile = "fitted.jsonl" // beside the test, for whoever labels it: want [] where it is good, ["any"] where it is bad
)

func newTape(t *testing.T) *tape {
	t.Helper()
	p := &tape{answers: make(map[string]string)}
	if *live {
		p.service = client()
		return p
	}
	for _, r := range rows[recorded](t, tapeFile) {
		p.answers[r.ID] = r.Answer
	}
	return p
}

func (p *tape) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	if p.service == nil {
		answer, ok := p.answers[p.row]
		if !ok {
			return llm.Response{}, errors.New("nothing is recorded for " + p.row)
		}
		return llm.Response{Text: answer, Tokens: 1}, nil
	}
	out, err := p.service.Complete(ctx, r)
	if err == nil && p.fitting.Case != "" {
		var got struct{ Phrases []struct{ Text string } }
		if json.Unmarshal([]byte(out.Text), &got) == nil {
			for _, phrase := range got.Phrases {
				a := p.fitting
				a.Text = phrase.Text
				p.fitted = append(p.fitted, a)
			}
		}
		return out, nil
	}
	if err == nil {
		if _, again := p.answers[p.row]; !again {
			p.order = append(p.order, p.row)
		}
		p.answers[p.row] = out.Text
	}
	return out, err
}

// kept are the readings, in the order of the cases.
func (p *tape) kept() (list []recorded) {
	for _, id := range p.order {
		list = append(list, recorded{id, p.answers[id]})
	}
	return list
}

// save writes rows, one JSON object a line.
func save[T any](t *testing.T, path string, rows []T) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := json.NewEncoder(f)
	w.SetEscapeHTML(false)
	for _, row := range rows {
		if err := w.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// account lets everything be spent.
type account struct{}

func (*account) Spent(context.Context) (int, error)      { return 0, nil }
func (*account) Spend(context.Context, int) (int, error) { return 0, nil }
