package blocks

import (
	"time"

	"coachbot/bot/digest"
	"coachbot/playbooks"
	"coachbot/store"
)

// liveStories are what admins see of the company's own playbooks.
func liveStories(s sample) map[string]Message {
	_, faults := playbooks.Parse(s.lang+"/late-delivery.md", []byte("---\nid: late-delivery\nlang: "+s.lang+"\nkind: not-a-case\n---\n## examples\n"+s.query+"\n  - "+s.query+"\n"))
	day := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	many := faults
	for len(many) < 30 {
		many = append(many, faults...)
	}
	return map[string]Message{
		"faults": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", faults[:1], nil),
		"faults-used": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", []playbooks.Fault{{File: s.lang + "/late-delivery.md", Line: 50, Col: 3,
			Message: `"I don't know" is a forbidden phrase; say it in other words`, Zh: `"我不知道" 是禁语；请换个说法`, Used: true}}, nil),
		"faults-many": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", many, []string{"en/long-wait.md"}),
		"accepted":    Accepted{Lang: s.lang, Title: s.card.Title, File: "accepted/" + s.lang + "/late-delivery.md"}.Message(),
		"accepted-patch": Accepted{Lang: s.lang, Title: s.card.Title, File: "accepted/" + s.lang + "/late-delivery.md",
			Patch: "--- /dev/null\n+++ b/accepted\n@@ -0,0 +1,1 @@\n+- " + s.repair[0] + "\n"}.Message(),
		"weekly": Weekly{Lang: s.lang, From: day, Until: day.AddDate(0, 0, 6), Title: func(string) string { return s.card.Title },
			Phrases: []digest.PoorPhrase{{Playbook: "late-delivery", Lang: s.lang, Step: "offer", Phrase: s.repair[0], Unhelpful: 3, Another: 2, Used: 1}},
			Cases: []digest.PoorCase{{Case: store.Case{ID: "c1", Text: s.question, Playbook: "late-delivery"}, Unsure: true, Picked: true, Instead: "long-wait", Unhelpful: true},
				{Case: store.Case{ID: "c2", Text: s.draft, Playbook: "late-delivery"}, Unresolved: true}},
			Links: map[string]string{"c1": sampleLink}}.Message(),
		"faults-mended": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", nil, []string{"zh/late-delivery.md", "en/late-delivery.md"}),
	}
}
