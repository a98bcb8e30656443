package blocks

import (
	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func englishSample() sample {
	return sample{
		lang: "en",
		card: Card{Lang: "en", CaseID: "T024BE7LD.C024BE91L.1700000000.000100", Title: "Late delivery", State: "open",
			Others: []Choice{{"broken-promise", "A promise was broken"}, {"repeat-contact", "Third contact about the same thing"}, {"refund-refused", "Refund refused"}},
			Advice: sampleAdvice(coach.Advice{
				Lang: "en",
				Phrases: []coach.Phrase{
					{Step: "empathise", Text: "Four days of waiting for a crib, with the baby due on Friday: I'd be upset too.", Playbook: "late-delivery"},
					{Step: "empathise", Text: "You planned around that date & we missed it. That's not what we agreed.", Playbook: "late-delivery"},
					{Step: "clarify", Text: "So that I look in the right place: is your order number ____ (order number)?", Playbook: "late-delivery"},
					{Step: "offer", Text: "I can send it today by ____ (what you can offer), or hold it for pick-up. Which suits you better?", Playbook: "late-delivery"},
					{Step: "commit", Text: "I'll call you by ____ (by when), whatever the driver says.", Playbook: "late-delivery"},
				},
				Avoid:    []coach.Avoid{{Phrase: "not-my-fault", SayInstead: []string{"Let me find out where it got stuck, and put it right from here."}}, {Phrase: "as soon as possible", SayInstead: []string{"You'll hear from me by four o'clock."}}},
				Why:      []string{"four days", "still nothing"},
				Calm:     "It's the delay they're angry at. Breathe out once, then speak.",
				Escalate: []coach.Escalation{{When: "They want more than you may offer", To: "team lead"}},
			})},
		draft: "I don't know where it is, you'll have to wait.",
		findings: []guard.Finding{
			{Phrase: "dont-know", Text: "I don't know", Start: 0, End: 12, SayInstead: []string{"Let me check with the depot now; I'll be back within ten minutes.", "I'll find that out for you."}},
			{Phrase: "hurry-or-wait", Text: "you'll have to wait", Start: 26, End: 45, SayInstead: []string{"Checking takes about two minutes. May I keep you on the line?"}},
		},
		hints: []guard.Hint{
			{Hint: guard.HintSolutionFirst, Text: "I'll send a new one", SayInstead: []string{"Four days without a word from us: anyone would be angry. Here is what I will do:"}},
			{Hint: guard.HintVagueTime, Text: "as soon as possible", SayInstead: []string{"I'll call you today by ____ (what time)."}},
		},
		query: "late parcel",
		hits: []Hit{{"late-delivery", "en", "Late delivery", "The goods are late and the customer is tired of waiting."},
			{"contact-step-by-step", "en", "A contact step by step", "From greeting to follow-up, with a sentence for every step."}},
		guide: playbooks.Playbook{ID: "outgoing-call", Lang: "en", Kind: playbooks.Guide, Title: "An outgoing call",
			Summary: "Prepare, ask permission, say why it matters to them.", Sections: []playbooks.Section{
				{Text: "Before you dial, know **who**, **why** and **what next**."},
				{Heading: "Ask permission", Text: "- Say who you are.\n- Ask whether now is a good time.\n\n> \"Is now a good moment for two minutes?\""}}},
		scenario: playbooks.Playbook{ID: "late-delivery", Lang: "en", Kind: playbooks.Scenario, Title: "Late delivery",
			Summary: "The goods are late and the customer is tired of waiting.",
			Now:     []string{"Call the emergency number if anybody is in danger.", "Call in the duty lead and stay on the line."},
			Steps: map[playbooks.Step][]playbooks.Phrase{
				playbooks.Listen:  {{Text: "Tell me what you were promised, I'm writing it down."}},
				playbooks.Clarify: {{Text: "Is your order number {order}?"}, {Text: "When did you need it[, at the latest {date}]?"}}},
			Escalate:   []playbooks.Escalation{{When: "They want more than you may offer", To: "team lead"}},
			SayInstead: []playbooks.SayInstead{{Phrase: "dont-know", Text: "I'll find that out and call you by {time}."}, {Wording: "calm down", Text: "I hear how much this has cost you."}}},
		laterWord: "digest", permission: "channels:history",
		teamName: "After-sales", summary: "Late deliveries came most; most customers calmed once they heard a time. One promise was missed.", aiMark: "Written by an AI service",
		titles: map[string]string{"late-delivery": "Late delivery", "refund-refused": "Refund refused", "broken-promise": "Broken promise", "repeat-contact": "Repeat contact",
			"dont-know": "I don't know", "hurry-or-wait": "Hurry up / Wait"},
		promise: "call Ms Li back about the refund", question: "How do I tell her that the part is out of stock?",
		repair: []string{"I said I'd call by five and I didn't. I'm sorry.", "This is where it stands, and you hear from me again at ten tomorrow."},
	}
}
