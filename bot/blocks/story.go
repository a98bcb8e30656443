package blocks

import (
	"maps"
	"strconv"
	"time"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// Story is one view with sample values, for looking at and for tests.
type Story struct {
	Name    string // unique, fit for a file name; begins with the language
	Lang    string
	Message Message
}

// Storybook is every view in every language.
func Storybook() []Story {
	return append(stories(englishSample()), stories(chineseSample())...)
}

// sample is what the stories of one language show.
type sample struct {
	lang       string
	card       Card
	draft      string
	findings   []guard.Finding
	hints      []guard.Hint
	query      string
	hits       []Hit
	guide      playbooks.Playbook
	scenario   playbooks.Playbook
	laterWord  string
	permission string
	promise    string   // what was promised
	question   string   // of a help request
	repair     []string // of a missed promise
	teamName   string
	titles     map[string]string // of playbooks and forbidden phrases
	summary    string            // of a digest, written by an AI service
	aiMark     string
}

func stories(s sample) []Story {
	var all []Story
	add := func(name string, m Message) { all = append(all, Story{s.lang + "-" + name, s.lang, m}) }
	with := func(change func(*Card)) Message {
		c := s.card
		change(&c)
		return c.Message()
	}
	add("card", s.card.Message())
	if isChinese(s.lang) {
		add("card-traditional", with(func(c *Card) { c.Lang = "zh-Hant" }))
	}
	add("card-product", with(func(c *Card) { c.Expanded, c.Product = true, true }))
	add("card-other-language", with(func(c *Card) { c.Advice.Wanted = "ja" }))
	add("card-expanded", with(func(c *Card) { c.Expanded = true }))
	add("card-commit", with(func(c *Card) { c.Advice.Phrases = c.Advice.Phrases[len(c.Advice.Phrases)-1:] }))
	add("card-short", with(func(c *Card) { c.Short = true }))
	add("card-unsure", with(func(c *Card) { c.Advice.Sure = false }))
	add("card-critical", with(func(c *Card) { c.Advice.Severity = "critical"; c.Advice.Now = s.scenario.Now }))
	add("card-private", with(func(c *Card) { c.Where, c.Why, c.Link = Private, string(ReasonGuests), sampleLink }))
	add("card-shared", with(func(c *Card) { c.Where, c.Why = Private, string(ReasonShared) }))
	add("card-private-mode", with(func(c *Card) { c.Where, c.Why = Private, string(ReasonPrivateMode) }))
	add("card-ephemeral", with(func(c *Card) { c.Where = Ephemeral }))
	add("card-quiet", with(func(c *Card) { c.Where, c.Why, c.Link = Quiet, string(ReasonQuietMode), sampleLink }))
	for _, state := range []string{"calmed", "unresolved", "dismissed", "deleted"} {
		add("card-"+state, with(func(c *Card) { c.State = state }))
	}
	add("check", CheckResult(s.lang, s.draft, s.findings, nil))
	add("check-hints", CheckResult(s.lang, s.draft, s.findings, s.hints))
	add("check-hints-only", CheckResult(s.lang, s.draft, nil, s.hints))
	add("check-clean", CheckResult(s.lang, s.draft, nil, nil))
	add("playbooks", PlaybookHits(s.lang, s.query, s.hits))
	add("playbooks-all", PlaybookHits(s.lang, "", s.hits))
	add("playbooks-none", PlaybookHits(s.lang, s.query, nil))
	add("playbook", PlaybookPage(s.lang, s.scenario))
	add("playbook-guide", PlaybookPage(s.lang, s.guide))
	add("help", Help(s.lang, false))
	add("help-admin", Help(s.lang, true))
	add("why", Why(s.lang, sampleDecisions()))
	add("why-nothing", Why(s.lang, nil))
	views := promiseStories(s)
	maps.Copy(views, helpStories(s))
	maps.Copy(views, liveStories(s))
	maps.Copy(views, playStories(s))
	maps.Copy(views, digestStories(s))
	for name, m := range views {
		add(name, m)
	}
	for i := range sentences {
		add("say-"+sentenceNames()[i], Say(s.lang, i, s.arguments(i)...))
	}
	return all
}

const sampleLink = "https://example.slack.com/archives/C024BE91L/p1700000000000100"

// arguments are those that a sentence takes.
func (s sample) arguments(n Sentence) []any {
	switch n {
	case DigestUnposted:
		return []any{"<#C024BE91L>"}
	case QuietWeekOver:
		return []any{"<#C024BE91L>", 7}
	case AppAdmitted:
		return []any{"B012ABCDEF"}
	case PromiseNobody, PromiseNotTeam, AlreadyTaken, ClaimOfAsker, ClaimElsewhere:
		return []any{"<@U024BE7LH>"}
	case TeamUnknown:
		return []any{Quoted(s.query), Quoted(s.teamName)}
	case PlayNone:
		return []any{Quoted(s.query)}
	case BudgetNear, BudgetSpent:
		return []any{"160400", "200000"}
	case ClaimGiven:
		return []any{"<@U024BE7LH>", Quoted(s.question)}
	case HintsUsage, Forgotten:
		return []any{2}
	case ForgottenBut:
		return []any{7, 2}
	case MissingScope:
		return []any{s.permission}
	case Later:
		return []any{s.laterWord}
	case TeamReset:
		return []any{Quoted(s.teamName)}
	case TeamRemovedBy, TeamInherited:
		return []any{mention("U012AB3CD"), Quoted(s.teamName), TeamName(s.lang)}
	}
	return nil
}

func sentenceNames() [sentences]string {
	return [sentences]string{
		PasteWords: "paste-words", NothingToGoOn: "nothing-to-go-on", NothingToCheck: "nothing-to-check",
		WatchingThread: "watching-thread", WatchingPrivate: "watching-private", WatchingQuiet: "watching-quiet",
		Unwatched: "unwatched", NotWatched: "not-watched", WatchUsage: "watch-usage", AppUsage: "app-usage",
		AppAdmitted: "app-admitted", QuietWeekOver: "quiet-week-over", NotAllowed: "not-allowed", InChannel: "in-channel",
		NotInChannel: "not-in-channel", Archived: "archived", MissingScope: "missing-scope", Gone: "gone", Later: "later",
		HintsUsage: "hints-usage", HintsOff: "hints-off", HintsShort: "hints-short", HintsUsual: "hints-usual", HintsAll: "hints-all",
		Forgotten: "forgotten", ForgottenBut: "forgotten-but", AdminsOnly: "admins-only", ProductMarked: "product-marked", ProductUnmarked: "product-unmarked", ProductNotYours: "product-not-yours", TeamGone: "team-gone", TeamUnknown: "team-unknown", TeamReset: "team-reset", TeamRemovedBy: "team-removed-by", TeamInherited: "team-inherited", DigestUnposted: "digest-unposted", DigestUsage: "digest-usage", NotInTeam: "not-in-team",
		DismissedNote: "dismissed", HelpfulNote: "helpful", UnhelpfulNote: "unhelpful", CustomersCanRead: "customers-can-read", Failed: "failed",
		PromiseGone: "promise-gone", PromiseNobody: "promise-nobody", PromiseNotTeam: "promise-not-team", AlreadyTaken: "already-taken",
		ClaimOfAsker: "claim-of-asker", ClaimElsewhere: "claim-elsewhere", ClaimGiven: "claim-given", TooSlow: "too-slow",
		PlayBegun: "play-begun", PlayNone: "play-none", PlayOver: "play-over", PlayBeside: "play-beside",
		BudgetNear: "budget-near", BudgetSpent: "budget-spent", Welcome: "welcome", PromiseUnclear: "promise-unclear",
	}
}

// sampleDecisions are as many as one answer shows, of every kind that differs in wording.
func sampleDecisions() []store.Decision {
	var all []store.Decision
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	for i, r := range []Reason{ReasonSpoke, ReasonSmallTalk, ReasonApp, ReasonGuests, ReasonUnsure} {
		d := store.Decision{Workspace: "T024BE7LD", Channel: "C024BE91L", TS: strconv.Itoa(1700000000+i) + ".000100",
			At: at.Add(-time.Duration(i) * 7 * time.Minute), Reason: string(r), Spoke: r == ReasonSpoke || r == ReasonGuests}
		if r == ReasonApp {
			d.Author = "B012ABCDEF"
		}
		all = append(all, d)
	}
	return all
}

func sampleAdvice(a coach.Advice) coach.Advice {
	a.Escalation, a.Severity, a.Sure, a.Source, a.Confidence = true, "high", true, "playbook", 0.9
	a.Emotions, a.CustomerType, a.Personality, a.Root = []string{"anger", "impatience"}, "agitated", "eagle", "expectation"
	a.Playbooks = []coach.Ranked{{ID: "late-delivery", Score: 0.8}, {ID: "broken-promise", Score: 0.3}}
	return a
}
