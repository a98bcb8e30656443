package knowledge

import (
	"fmt"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/store"
)

// AddTo returns a playbook file with the words of cards as further phrases, each
// at the step whose phrases it is most like, "offer" when it is like none. Words
// that the file has already are not added again.
func AddTo(file string, p playbooks.Playbook, cards []store.KnowledgeCard) string {
	lines := strings.SplitAfter(file, "\n")
	for _, k := range cards {
		phrase := PhraseOf(k)
		if phrase == "" || strings.Contains(file, "- "+phrase+"\n") {
			continue
		}
		lines = slices.Insert(lines, endOf(lines, StepOf(p, phrase)), "- "+phrase+"\n")
	}
	return strings.Join(lines, "")
}

// PhraseOf is a card's words as one phrase of a playbook: on one line, with an
// end mark, and without the brackets that mean slots there.
func PhraseOf(k store.KnowledgeCard) string {
	words := strings.NewReplacer("{", "(", "}", ")", "[", "(", "]", ")").Replace(strings.Join(strings.Fields(k.Words), " "))
	if words == "" || strings.ContainsAny(words[len(words)-1:], ".!?") {
		return words
	}
	for _, mark := range []string{"。", "！", "？", "”", "…"} {
		if strings.HasSuffix(words, mark) {
			return words
		}
	}
	if strings.HasPrefix(k.Lang, "zh") || k.Lang == "ja" {
		return words + "。"
	}
	return words + "."
}

// StepOf is the step whose phrases a phrase is most like, offer when it is like none.
func StepOf(p playbooks.Playbook, phrase string) (best playbooks.Step) {
	best, most := playbooks.Offer, 0.0
	for _, step := range playbooks.Steps()[1:] { // calm is the agent's own, never said aloud
		for _, other := range p.Steps[step] {
			if like := Alike(other.Text, phrase); like > most {
				best, most = step, like
			}
		}
	}
	return best
}

// endOf is where a phrase for everybody goes: after the last one of the step's
// own, before the variants. Without such a heading it is the end of the file.
func endOf(lines []string, step playbooks.Step) int {
	heading := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "## "+string(step) })
	if heading < 0 {
		return len(lines)
	}
	at := heading + 1
	for i := at; i < len(lines) && !strings.HasPrefix(lines[i], "#"); i++ {
		if strings.HasPrefix(lines[i], "- ") {
			at = i + 1
		}
	}
	return at
}

// context is how many lines around a change a patch shows.
const context = 3

// Patch is the change from old to new, which only adds lines, as a unified diff
// that `patch -p1` and `git apply` take; "" when there is none. Without an old
// file it makes the new one.
func Patch(path, old, new string) string {
	if old == new {
		return ""
	}
	before, after := split(old), split(new)
	var b strings.Builder
	if old == "" {
		fmt.Fprintf(&b, "--- /dev/null\n+++ b/%s\n@@ -0,0 +1,%d @@\n", path, len(after))
		for _, l := range after {
			b.WriteString("+" + l + "\n")
		}
		return b.String()
	}
	fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n", path, path)
	type line struct {
		added bool
		text  string
	}
	var all []line
	i := 0
	for _, l := range after {
		added := i == len(before) || before[i] != l
		if !added {
			i++
		}
		all = append(all, line{added, l})
	}
	for at := 0; at < len(all); {
		first := slices.IndexFunc(all[at:], func(l line) bool { return l.added })
		if first < 0 {
			break
		}
		start := max(at, at+first-context)
		end, last := start, at+first
		for end = last + 1; end < len(all) && end <= last+2*context; end++ {
			if all[end].added {
				last = end
			}
		}
		end = min(len(all), last+1+context)
		olds, news, from := 0, 0, 1
		for _, l := range all[:start] {
			if !l.added {
				from++
			}
		}
		var body strings.Builder
		for _, l := range all[start:end] {
			news++
			if l.added {
				body.WriteString("+" + l.text + "\n")
				continue
			}
			olds++
			body.WriteString(" " + l.text + "\n")
		}
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n%s", from, olds, start+1, news, body.String())
		at = end
	}
	return b.String()
}

func split(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }
