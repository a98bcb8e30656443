package playbooks

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Fault is something wrong in a file, said so that its author can mend it.
type Fault struct {
	File    string // as given to Parse, or the path below the folder
	Line    int    // from 1
	Col     int    // from 1, in characters
	Message string // what is wrong and how to mend it, one line
	Zh      string // the same in Chinese; see In
	// Warning marks a fault that leaves the file usable.
	Warning bool
	// Used marks a fault of a file that is in use all the same, but for the words it names.
	Used bool
}

// String renders the fault as "file:line:column: message"; the message of a
// warning begins with "warning: ".
func (f Fault) String() string { return f.Said("en") }

// Said is String in a language.
func (f Fault) Said(lang string) string {
	mark := ""
	if f.Warning {
		mark = "warning: "
		if baseLang(lang) == "zh" {
			mark = "警告："
		}
	}
	return fmt.Sprintf("%s:%d:%d: %s%s", f.File, f.Line, f.Col, mark, f.In(lang))
}

// Broken reports whether any of the faults is more than a warning.
func Broken(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return !f.Warning })
}

// sortFaults orders faults as one reads: by file, then down the page.
func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col), cmp.Compare(a.Message, b.Message))
	})
}

// faultList collects the faults of one file.
type faultList struct {
	file string
	all  []Fault
}

func (l *faultList) add(line, col int, format string, args ...any) {
	l.all = append(l.all, Fault{File: l.file, Line: max(line, 1), Col: max(col, 1), Message: oneLine(fmt.Sprintf(format, args...)), Zh: chineseFault(format, args)})
}

func (l *faultList) warn(line, col int, format string, args ...any) {
	l.add(line, col, format, args...)
	l.all[len(l.all)-1].Warning = true
}

// keepOnPage moves faults that point past a line's end, or past the last line,
// back to it: the YAML reader counts a little differently from editors.
func (l *faultList) keepOnPage(page []string) {
	for i := range l.all {
		f := &l.all[i]
		f.Line = min(f.Line, len(page))
		f.Col = min(f.Col, utf8.RuneCountInString(page[f.Line-1])+1)
	}
}
