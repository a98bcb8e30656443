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

// hintFiles are the pattern files in patterns/hints, by the numbers below.
var hintFiles = []string{hintAcknowledges: "acknowledges", hintSolution: "solution", hintAlternative: "alternative", hintTime: "time",
	hintCalm: "calm-down", hintTone: "calm-down-tone", hintSmall: "calm-down-small",
	hintVague: "vague-time", hintWait: "vague-time-wait", hintLook: "vague-time-look", hintDo: "vague-time-do", hintOthers: "vague-time-others",
	hintCustomer: "blame-customer", hintBlamed: "blame-others", hintPolicy: "blame-policy", hintBusy: "excuse-busy", hintTold: "blame-told", hintDoubt: "blame-doubt",
	hintNo: "flat-no", hintAuthority: "no-authority", hintRule: "no-rule", hintElsewhere: "no-elsewhere"}

const (
	hintAcknowledges = iota
	hintSolution
	hintAlternative
	hintTime
	hintCalm
	hintTone
	hintSmall
	hintVague
	hintWait
	hintLook
	hintDo
	hintOthers
	hintCustomer
	hintBlamed
	hintPolicy
	hintBusy
	hintTold
	hintDoubt
	hintNo
	hintAuthority
	hintRule
	hintElsewhere
)

// hintCauses are the files that find each hint, the plainest first: where two
// speak of the same sentence, the later one tells which wording answers it.
var hintCauses = []struct {
	id    string
	files []int
}{
	{HintSolutionFirst, []int{hintSolution}},
	{HintCalmDown, []int{hintCalm, hintTone, hintSmall}},
	{HintVagueTime, []int{hintVague, hintLook, hintWait, hintDo, hintOthers}},
	{HintBlame, []int{hintBusy, hintPolicy, hintCustomer, hintBlamed, hintTold, hintDoubt}},
	{HintFlatNo, []int{hintNo, hintRule, hintElsewhere, hintAuthority}},
}

// Hints returns what would make the draft better, the first of each kind, ordered
// by Start; nil when there is nothing to say. Each comes with better wordings in the draft's language.
func (g *Guard) Hints(draft string, s Situation) []Hint {
	var out []Hint
	g.c.v.read(draft, func(read reading) { out = g.hints(draft, read, s) })
	return out
}

func (g *Guard) hints(draft string, read reading, s Situation) []Hint {
	found := make([][]span, len(hintFiles))
	for _, h := range g.c.said(&g.c.hints, read.tokens, g.c.ends(&g.c.hints, read.tokens)) {
		found[h.phrase] = append(found[h.phrase], h.span)
	}
	for _, spans := range found {
		slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
	}
	heard, solved := found[hintAcknowledges], found[hintSolution]
	if !s.Angry || len(heard) > 0 && len(solved) > 0 && heard[0].first < solved[0].first {
		found[hintSolution] = nil
	}
	if len(found[hintAlternative]) > 0 {
		for _, file := range []int{hintNo, hintAuthority, hintRule, hintElsewhere} {
			found[file] = nil
		}
	}
	if times := found[hintTime]; len(times) > 0 {
		last := times[len(times)-1].first
		for _, file := range []int{hintVague, hintWait, hintOthers} {
			found[file] = slices.DeleteFunc(found[file], func(v span) bool { return v.last < last })
		}
	}
	points := []rune(draft)
	var out []Hint
	for _, h := range hintCauses {
		at, cause, ok := firstHint(read.tokens, found, h.files)
		if !ok {
			continue
		}
		from, to := read.points(at)
		out = append(out, Hint{h.id, string(points[from:to]), from, to, slices.Clone(betterWords[cause][read.lang])})
	}
	slices.SortFunc(out, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Hint, b.Hint))
	})
	return out
}

// firstHint is where the first hint of a kind stands, with what overlaps it, and the
// file of those that speak of its sentence which knows best what was said.
func firstHint(tokens []token, found [][]span, files []int) (at span, cause int, ok bool) {
	for _, file := range files {
		if spans := found[file]; !isSubject(file) && len(spans) > 0 && (!ok || spans[0].first < at.first) {
			at, cause, ok = spans[0], file, true
		}
	}
	if !ok {
		return at, cause, false
	}
	from, to := sentence(tokens, at)
	for _, file := range files {
		for _, s := range found[file] {
			if s.first >= from && s.last < to {
				cause = file
			}
			if !isSubject(file) && s.first <= at.last {
				at.last = max(at.last, s.last)
			}
		}
	}
	return at, cause, true
}

// isSubject reports a file that tells only what a filler is about.
func isSubject(file int) bool { return file == hintLook || file == hintDo }

// betterWords are what to say instead, by what was said and language. What only the
// agent knows is a visible blank, as in the playbooks.
var betterWords = map[int]map[string][]string{
	hintSolution: { // of an angry customer no more is known than that
		"zh": {"这件事给您添了这么多麻烦，对不起。我接下来这样办：", "碰上这样的事，换了谁都会着急。我们这样来解决："},
		"en": {"I'm sorry for the trouble this has caused you. Here is what I will do:", "I can hear how much this has upset you. Here is how we put it right:"}},
	hintCalm: {
		"zh": {"听得出这件事让您很难受，我们一件一件来，我在听。"},
		"en": {"I can hear how upsetting this is. Tell me what happened first; I'm listening."}},
	hintTone: {
		"zh": {"我想帮您把这件事办好。您先说最要紧的一点，我记下来。"},
		"en": {"I want to get this sorted out with you. Tell me the most important point first; I'm writing it down."}},
	hintSmall: {
		"zh": {"这件事对您很要紧，我当要紧事来办。对您影响最大的是哪一点？"},
		"en": {"This matters to you, so it matters to me. What troubles you most about it?"}},
	hintVague: {
		"zh": {"今天＿＿（几点）前我给您回电，有没有消息都打。"},
		"en": {"I'll call you today by ____ (what time), with or without news."}},
	hintWait: {
		"zh": {"我现在就去问，＿＿（几点）前告诉您进展；没有新消息我也给您回电。"},
		"en": {"I'm asking now, and you'll hear from me by ____ (what time), even if there is no news yet."}},
	hintOthers: {
		"zh": {"＿＿（谁）＿＿（几点）前给您打电话；到时没打，您找我，我来催。"},
		"en": {"____ (who) will call you by ____ (what time). If that doesn't happen, come back to me and I'll chase it."}},
	hintLook: {
		"zh": {"我现在就查＿＿（哪一点），＿＿（几点）前告诉您查到了什么。"},
		"en": {"I'm looking into ____ (what) now and will tell you by ____ (what time) what I've found."}},
	hintDo: { // a parcel, a visit, a refund, a repair
		"zh": {"最晚＿＿（哪天几点）；时间有变，我提前告诉您。"},
		"en": {"You can count on it by ____ (day and time). If that changes, I'll tell you before then."}},
	hintCustomer: {
		"zh": {"我们就从现在这一步往下办：＿＿（还能怎么补救），我来帮您。"},
		"en": {"Let's start from where things are now. I can still help: ____ (what can be done)."}},
	hintBlamed: {
		"zh": {"您找到我，这件事我就跟到底：我去问＿＿（谁），＿＿（几点）前告诉您结果。"},
		"en": {"You came to us, so I'll see this through: I'll ask ____ (who) and tell you by ____ (what time)."}},
	hintPolicy: {
		"zh": {"这样规定是因为＿＿（原因）。在这个范围里，我能为您做的是＿＿（可以提供的办法）。"},
		"en": {"The reason for this rule is ____ (why). Within it, what I can do is ____ (what you can offer)."}},
	hintBusy: {
		"zh": {"让您久等了，对不起。您的事我现在就办，＿＿（几点）前告诉您结果。"},
		"en": {"I'm sorry for the delay. I have your case in front of me, and you'll have an answer by ____ (what time)."}},
	hintTold: {
		"zh": {"是我没说明白，我换个说法：＿＿（一句话说清楚）。"},
		"en": {"Let me put that more clearly: ____ (in one sentence)."}},
	hintDoubt: {
		"zh": {"这事让您碰上了，对不起。您说说当时的情况，我现在就查。"},
		"en": {"I'm sorry this happened to you. Tell me how it went, and I'll check it now."}},
	hintNo: {
		"zh": {"我能为您做的是＿＿（可以提供的办法），您看合适吗？"},
		"en": {"What I can do is ____ (what you can offer). Would that work for you?"}},
	hintAuthority: {
		"zh": {"这件事由＿＿（谁）来定，我现在就去问，＿＿（几点）前答复您。"},
		"en": {"____ (who) decides this. I'll ask now and tell you the answer by ____ (what time)."}},
	hintRule: {
		"zh": {"这一条是为了＿＿（原因）。在这个范围里，我能为您做的是＿＿（可以提供的办法）。"},
		"en": {"This rule is there because ____ (why). Within it, what I can do is ____ (what you can offer)."}},
	hintElsewhere: {
		"zh": {"这一步我替您联系＿＿（哪里），＿＿（几点）前把结果告诉您。"},
		"en": {"I'll contact ____ (whom) for you and call you back by ____ (what time)."}},
}
