package blocks

import (
	"slices"
	"strconv"
	"strings"

	"coachbot/playbooks"
)

// maxFaults is how many faults one message lists.
const maxFaults = 12

// PlaybookFaults tells an admin what is newly wrong in the company's playbooks
// and which files are mended.
func PlaybookFaults(lang, folder string, faults []playbooks.Fault, mended []string) Message {
	w, p := wordsIn(lang), newPage(lang)
	if len(faults) > 0 {
		p.section(strings.ReplaceAll(w.live.broken, "{1}", code(folder)))
		var list []string
		for _, f := range faults[:min(len(faults), maxFaults)] {
			list = append(list, "• "+strings.NewReplacer("{1}", theirs(strings.ReplaceAll(lineEscaped(f.File, 150), "`", "")), "{2}", strconv.Itoa(f.Line),
				"{3}", lineEscaped(f.In(lang), maxItem)).Replace(w.live.fault))
		}
		p.section(strings.Join(list, "\n"))
		if more := len(faults) - maxFaults; more > 0 {
			p.small(fill(w.live.more, more))
		}
		if slices.ContainsFunc(faults, func(f playbooks.Fault) bool { return !f.Used }) {
			p.small(w.live.stays)
		}
		if slices.ContainsFunc(faults, func(f playbooks.Fault) bool { return f.Used }) {
			p.small(w.live.unsaid)
		}
	}
	if len(mended) > 0 {
		var files []string
		for _, file := range mended[:min(len(mended), maxFaults)] {
			files = append(files, code(file))
		}
		p.section(strings.ReplaceAll(w.live.mended, "{1}", strings.Join(files, w.comma)))
		if len(faults) == 0 {
			p.small(w.live.allGood)
		}
	}
	return p.message()
}

// code is a name to be shown as it is written.
func code(s string) string {
	return theirs("`" + strings.ReplaceAll(lineEscaped(s, 150), "`", "") + "`")
}
