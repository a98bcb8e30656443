package playbooks

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const goodFile = `---
id: late-delivery
lang: en
title: Late delivery   # a comment
summary: "Goods did not come: late."
root: expectation
severity: low
signals:
  - where is my parcel
  - still not here
strong: [never arrived]
review: 2027-11-01
---
<!-- a note for authors,
over two lines -->
## now
- Tell {team} at once.

## calm
- One breath.

## Offer
- You can have {remedy}.
* Or {alternative}.

### "day off", “a, b*”
- You gave up a day.

### eagle, Phone
- Two ways: {remedy} or {alternative}.

## escalate
- More than {amount} is at stake -> the shift lead.

## say-instead
- dont-know -> I will find out.
- “calm down” → I can hear how upsetting this is.

## examples
- (high) WHERE IS IT
- # of days: 12
`

func TestParse(t *testing.T) {
	t.Parallel()
	got, faults := Parse("en/late-delivery.md", []byte(goodFile))
	for _, f := range faults {
		t.Errorf("unexpected fault %s", f)
	}
	want := Playbook{
		ID: "late-delivery", Lang: "en", Kind: Scenario, File: "en/late-delivery.md",
		Title: "Late delivery", Summary: "Goods did not come: late.", Root: "expectation", Severity: "low",
		Signals: []string{"where is my parcel", "still not here"}, Strong: []string{"never arrived"},
		Review: time.Date(2027, 11, 1, 0, 0, 0, 0, time.UTC),
		Now:    []string{"Tell {team} at once."},
		Steps: map[Step][]Phrase{
			Calm: {{Text: "One breath.", Line: 20}},
			Offer: {{Text: "You can have {remedy}.", Line: 23}, {Text: "Or {alternative}.", Line: 24},
				{Text: "You gave up a day.", Words: []string{"day off", "a, b*"}, Line: 27},
				{Text: "Two ways: {remedy} or {alternative}.", For: []string{"eagle", "phone"}, Line: 30}},
		},
		Escalate: []Escalation{{When: "More than {amount} is at stake", To: "the shift lead.", Line: 33}},
		SayInstead: []SayInstead{{Phrase: "dont-know", Text: "I will find out.", Line: 36},
			{Wording: "calm down", Text: "I can hear how upsetting this is.", Line: 37}},
		Examples: []Example{{Text: "WHERE IS IT", Severity: "high", Line: 40}, {Text: "# of days: 12", Line: 41}},
		at:       got.at,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Parse:\ngot  %+v\nwant %+v", got, want)
	}
}

func TestParseWindowsFile(t *testing.T) {
	t.Parallel()
	windows := "\ufeff" + strings.ReplaceAll(goodFile, "\n", "\r\n")
	got, faults := Parse("en/late-delivery.md", []byte(windows))
	want, _ := Parse("en/late-delivery.md", []byte(goodFile))
	if len(faults) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("a file with a byte order mark and CRLF reads differently: %v\ngot  %+v\nwant %+v", faults, got, want)
	}
}

func TestParseGuide(t *testing.T) {
	t.Parallel()
	got, faults := Parse("zh/opening.md", []byte("---\nid: opening\nlang: zh\nkind: guide\ntitle: 开场\nsummary: 怎么接起。\n---\n先读这里。\n\n## 前三秒\n报上名字。\n\n- 您好。\n## 然后\n\n听。\n"))
	if len(faults) > 0 {
		t.Fatalf("faults: %v", faults)
	}
	want := []Section{{Text: "先读这里。", Line: 8}, {Heading: "前三秒", Text: "报上名字。\n\n- 您好。", Line: 10}, {Heading: "然后", Text: "听。", Line: 14}}
	if !reflect.DeepEqual(got.Sections, want) {
		t.Errorf("sections:\ngot  %+v\nwant %+v", got.Sections, want)
	}
}

const goodFront = "---\nid: x\nlang: en\ntitle: X\nsummary: Y.\nroot: state\nseverity: low\nsignals: [z]\n---\n"

func TestParseFaults(t *testing.T) {
	t.Parallel()
	front := func(line string) string { return strings.Replace(goodFront, "title: X\n", line+"\n", 1) }
	tests := []struct {
		name, data string
		want       []string // "line:column: beginning of the message"
	}{
		{"good", goodFront, nil},
		{"empty file", "", []string{"1:1: the front matter is missing"}},
		{"no front matter", "## offer\n- A.\n", []string{"1:1: the front matter is missing"}},
		{"not closed before heading", strings.Replace(goodFront, "\n---\n", "\n## offer\n- A.\n", 1), []string{"9:1: the front matter is not closed"}},
		{"not closed at all", "---\nid: x\n", []string{
			"1:1: the field \"lang\"", "1:1: the field \"root\"", "1:1: the field \"severity\"", "1:1: the field \"signals\"",
			"1:1: the field \"summary\"", "1:1: the field \"title\"", "1:1: the front matter is not closed"}},
		{"empty front matter", "---\n---\n", []string{"1:1: the front matter is empty"}},
		{"front matter a list", "---\n- a\n---\n", []string{"2:1: the front matter must be lines"}},
		{"not YAML", front("title: a: b"), []string{"4:1: the front matter is not YAML"}},
		{"unknown field", front("titel: X"), []string{"1:1: the field \"title\" is missing", "4:1: unknown field \"titel\"; did you mean \"title\"?"}},
		{"field twice", front("title: X\ntitle: Y"), []string{"5:1: the field \"title\" stands here a second time"}},
		{"empty field", front("title:"), []string{"4:1: the field \"title\" is empty"}},
		{"list for text", front("title: [X]"), []string{"4:8: one line of text belongs here"}},
		{"long title", front("title: " + strings.Repeat("长", 61)), []string{"4:8: the title has 61 characters"}},
		{"other name", strings.Replace(goodFront, "id: x", "id: y", 1), []string{"2:1: id is \"y\" but the file is called \"x.md\""}},
		{"bad id", strings.Replace(goodFront, "id: x", "id: Late Delivery", 1), []string{"2:1: id is", "2:5: \"Late Delivery\" does not fit"}},
		{"other folder", strings.Replace(goodFront, "lang: en", "lang: zh", 1), []string{"3:1: lang is \"zh\" but the file lies in the folder \"en\""}},
		{"unknown kind", front("title: X\nkind: story"), []string{"5:7: kind cannot be \"story\"; it is one of scenario"}},
		{"unknown root", strings.Replace(goodFront, "root: state", "root: mood", 1), []string{"6:7: root cannot be \"mood\""}},
		{"precedence", front("title: X\nprecedence: 4"), []string{"5:13: precedence is a number from 0 to 3"}},
		{"review", front("title: X\nreview: next year"), []string{"5:9: review is a date"}},
		{"signals a text", strings.Replace(goodFront, "signals: [z]", "signals: z", 1), []string{"8:10: a list belongs here"}},
		{"empty signal", strings.Replace(goodFront, "signals: [z]", "signals:\n  - z\n  - ", 1), []string{"10:4: an empty item"}},
		{"alias", strings.Replace(goodFront, "summary: Y.", "summary: &a Y.\nreview: *a", 1), []string{"6:9: review is a date"}},
		{"guide with root", strings.Replace(goodFront, "signals: [z]", "kind: guide", 1) + "## A\nB\n", []string{"6:1: the field \"root\" means nothing", "7:1: the field \"severity\" means nothing"}},
		{"empty guide", "---\nid: x\nlang: en\nkind: guide\ntitle: X\nsummary: Y.\n---\n", []string{"7:1: the guide is empty"}},
		{"unknown heading", goodFront + "## oferr\n- A.\n", []string{"10:4: unknown heading \"oferr\"; did you mean \"offer\"?"}},
		{"Chinese heading", goodFront + "## 道歉\n- A.\n", []string{"10:4: unknown heading \"道歉\"; did you mean \"apologise\"?"}},
		{"American heading", goodFront + "## Empathize\n", []string{"10:4: unknown heading \"Empathize\"; did you mean \"empathise\"?"}},
		{"far heading", goodFront + "## completely other\n", []string{"10:4: unknown heading \"completely other\"; known are now, calm"}},
		{"heading twice", goodFront + "## offer\n- A.\n## offer\n- B.\n", []string{"12:4: the heading \"offer\" stands in line 10 already"}},
		{"wrong level", goodFront + "# Title\n#### deep\n", []string{"10:1: a heading of level 1", "11:1: a heading of level 4"}},
		{"variant without step", goodFront + "## examples\n### owl\n- A\n", []string{"11:5: a variant heading belongs below a step"}},
		{"unknown variant", goodFront + "## offer\n### angry, ow\n", []string{"11:5: unknown variant \"angry\"", "11:5: unknown variant \"ow\"; did you mean \"owl\"?"}},
		{"variant twice", goodFront + "## offer\n### owl, owl\n", []string{"11:5: the variant names \"owl\" twice"}},
		{"impossible variant", goodFront + "## offer\n### owl, dove\n", []string{"11:5: \"owl\" and \"dove\" never hold together"}},
		{"word twice", goodFront + "## offer\n### owl, \"day off\", “day off”\n", []string{"11:5: the variant names \"day off\" twice"}},
		{"word too short", goodFront + "## offer\n### \"a*\"\n", []string{"11:5: \"a*\" is too short"}},
		{"open quotation", goodFront + "## offer\n### \"day off, owl\n", []string{"11:5: the quotation marks of \"day off, owl do not match"}},
		{"empty variant", goodFront + "## offer\n###\n", []string{"11:1: an empty variant heading"}},
		{"text before heading", goodFront + "- A.\n", []string{"10:1: text before the first heading"}},
		{"no list item", goodFront + "## offer\nA.\n-B.\n", []string{"11:1: this is no list item", "12:1: this is no list item"}},
		{"second line", goodFront + "## offer\n- A\n  b.\n", []string{"12:3: an indented line"}},
		{"empty entry", goodFront + "## offer\n- \n", []string{"11:1: an empty entry"}},
		{"no arrow", goodFront + "## escalate\n- The lead.\n", []string{"11:3: the arrow is missing"}},
		{"empty side", goodFront + "## escalate\n- Danger ->\n", []string{"11:3: one side of the arrow is empty"}},
		{"say-instead of what", goodFront + "## say-instead\n- Calm down! -> Yes.\n", []string{"11:3: before the arrow stands the id"}},
		{"not UTF-8", goodFront + "## offer\n- 中\xff.\n", []string{"11:4: this is not UTF-8"}},
		{"control character", goodFront + "## offer\n- a\rb\x00.\n", []string{"11:4: an invisible control character"}},
		{"not-a-case with steps", "---\nid: x\nlang: en\nkind: not-a-case\n---\n## offer\n- A.\n## examples\n- hi\n", []string{"6:4: unknown heading \"offer\"; known are examples"}},
		{"several at once", strings.Replace(front("titel: X"), "root: state", "root: mood", 1) + "## foo\n", []string{
			"1:1: the field \"title\" is missing", "4:1: unknown field", "6:7: root cannot be", "10:4: unknown heading"}},
		{"not UTF-8 at all", goodFront + "## offer\n- 中\xff.\n- 文\xff.\n", []string{"11:4: this is not UTF-8"}},
		{"UTF-16", "\xff\xfe-\x00-\x00-\x00\n\x00", []string{"1:1: the file is in UTF-16"}},
		{"UTF-16 without a mark", "\x00-\x00-\x00-\x00\n\x00i\x00d\x00:", []string{"1:1: the file is in UTF-16"}},
		{"a word processor's file", "PK\x03\x04\x14\x00\x06", []string{"1:1: this is no text"}},
		{"line ends of old programs", strings.ReplaceAll(goodFront+"## offer\n- A.\n", "\n", "\r"), nil},
		{"dashes made long", strings.ReplaceAll(goodFront, "---", "———"), []string{"1:1: the first line must be three hyphens ---, not \"———\""}},
		{"dash made one", strings.ReplaceAll(goodFront, "---", "—"), []string{"1:1: the first line must be three hyphens"}},
		{"blank lines first", "\n \n" + goodFront, []string{"1:1: the front matter must begin in the first line"}},
		{"no front matter told once", "# Late\n\nSay sorry.\n\n| a | b |\n", []string{"1:1: the front matter is missing"}},
		{"full-width colons", strings.Replace(front("titel：X"), "severity: low", "severity： low", 1), []string{"4:6: a full-width colon", "7:9: a full-width colon"}},
		{"tab", strings.Replace(goodFront, "signals: [z]", "signals:\n\t\t- z: a\n\tx", 1), []string{"9:1: a tab", "10:1: a tab"}},
		{"colon without a space", front("title:X"), []string{"4:7: the space after the colon is missing"}},
		{"comment without an end", goodFront + "## offer\n- A.\n<!-- later\n- B.\n## examples\n- C\n", []string{"12:1: this comment has no end"}},
		{"text behind a comment", goodFront + "## offer\n<!-- a --> - B.\n<!-- a\nb --> c\n", []string{"11:11: text behind a comment", "13:6: text behind a comment"}},
		{"comment in an entry", goodFront + "## offer\n- A <!-- why --> b.\n", []string{"11:1: a comment within an entry"}},
		{"full-width heading", goodFront + "## offer\n＃＃ listen\n", []string{"11:1: a full-width ＃"}},
		{"other dashes", goodFront + "## offer\n－ A.\n– B.\n• C.\n", []string{"11:1: \"－\" is no hyphen", "12:1: \"–\" is no hyphen", "13:1: \"•\" is no hyphen"}},
		{"spaces of other widths", goodFront + "##\u00a0offer\n-\u3000A.\n-\u00a0B.\n\u200b- C.\n##\u200b examples\u3000\n- \u200bd\n", nil},
		{"numbered list and table", goodFront + "## offer\n1. A.\n| a | b |\n", []string{"11:1: this is no list item", "12:1: this is no list item"}},
		{"too large", strings.Repeat("x", maxFile+1), []string{"1:1: the file is larger than 1 MiB"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, faults := Parse("en/x.md", []byte(tt.data))
			var got []string
			for _, f := range faults {
				f.Warning = false
				got = append(got, strings.TrimPrefix(f.String(), "en/x.md:"))
			}
			ok := len(got) == len(tt.want)
			for i := 0; ok && i < len(got); i++ {
				ok = strings.HasPrefix(got[i], tt.want[i])
			}
			if !ok {
				t.Errorf("faults:\ngot  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
			}
		})
	}
}

// withoutLines is p as far as its content goes.
func withoutLines(p Playbook) Playbook {
	p.File, p.at, p.Examples = "", lines{}, slices.Clone(p.Examples)
	steps := map[Step][]Phrase{}
	for s, phrases := range p.Steps {
		for _, ph := range phrases {
			ph.Line = 0
			steps[s] = append(steps[s], ph)
		}
	}
	p.Steps = steps
	p.Escalate, p.SayInstead, p.Sections = slices.Clone(p.Escalate), slices.Clone(p.SayInstead), slices.Clone(p.Sections)
	for i := range p.Escalate {
		p.Escalate[i].Line = 0
	}
	for i := range p.SayInstead {
		p.SayInstead[i].Line = 0
	}
	for i := range p.Examples {
		p.Examples[i].Line = 0
	}
	for i := range p.Sections {
		p.Sections[i].Line = 0
	}
	return p
}

func samePlaybook(a, b Playbook) bool { return reflect.DeepEqual(withoutLines(a), withoutLines(b)) }

func FuzzParse(f *testing.F) {
	f.Add("en/late-delivery.md", []byte(goodFile))
	f.Add("x.md", []byte(goodFront+"## examples\n- (low) (high) x\n- (low)\n"))
	f.Add("x.md", []byte(goodFront+"## offer\n### owl,phone\n- A\n  b\n## say-instead\n- 「x」→ y\n"))
	f.Add("zh/opening.md", []byte("---\nid: opening\nlang: zh\nkind: guide\ntitle: 开场\nsummary: \"a\\tb\"\n---\n先\n## 前\n- 您好。\n"))
	f.Add("", []byte("---\nid: &a [*a]\n? {a: b}\n: c\n---\n#\n###\n<!--"))
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		p, faults := Parse(file, data)
		end := "\n"
		if !bytes.Contains(data, []byte(end)) {
			end = "\r"
		}
		page := strings.Split(strings.ToValidUTF8(string(data), "\ufffd"), end)
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > len(page) || fault.Col < 1 || fault.Col > utf8.RuneCountInString(page[max(fault.Line, 1)-1])+1 {
				t.Errorf("fault %s points outside the file's %d lines", fault, len(page))
			}
			if fault.Message == "" || strings.ContainsAny(fault.Message, "\n\r") {
				t.Errorf("the message %q is not one line", fault.Message)
			}
		}
		if len(faults) > 0 {
			return
		}
		again, faults := Parse(file, []byte(p.Markdown()))
		if len(faults) > 0 || !samePlaybook(again, p) {
			t.Errorf("written back and read again: %v\ngot  %+v\nwant %+v\n%s", faults, again, p, p.Markdown())
		}
	})
}
