package guard

import (
	"cmp"
	"slices"
)

// Hint is advice on a draft that breaks no rule. Hints never make a check fail.
type Hint struct {
	Hint       string   `json:"hint"` // its id, one of those below
	Text       string   `json:"text"` // the words of the draft
	Start      int      `json:"start"`
	End        int      `json:"end"` // code points, exclusive
	SayInstead []string `json:"say_instead"`
}

// The hints.
const (
	HintSolutionFirst = "solution-first"  // an angry customer is offered a solution before any acknowledgement
	HintCalmDown      = "calm-down"       // the customer is told what to feel
	HintVagueTime     = "vague-time"      // a filler where a time belongs
	HintBlame         = "blame-or-excuse" // blame on the customer or others, or an excuse
	HintFlatNo        = "flat-no"         // a no without an alternative
)

// Situation is what is known of the customer whom a draft answers.
type Situation struct {
	Angry bool
}

// hintFiles are the pattern files that hints are made from, in patterns/hints.
var hintFiles = []string{hintAcknowledges: "acknowledges", hintSolution: "solution", hintAlternative: "alternative",
	hintCalm: "calm-down", hintVague: "vague-time", hintBlame: "blame-or-excuse", hintNo: "flat-no"}

const (
	hintAcknowledges = iota
	hintSolution
	hintAlternative
	hintCalm
	hintVague
	hintBlame
	hintNo
)

// Hints returns what would make the draft better, the first of each kind, ordered
// by Start; nil when there is nothing to say. Each comes with better wordings in the draft's language.
func (g *Guard) Hints(draft string, s Situation) []Hint {
	var out []Hint
	g.c.v.read(draft, func(read reading) { out = g.hints(draft, read, s) })
	return out
}

func (g *Guard) hints(draft string, read reading, s Situation) []Hint {
	var first [hintNo + 1]*span
	for _, h := range g.c.said(&g.c.hints, read.tokens, g.c.ends(&g.c.hints, read.tokens)) {
		at := first[h.phrase]
		switch {
		case at == nil || h.first < at.first:
			first[h.phrase] = &h.span
		case h.first <= at.last:
			at.last = max(at.last, h.last)
		}
	}
	if heard := first[hintAcknowledges]; !s.Angry || heard != nil && first[hintSolution] != nil && heard.first < first[hintSolution].first {
		first[hintSolution] = nil
	}
	if first[hintAlternative] != nil {
		first[hintNo] = nil
	}
	points := []rune(draft)
	var out []Hint
	for file, id := range map[int]string{hintSolution: HintSolutionFirst, hintCalm: HintCalmDown, hintVague: HintVagueTime, hintBlame: HintBlame, hintNo: HintFlatNo} {
		if at := first[file]; at != nil {
			from, to := read.points(*at)
			out = append(out, Hint{id, string(points[from:to]), from, to, slices.Clone(betterWords[id][read.lang])})
		}
	}
	slices.SortFunc(out, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Hint, b.Hint))
	})
	return out
}

// betterWords are what to say instead, by hint and language. What only the agent
// knows is a visible blank, as in the playbooks.
var betterWords = map[string]map[string][]string{
	HintSolutionFirst: {
		"zh": {"您等了这么久还没有结果，生气是应该的。接下来我这样办：", "这件事给您添了这么多麻烦，对不起。我先说我能做什么："},
		"en": {"You have waited this long without an answer; anyone would be angry. Here is what I will do:", "I'm sorry for the trouble this has caused you. Here is what I can do:"}},
	HintCalmDown: {
		"zh": {"听得出这件事让您很难受，我们一件一件来，我在听。"},
		"en": {"I can hear how upsetting this is. Tell me what happened first; I'm listening."}},
	HintVagueTime: {
		"zh": {"今天＿＿（几点）前，我给您回电。"},
		"en": {"I'll call you today by ____ (what time)."}},
	HintBlame: {
		"zh": {"给您添麻烦了，对不起。我来查是哪一步出了问题，今天告诉您怎么补救。"},
		"en": {"I'm sorry this caused you trouble. I'll find out which step went wrong and tell you today how we put it right."}},
	HintFlatNo: {
		"zh": {"我能为您做的是＿＿（可以提供的办法），您看合适吗？"},
		"en": {"What I can do is ____ (what you can offer). Would that work for you?"}},
}
