package guard

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "keep the figures measured now as those to hold")

const figuresFile = "testdata/figures.json"

// TestFigures measures the guard on the labelled drafts. It fails when a figure is
// worse than the one kept by more than its noise; -update keeps the new ones.
func TestFigures(t *testing.T) {
	t.Parallel()
	rows, err := LabelledRows()
	if err != nil {
		t.Fatal(err)
	}
	g := New()
	now := Evaluate(rows, g.IDs)
	if *update {
		out, err := json.MarshalIndent(now, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(figuresFile, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	var kept Figures
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&kept); err != nil {
		t.Fatal(err)
	}
	verbatim := Evaluate(rows, g.Verbatim)
	for _, part := range []struct {
		name                string
		now, kept, verbatim map[string]Group
		sign                float64 // what is better: more or less
	}{
		{"recall", now.Phrases, kept.Phrases, verbatim.Phrases, 1},
		{"recall", now.Kinds, kept.Kinds, verbatim.Kinds, 1},
		{"false alarms", now.FalseAlarms, kept.FalseAlarms, verbatim.FalseAlarms, -1},
	} {
		for _, name := range slices.Sorted(maps.Keys(part.now)) {
			for _, lang := range slices.Sorted(maps.Keys(part.now[name])) {
				s, was := part.now[name][lang], part.kept[name][lang]
				t.Logf("%-12s %-18s %-8s %4d of %4d  %.3f, verbatim %.3f", part.name, name, lang, s.Hits, s.Of, s.Value(), part.verbatim[name][lang].Value())
				if was.Of > 0 && part.sign*(s.Value()-was.Value()) < -was.Noise() {
					t.Errorf("%s of %s in %s: %.3f, kept %.3f, noise %.3f", part.name, name, lang, s.Value(), was.Value(), was.Noise())
				}
			}
		}
	}
	if testing.Verbose() {
		for _, row := range rows {
			found := g.IDs(row.Text)
			missed := slices.ContainsFunc(row.Expect, func(id string) bool { return !slices.Contains(found, id) })
			if row.Kind != "borderline" && (missed || len(row.Expect) == 0 && len(found) > 0) {
				t.Logf("%s %s %q says %v, found %v", row.ID, row.Kind, row.Text, row.Expect, found)
			}
		}
	}
}

// TestUnseen holds the aims on drafts that nothing was mended by or learned from:
// testdata/guard-unseen.jsonl was written by the labelling guide alone, and stays apart.
func TestUnseen(t *testing.T) {
	t.Parallel()
	in, err := os.Open("testdata/guard-unseen.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := ReadRows(in)
	if err != nil {
		t.Fatal(err)
	}
	taught, err := LabelledRows()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, row := range taught {
		known[row.Text] = row.ID
	}
	for _, row := range rows {
		if id := known[row.Text]; id != "" {
			t.Errorf("%s is %s too: what is learned from proves nothing here", row.ID, id)
		}
	}
	f := Evaluate(rows, New().IDs)
	for name, aim := range map[string]float64{"plain": 0.98, "variant": 0.98, "evasion": 0.95} {
		s := f.Kinds[name]["all"]
		t.Logf("%s: %d of %d found", name, s.Hits, s.Of)
		if s.Value() < aim {
			t.Errorf("%s: %d of %d found, the aim is %v", name, s.Hits, s.Of, aim)
		}
	}
	for aim, names := range map[float64][]string{0.01: {"benign", "positive-language"}, 0.05: {"quote", "meta", "substring"}} {
		var s Share
		for _, name := range names {
			s.Hits, s.Of = s.Hits+f.FalseAlarms[name]["all"].Hits, s.Of+f.FalseAlarms[name]["all"].Of
		}
		t.Logf("%v: falsely %d of %d", names, s.Hits, s.Of)
		if s.Value() > aim {
			t.Errorf("%v: falsely %d of %d, the aim is %v at most", names, s.Hits, s.Of, aim)
		}
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	rows := []Row{
		{Lang: "en", Text: "a", Expect: []string{"a", "b"}, Kind: "multi"},
		{Lang: "en", Text: "", Expect: []string{"a"}, Kind: "plain"},
		{Lang: "zh-Hans", Text: "a", Kind: "benign"},
		{Lang: "en", Text: "a", Expect: []string{"b"}, Kind: "borderline"},
	}
	f := Evaluate(rows, func(draft string) []string {
		if draft == "" {
			return nil
		}
		return []string{draft}
	})
	for name, got := range map[string]Share{
		"1 of 2": f.Phrases["a"]["all"], "0 of 1": f.Phrases["b"]["en"], "1 of 1": f.Kinds["multi"]["en"], "0 of 1 ": f.Kinds["plain"]["all"], "1 of 1 ": f.FalseAlarms["benign"]["zh-Hans"],
	} {
		want := Share{int(name[0] - '0'), int(name[5] - '0')}
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if len(f.Kinds) != 2 {
		t.Errorf("kinds %v: a borderline row is counted", f.Kinds)
	}
}
