package blocks

import "coachbot/playbooks"

// liveStories are what admins see of the company's own playbooks.
func liveStories(s sample) map[string]Message {
	_, faults := playbooks.Parse(s.lang+"/late-delivery.md", []byte("---\nid: late-delivery\nlang: "+s.lang+"\nkind: not-a-case\n---\n## examples\n"+s.query+"\n  - "+s.query+"\n"))
	many := faults
	for len(many) < 30 {
		many = append(many, faults...)
	}
	return map[string]Message{
		"faults":      PlaybookFaults(s.lang, "/etc/coachbot/playbooks", faults[:1], nil),
		"faults-many": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", many, []string{"en/long-wait.md"}),
		"accepted":    Accepted{Lang: s.lang, Title: s.card.Title, File: "accepted/" + s.lang + "/late-delivery.md"}.Message(),
		"accepted-patch": Accepted{Lang: s.lang, Title: s.card.Title, File: "accepted/" + s.lang + "/late-delivery.md",
			Patch: "--- /dev/null\n+++ b/accepted\n@@ -0,0 +1,1 @@\n+- " + s.repair[0] + "\n"}.Message(),
		"faults-mended": PlaybookFaults(s.lang, "/etc/coachbot/playbooks", nil, []string{"zh/late-delivery.md", "en/late-delivery.md"}),
	}
}
