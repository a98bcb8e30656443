package llm

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
)

//go:embed feeling_en.txt
var everydayText string

// everydayEn are stems of words about people, time and how they feel.
var everydayEn = stemsOf(everydayText)

var wordsEn = regexp.MustCompile(`[a-z]+(?:'[a-z]+)?`)

// Words by what they do. littleEn carry no meaning of their own, attentionEn are deeds
// that anybody may announce, heardEn those that may be said to be done, confessedEn and
// admittedEn what a company may own up to; behind chainEn the deed follows after "to".
// settledEn say that a matter is done, youMayEn what the customer may be told to do,
// feignedEn begin a bidding or a deed without a name.
var (
	littleEn = stemsOf(`a an the i i'm i'll i've i'd we we'll we've we're you you'll you're you've your my our me us it it's its this that that's these those he she they them
		their his her him and or but so to of in on at for with from by as is are was were be been am do does did have has had will would can could may might shall should not
		no yes up out now then just also very still already yet get there here what who which how why if when too about over into off all any some more only own self myself yourself
		please sorry today well good one thing slot whom whose s ll ve re two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety`)
	attentionEn = stemsOf(`see hear understand listen note look trace track ask tell explain stay read walk start begin want hope need wish thank appreciate
		imagine apologise apologize agree follow chase talk speak say mean feel think recognise recognize realise realize acknowledge regret repeat stop try help be do let work
		review investigate examine compare count consider learn picture share hate check find go own know wonder remember care love like would stand respect value believe
		sympathise empathise doubt expect argue answer respond handle act confirm pass hand treat mark clear report raise slot`)
	heardEn     = stemsOf(`see hear understand listen note write read learn realise realize want hope mean wish be feel let do say know think`)
	confessedEn = stemsOf(`let leave keep fail promise say tell miss cause owe ask make get set give tell lose`)
	admittedEn  = stemsOf(`let leave keep fail cause disappoint`)
	chainEn     = stemsOf(`want need hope like go try start begin wish happy able glad going pleased here ready about love willing allowed authorised`)
	adverbsEn   = setOf(`also just now then still already personally really certainly gladly happily first fully truly completely very so please immediately right away straight
		always all both absolutely definitely totally quickly carefully properly honestly even only simply at once do to`)
	auxiliaryEn = setOf(`will can could would am are may should must might shall was were been be`)
	settledEn   = setOf(`yours gone free sorted fixed resolved solved settled done finished unlocked safe secure covered approved cancelled canceled refunded credited reversed removed cleared closed
		found located shipped sent dispatched delivered arranged booked confirmed issued waived upgraded replaced repaired recalled processed completed active guaranteed compensated
		dismissed sacked fired disciplined suspended reimbursed deducted wiped restored reactivated reset harmless fine okay reserved scheduled assured promised awarded extended
		granted entitled eligible returned reported escalated passed`)
	youMayEn  = stemsOf(`hear tell choose decide ask say know see speak talk show count rely reach explain feel imagine expect trust hold let stop call write`)
	feignedEn = setOf(`expect go find call ring phone text visit scan click download keep use send reply email contact message order return throw sign log check pay transfer open reset
		install give come try wait enjoy collect claim drop bring post buy rest note remember rate leave enter verify confirm follow search head add join show move stop forget read get
		hold hang rate refund replace credit cancel waive upgrade deliver ship swap exchange repair fix pick make put do arrange book charge double`)
)

// actorEn is somebody of the company, or whom it works with.
var actorEn = regexp.MustCompile(`^(?:the|our|my|one of our|all our)(?: \w+)? (?:managers?|colleagues?|staff|assistants?|drivers?|technicians?|mechanics?|sales\w+|agents?|cooks?|chefs?|engineers?|fitters?|couriers?|carriers?|teams?|warehouse|depot|system|bank|supplier|lead|supervisor|office|department|kitchen|website|porter|crew)\b`)

// judgesEn is a clause that says how something is.
var judgesEn = regexp.MustCompile(`^(?:an?|every|that's|it's|that is|it is|this is)\b`)

var (
	firstPerson  = regexp.MustCompile(`\b(?:i|we|let me|let us|let's|allow me to)(?:'(ll|ve|m|d|re))?\b`)
	secondPerson = regexp.MustCompile(`\byou (?:only |just |simply )*(?:need|have|must|ought)(?: to)? (?:only |just )?pay\b|\byou(?:'ll| will| won't| can| could| may| shall)\b|\byou(?:'re| are) (?:off|on the|first|next|top|at the|getting|covered|entitled|due|owed|eligible|receiving|guaranteed|going to|free to|safe|protected|insured)\b|\byou (?:get|receive|keep|pay|owe|save|earn|win|qualify)\b|\byou(?: do|'ll|wo)?n't (?:have to |need to )?(?:pay|owe|be charged|be billed|see)\b`)
	will         = regexp.MustCompile(`(?:^|\s)(\S*?)(?:'ll| will| won't| shall| is going to| are going to| is about to| is on (?:its|the|his|her|their) way| are on (?:the|their) way)\b`)
	shouldEn     = regexp.MustCompile(`\bshould (?:now |soon |then |all )?(?:be (?:with|there|here|back|fine|safe|fixed|sorted|on|in|delivered|refunded)|arrive|reach|land|show up|clear|work|come)\b`)
	beEn         = regexp.MustCompile(`(?:\b(?:is|are|has|have|was|were|been|be|being|as good as|consider it)|'s|'re|'ve) ((?:[a-z']+ ?){1,5})`)
	aloofEn      = regexp.MustCompile(`^(?:who|what|where|when|why|how|whether|which)\b|^you(?:'ll| will| can| may)\b|^there(?:'s| is| are) no\b|\b(?:i|we)\b|^you(?:'ve|'d|'re (?:angry|upset|right|here|not)| are (?:angry|upset|right)| had| were| took| asked| told| wanted| paid| needed| did| trusted| waited| came| called| lost| gave| kept| made| planned| said| signed| expected| ordered| bought| hoped| spent| got| went| have (?:been|had|waited|every))\b`)
	effectEn     = regexp.MustCompile(`(?:ed|left|cost|took|made|kept|let|gave|told|put|ruin|spoilt|told|rang|came|showed|puts?|leaves?|makes?|keeps?|wears?|costs?) you\b`)
	wouldEn      = regexp.MustCompile(`\b(?:would|must|any(?:one|body)|should(?:n't)?|shouldn't|wouldn't)\b`)
	pastEn       = regexp.MustCompile(`ed$`)
)

// backEn is where money goes.
var backEn = regexp.MustCompile(`\b(?:back|to you|your (?:card|account|bank|bill)|for you)\b`)

// arrivesEn and whereEn say that something comes or where it is; openEn leaves it open.
var (
	arrivesEn = regexp.MustCompile(`\b(?:arrives|ships|lands|reaches|comes? (?:off|back|today|tomorrow|on|by|in)|gets? (?:there|to you)|makes? it in|goes (?:back|out)|is back)\b`)
	whereEn   = regexp.MustCompile(`\b(?:coming|heading|headed) (?:your way|to you)\b|\bin (?:the|a) (?:van|post|mail|lorry|truck)\b|\bin transit\b|\bout for delivery\b|\bin stock\b`)
	openEn    = regexp.MustCompile(`^(?:if|when|what|who|where|how|why|whether|until|once|before)\b|\btoo late\b|\bwould\b|\bshould\b`)
)

// benefitEn says that terms hold for the customer.
var benefitEn = regexp.MustCompile(`\b(?:appl(?:y|ies) to you|valid|qualif\w+|eligible|entitled|your choice of|in your favou?r|a deal)\b`)

// freeEn reports whether a clause says no deed, or only deeds of attention.
func (g *grounds) freeEn(c clause) bool {
	if posesEn.MatchString(c.text) || !firstPersonFree(c.text) || !secondPersonFree(c) || !othersFree(c.text) {
		return false
	}
	if shouldEn.MatchString(c.text) || g.settled(c) {
		return false
	}
	if !c.asks && !denying.MatchString(c.text) && (arrivesEn.MatchString(c.text) && !openEn.MatchString(c.text) || whereEn.MatchString(c.text) && !strings.Contains(g.all, whereEn.FindString(c.text))) {
		return false
	}
	if strings.Contains(c.text, "slotamount") && backEn.MatchString(c.text) {
		return false
	}
	first := wordsEn.FindString(c.text)
	if feignedEn[first] && !c.asks && !(attentionEn[stem(first)] && firstPerson.MatchString(fold(c.sentence[:max(strings.Index(c.sentence, c.text), 0)]))) && !openingEn.MatchString(c.text) {
		return false
	}
	return c.asks || g.factFree(c) && !benefitEn.MatchString(c.text)
}

// openingEn are the ways in which a customer may be bidden to speak.
var openingEn = regexp.MustCompile(`^(?:keep going|go on|go ahead|give me|take (?:your|all|it|as)|leave nothing|come back to me|hold me to|stop me|call me|correct me|bear with|rest assured that i'm|trust me)\b`)

// firstPersonFree looks at each verb that follows I or we.
func firstPersonFree(text string) bool {
	for _, m := range firstPerson.FindAllStringSubmatchIndex(text, -1) {
		done := m[2] >= 0 && text[m[2]:m[3]] == "ve"
		words := wordsEn.FindAllString(text[m[1]:], -1)
		for i := 0; i < len(words); i++ {
			w := words[i]
			if strings.HasSuffix(w, "n't") || w == "not" || w == "never" || w == "cannot" {
				break
			}
			if w == "have" && m[2] >= 0 && text[m[2]:m[3]] == "d" { // I'd have …
				break
			}
			if w == "have" || w == "had" {
				if i+1 < len(words) && (pastEn.MatchString(words[i+1]) || irregular[words[i+1]] != "" || adverbsEn[words[i+1]]) {
					done = true
					continue
				}
			}
			if w == "is" || w == "was" { // what I can do is …
				break
			}
			if adverbsEn[w] || auxiliaryEn[w] || strings.HasSuffix(w, "ly") {
				continue
			}
			if chainEn[stem(w)] || chainEn[w] {
				if at := slices.Index(words[i+1:], "to"); at >= 0 && at < 3 {
					i += at + 1
					continue
				}
			}
			if !firstPersonMay(w, words[i+1:], done) {
				return false
			}
			break
		}
	}
	return true
}

func firstPersonMay(w string, rest []string, done bool) bool {
	verb := stem(w)
	tail := strings.Join(rest[:min(len(rest), 6)], " ")
	past := w != verb && (pastEn.MatchString(w) || irregular[w] != "" && !strings.HasSuffix(w, "ing"))
	if light := lightEn[verb]; light != nil && (!past && !done || light.MatchString(tail)) {
		return !done && !past && light.MatchString(tail)
	}
	if past && !done && confessedEn[verb] {
		return !strings.HasPrefix(tail, "you a") || verb == "keep" || verb == "leave"
	}
	if done && (admittedEn[verb] || verb == stem("send") && circleEn.MatchString(tail)) {
		return true
	}
	if done || past {
		return heardEn[verb] || describes(w)
	}
	return attentionEn[verb] || describes(w)
}

// slotFirst is a deed whose object only the agent knows.
var slotFirst = regexp.MustCompile(`^(?:you |now |for you )*(?:slot\b|is slot\b)`)

// toYouEn is a call to the customer or one that only the agent knows.
var toYouEn = regexp.MustCompile(`^(?:you|back|slot|it\b|the team|my team)`)

// lightEn are verbs that mean little alone, with what they may go with.
var lightEn = map[string]*regexp.Regexp{
	stem("arrange"): slotFirst, stem("offer"): slotFirst, stem("suggest"): slotFirst, stem("book"): slotFirst, stem("propose"): slotFirst,
	stem("take"): regexp.MustCompile(`^down|^(?:it|this|things) (?:at|one|step|slowly|from)|^(?:a |another )?(?:close |closer |good |proper )?look|^(?:this|that|it|your case|what happened)(?: on| over| up| seriously|$| very| personally)|^(?:you )?through|^responsibility for|^(?:the|all the|my) time|^note|^every word|^seriously`),
	stem("call"): toYouEn, stem("ring"): toYouEn, stem("phone"): toYouEn,
	stem("write"): regexp.MustCompile(`^(?:you|to you|back|down|it|this|that|everything|each|every|what|word|slot|one|two)`),
	stem("let"):   regexp.MustCompile(`^(?:you know|me|you (?:finish|tell|talk|speak|down)|(?:it|this|that|you) (?:come|get|happen|go|slip))`),
	stem("get"):   regexp.MustCompile(`^back to|^to the bottom|^(?:it|this|that)$|^why|^in touch`),
	stem("give"):  regexp.MustCompile(`^(?:you )?slot\b|^you (?:an? |the )?(?:clear |straight |honest |proper |full |real )?(?:answer|update|call|ring|explanation|space|time|truth)|^(?:this|it|you) my (?:full |whole )?attention`),
	stem("make"):  regexp.MustCompile(`^(?:sure|certain) (?:you're|you are|you) (?:heard|not|never|kept|don't|aren't)|^a note|^sense|^sure (?:nothing|this|i|i've)`),
	stem("put"):   regexp.MustCompile(`^(?:this|it|things|that|myself) (?:right|straight|in)|^you through`),
	stem("come"):  regexp.MustCompile(`^back`),
	stem("keep"):  regexp.MustCompile(`^(?:you|at|looking|on|an eye|hold|this|it|going|chasing|with)`),
	stem("have"):  regexp.MustCompile(`^(?:your|the|this|it|everything|all).* in front of me|^to say|^a (?:question|look)|^(?:one|two|another|some|a few) (?:more )?(?:short |quick )?questions?`),
	stem("set"):   regexp.MustCompile(`^(?:this|it|things) (?:right|straight)`),
	stem("sort"):  regexp.MustCompile(`^this out with you`),
}

// circleEn is what a company may own up to.
var circleEn = regexp.MustCompile(`^you (?:round|around|in circles|from|back and forth)`)

// posesEn is an agent who says to be somebody else.
var posesEn = regexp.MustCompile(`\b(?:i'm|i am) (?:the|a|your|his|her) (?:\w+ )?(?:manager|director|supervisor|boss|owner|lawyer|doctor|engineer|specialist|head)\b`)

// describes reports whether a word after I or we tells what somebody is, and no deed.
func describes(w string) bool {
	return stateEn[w] || strings.HasSuffix(w, "ful")
}

var stateEn = setOf(`sorry glad here with afraid sure aware angry upset on listening your the a an as in at by happy able ready grateful truly disappointed ashamed concerned worried responsible person one`)

// secondPersonFree looks at what the customer is told that will be or may be.
func secondPersonFree(c clause) bool {
	for _, m := range secondPerson.FindAllStringIndex(c.text, -1) {
		if c.asks && strings.Contains(" can could will would may did do does ", " "+lastWord(c.text[:m[0]])+" ") {
			continue
		}
		words := wordsEn.FindAllString(c.text[m[1]:], -1)
		for len(words) > 0 && (adverbsEn[words[0]] || strings.HasSuffix(words[0], "ly")) {
			words = words[1:]
		}
		matched := c.text[m[0]:m[1]]
		modal := matched == "you'll" || matched == "you will" || matched == "you can" || matched == "you could" || matched == "you may"
		if newsEn.MatchString(strings.Join(words, " ")) && !strings.Contains(matched, "n't") {
			continue
		}
		if !modal || len(words) == 0 || !youMayEn[stem(words[0])] {
			return false
		}
	}
	return true
}

// newsEn is what the customer may always be told to get: word from the agent.
var newsEn = regexp.MustCompile(`^(?:have |get |receive )?(?:an? |my |the |your |some )?(?:clear |straight |honest |proper |full |real |written )?(?:answer|reply|update|news|call|yes or|result|outcome|word|from me|it from me|explanation|me|my (?:name|attention|full attention))\b`)

// lastWord is the last word of a text.
func lastWord(text string) string {
	words := wordsEn.FindAllString(text, -1)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// othersFree reports that nobody else is said to be going to do something.
func othersFree(text string) bool {
	return !slices.ContainsFunc(will.FindAllStringSubmatch(text, -1), func(m []string) bool { return m[1] != "i" && m[1] != "we" && m[1] != "you" })
}

var haveEn = regexp.MustCompile(`\b(?:i|we|you)'ve\b`) // looked at elsewhere

// lostEn is what a customer has lost that nobody gives back.
var lostEn = regexp.MustCompile(`\byour (?:trust|patience|faith|confidence|day|time|evening|weekend)\b`)

// settled reports whether a clause says of a matter that it is done.
func (g *grounds) settled(c clause) bool {
	if c.asks || denying.MatchString(c.text) || strings.Contains(c.text, "should") || strings.Contains(c.text, "would") {
		return false
	}
	for _, m := range beEn.FindAllStringSubmatch(haveEn.ReplaceAllString(c.text, " "), -1) {
		for _, w := range strings.Fields(m[1]) {
			if settledEn[w] && !(w == "gone" && lostEn.MatchString(c.text)) && !g.told[stem(w)] {
				return true
			}
		}
	}
	return false
}

// factFree reports that a clause tells nothing but what the case or the company's
// texts tell, or how it is for somebody: each of its words is known from there or is
// an everyday one. What I see and what might be is free, the past of the customer too.
func (g *grounds) factFree(c clause) bool {
	if aloofEn.MatchString(c.text) || effectEn.MatchString(c.text) || wouldEn.MatchString(c.text) {
		return true
	}
	words := contentOf(c.text, "en")
	first := wordsEn.FindString(c.text)
	if strings.HasSuffix(first, "ing") && len(first) > 5 || pastEn.MatchString(first) && strings.HasPrefix(c.before, "you") {
		return !slices.ContainsFunc(words, func(w string) bool { return w != "back" && givingEn[w] || settledEn[w] })
	}
	actor := actorEn.MatchString(c.text) // what our own people do is no matter of feeling
	strange := 0
	if judgesEn.MatchString(c.text) && len(words) > 4 {
		strange-- // one word that nobody has used tells how it is
	}
	for _, w := range words {
		if !g.told[w] && !g.ours[w] && (actor || !everyday(w)) {
			if strange++; strange > 0 || g.weighs(w) {
				return false
			}
		}
	}
	return len(words) > 0 || c.before != "" || len(quantities(c.text)) == 0
}

// everyday reports whether a stem, or the word that it compares or describes by, is an everyday one.
func everyday(w string) bool {
	for _, end := range []string{"", "ly", "er", "r", "est"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len(cut) > 2 && (everydayEn[cut] || everydayEn[stem(cut)]) {
			return true
		}
	}
	return false
}

// irregular forms and what they are of.
var irregular = func() map[string]string {
	table := make(map[string]string)
	for base, forms := range map[string]string{"see": "saw seen", "hear": "heard", "tell": "told", "say": "said", "write": "wrote written", "find": "found", "speak": "spoke spoken",
		"send": "sent", "give": "gave given", "take": "took taken", "get": "got gotten", "make": "made", "keep": "kept", "leave": "left", "go": "went gone", "come": "came", "do": "did done",
		"ring": "rang rung", "know": "knew known", "think": "thought", "feel": "felt", "mean": "meant", "hold": "held", "stand": "stood", "understand": "understood", "pay": "paid",
		"bring": "brought", "buy": "bought", "lose": "lost", "break": "broke broken", "choose": "chose chosen", "fall": "fell fallen", "sell": "sold", "begin": "began begun", "run": "ran",
		"meet": "met", "show": "shown", "drive": "drove driven", "steal": "stole stolen", "be": "been", "catch": "caught", "fight": "fought", "spend": "spent", "build": "built",
		"deal": "dealt", "sit": "sat", "sleep": "slept", "win": "won", "wear": "wore worn", "tear": "tore torn", "fly": "flew flown", "throw": "threw thrown",
		"freeze": "froze frozen", "wake": "woke woken", "hang": "hung", "hide": "hid hidden", "bite": "bit bitten", "rise": "rose risen", "shake": "shook shaken", "grow": "grew grown"} {
		for _, f := range strings.Fields(forms) {
			table[f] = base
		}
	}
	return table
}()

// stemsOf are the stems of a list of words.
func stemsOf(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[stem(w)] = true
	}
	return set
}

// stem is a word's simplest form, as near as a few rules come.
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	if base := irregular[w]; base != "" {
		w = base
	} else if cut, ok := strings.CutSuffix(w, "ing"); ok && len(cut) >= 3 {
		w = single(cut)
	} else if cut, ok := strings.CutSuffix(w, "ied"); ok && len(cut) >= 3 {
		w = cut + "y"
	} else if cut, ok := strings.CutSuffix(w, "ed"); ok && len(cut) >= 3 {
		w = single(cut)
	} else if cut, ok := strings.CutSuffix(w, "ies"); ok && len(cut) >= 3 {
		w = cut + "y"
	} else if cut, ok := strings.CutSuffix(w, "s"); ok && len(cut) >= 3 && !strings.HasSuffix(cut, "s") {
		w = cut
		for _, end := range []string{"she", "che", "xe", "sse"} {
			if strings.HasSuffix(w, end) {
				w = w[:len(w)-1]
			}
		}
	}
	if len(w) > 3 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

// single undoes a doubled consonant before an ending: shipp(ed) is ship.
func single(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
