package blocks

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/slack-go/slack"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	t.Parallel()
	named := map[string]any{
		"en-check-modal":       CheckModal(State{Lang: "en"}, englishSample().draft, englishSample().findings, englishSample().hints, true),
		"zh-check-modal":       CheckModal(State{Lang: "zh"}, chineseSample().draft, chineseSample().findings, chineseSample().hints, true),
		"en-check-modal-anew":  CheckModalRewritten(State{Lang: "en"}, englishSample().draft, englishSample().findings, englishSample().hints, englishSample().repair[0]),
		"zh-check-modal-anew":  CheckModalRewritten(State{Lang: "zh"}, chineseSample().draft, chineseSample().findings, chineseSample().hints, chineseSample().repair[0]),
		"en-check-modal-plain": CheckModal(State{Lang: "en"}, englishSample().draft, nil, nil, false),
		"zh-check-modal-plain": CheckModal(State{Lang: "zh"}, chineseSample().draft, nil, nil, false),
	}
	for _, s := range []sample{englishSample(), chineseSample()} {
		named[s.lang+"-home-help"] = homeStory(s)
		forms := promiseForms(s)
		maps.Copy(forms, helpForms(s))
		for name, view := range forms {
			named[s.lang+"-"+name] = view
			if err := ValidModal(view); err != nil {
				t.Errorf("%s-%s: %v", s.lang, name, err)
			}
		}
	}
	for _, s := range []sample{englishSample(), chineseSample()} {
		for name, view := range homeStories(s) {
			named[s.lang+"-"+name] = view
			if err := Valid(Message{Text: "t", Blocks: view.Blocks.BlockSet}); err != nil {
				t.Errorf("%s-%s: %v", s.lang, name, err)
			}
		}
		for name, view := range setupForms(s) {
			named[s.lang+"-"+name] = view
			if err := ValidModal(view); err != nil {
				t.Errorf("%s-%s: %v", s.lang, name, err)
			}
		}
	}
	for _, s := range Storybook() {
		if _, twice := named[s.Name]; twice {
			t.Errorf("two stories are called %s", s.Name)
		}
		named[s.Name] = map[string]any{"text": s.Message.Text, "blocks": s.Message.Blocks}
	}
	for name, view := range named {
		golden(t, name, view)
	}
	files, err := filepath.Glob("testdata/*.golden.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := named[strings.TrimSuffix(filepath.Base(f), ".golden.json")]; !ok {
			t.Errorf("%s belongs to no view", f)
		}
	}
}

func golden(t *testing.T, name string, view any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(view); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Bytes(); !bytes.Equal(got, want) {
		t.Errorf("%s differs from its golden file; look at it and run with -update\ngot:\n%s", name, got)
	}
}

func TestStoriesAreValid(t *testing.T) {
	t.Parallel()
	for _, s := range Storybook() {
		if err := Valid(s.Message); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

// A message is in one language. What is Slack's or the program's own is excepted.
func TestStoriesAreInOneLanguage(t *testing.T) {
	t.Parallel()
	for _, s := range Storybook() {
		got := allText(s.Message)
		if s.Lang == "en" && strings.ContainsFunc(got, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s holds Chinese: %s", s.Name, got)
		}
		if s.Lang == "zh" {
			if word := englishWord(got); word != "" {
				t.Errorf("%s holds the English word %q", s.Name, word)
			}
		}
	}
}

// englishWord finds a lower-case word outside code, links and dates.
func englishWord(s string) string {
	code, tag := false, false
	var word []rune
	for _, r := range s + " " {
		switch {
		case r == '`':
			code = !code
		case r == '<' || r == '>':
			tag = r == '<'
		case !code && !tag && r >= 'a' && r <= 'z':
			word = append(word, r)
			continue
		}
		if w := string(word); len(w) > 2 && w != "lack" && w != "channels" && w != "history" {
			return w
		}
		word = nil
	}
	return ""
}

func allText(m Message) string {
	all := []string{m.Text}
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case *slack.SectionBlock:
			all = append(all, b.Text.Text)
		case *slack.HeaderBlock:
			all = append(all, b.Text.Text)
		case *slack.DataVisualizationBlock:
			all = append(all, b.Title)
		case *slack.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				all = append(all, e.(*slack.TextBlockObject).Text)
			}
		case *slack.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				all = append(all, e.(*slack.ButtonBlockElement).Text.Text)
			}
		}
	}
	return strings.Join(all, "\n")
}
