package playbooks

import (
	"fmt"
	"slices"
	"strings"
)

// AcceptedFolder holds, below a folder of playbooks, what admins accepted in
// Slack: LANG/ID.md with phrases to be added to the playbook of that language
// and id, wherever that one comes from. The bot writes there and nowhere else.
const AcceptedFolder = "accepted"

// parseAccepted reads a file of additions: steps with phrases, no front matter.
func parseAccepted(file string, all []string, faults *faultList) Playbook {
	parts := strings.Split(strings.TrimSuffix(file, ".md"), "/")
	p := Playbook{Kind: Scenario, File: file, Addition: true, at: lines{field: map[string]int{}, heading: map[string]int{}}}
	p.Lang, p.ID = parts[len(parts)-2], parts[len(parts)-1]
	readBody(&p, all, 0, faults)
	return p
}

func isAccepted(file string) bool {
	parts := strings.Split(file, "/")
	return len(parts) >= 3 && parts[len(parts)-3] == AcceptedFolder
}

// add puts the phrases of additions into the playbooks they belong to, which it
// copies, and returns the additions that found none.
func add(list []Playbook, additions []Playbook) (rest []Playbook) {
	for _, a := range additions {
		// The last one counts, as in NewSet.
		i := len(list) - 1
		for i >= 0 && (list[i].ID != a.ID || list[i].Lang != a.Lang || list[i].Kind != Scenario) {
			i--
		}
		if i < 0 {
			rest = append(rest, a)
			continue
		}
		steps := make(map[Step][]Phrase, len(list[i].Steps))
		for step, phrases := range list[i].Steps {
			steps[step] = slices.Clone(phrases)
		}
		for _, step := range Steps() {
			for _, ph := range a.Steps[step] {
				if !slices.ContainsFunc(steps[step], func(old Phrase) bool { return old.Text == ph.Text }) {
					steps[step] = append(steps[step], ph)
				}
			}
		}
		list[i].Steps = steps
	}
	return rest
}

// Accept is file, one of the accepted folder or "", with a phrase at a step, and
// above it who it comes from, in one line. A phrase that is there already is not added again.
func Accept(file string, step Step, phrase, from string) string {
	phrase = oneLine(phrase)
	if strings.Contains(file, "\n- "+phrase+"\n") {
		return file
	}
	entry := fmt.Sprintf("<!-- %s -->\n- %s\n", strings.ReplaceAll(oneLine(from), "-->", ""), phrase)
	if file != "" && !strings.HasSuffix(file, "\n") {
		file += "\n"
	}
	head := "## " + string(step) + "\n"
	at := strings.Index("\n"+file, "\n"+head)
	if at < 0 {
		if file != "" {
			file += "\n"
		}
		return file + head + entry
	}
	at += len(head)
	return file[:at] + entry + file[at:]
}
