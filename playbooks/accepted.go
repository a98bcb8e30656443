package playbooks

import (
	"fmt"
	"path"
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
// above it who it comes from, in one line. A phrase that stands at the step already is
// not added again. The file is read as Parse reads it: people edit it too.
func Accept(file string, step Step, phrase, from string) string {
	phrase = oneLine(phrase)
	all := strings.SplitAfter(string(lineEnds([]byte(strings.TrimPrefix(file, "\ufeff")))), "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	end := "\n"
	if len(all) > 0 && strings.HasSuffix(all[0], "\r\n") {
		end = "\r\n"
	}
	faults := &faultList{}
	p := parseAccepted(path.Join(AcceptedFolder, "en", "file.md"), splitLines([]byte(file), faults), faults)
	if slices.ContainsFunc(p.Steps[step], func(old Phrase) bool { return old.Text == phrase }) {
		return file
	}
	entry := fmt.Sprintf("<!-- %s -->%s- %s%s", strings.ReplaceAll(oneLine(from), "-->", ""), end, phrase, end)
	if n := len(all); n > 0 && !strings.HasSuffix(all[n-1], "\n") {
		all[n-1] = strings.TrimSuffix(all[n-1], "\r") + end
	}
	at, stands := p.at.heading[string(step)]
	switch {
	case stands && at <= len(all):
		all = slices.Insert(all, at, entry)
	case len(all) > 0:
		all = append(all, end+"## "+string(step)+end+entry)
	default:
		all = append(all, "## "+string(step)+end+entry)
	}
	return strings.Join(all, "")
}
