package playbooks

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFile is the largest file read, in bytes: a hundred times a long playbook.
const maxFile = 1 << 20

// Parse reads one playbook. The file's path decides which id and language are
// expected (LANG/ID.md; without a folder the language is not checked). All
// faults are reported at once; the playbook holds whatever could be read. Parse
// looks at the form alone: what a folder as a whole lacks is for Lint.
func Parse(file string, data []byte) (Playbook, []Fault) {
	faults := &faultList{file: file}
	p := Playbook{Kind: Scenario, File: file, at: lines{field: map[string]int{}, heading: map[string]int{}}}
	if len(data) > maxFile {
		faults.add(1, 1, "the file is larger than 1 MiB; split it or move material elsewhere")
		return p, faults.all
	}
	if noText(data, faults) {
		return p, faults.all
	}
	all := splitLines(data, faults)
	if isAccepted(file) {
		p = parseAccepted(file, all, faults)
		faults.keepOnPage(all)
		sortFaults(faults.all)
		return p, faults.all
	}
	front, body := splitFrontMatter(all, faults)
	if front == nil { // what else is wrong with it is seen once it has one
		return p, faults.all
	}
	readFrontMatter(&p, front, faults)
	checkName(&p, faults)
	if p.Kind == Guide {
		readGuide(&p, all[body:], body, faults)
	} else {
		readBody(&p, all[body:], body, faults)
	}
	faults.keepOnPage(all)
	sortFaults(faults.all)
	return p, faults.all
}

// splitLines cuts data into lines without their ends. A byte order mark is
// dropped; bytes that are not UTF-8 and control characters are reported and replaced.
func splitLines(data []byte, faults *faultList) []string {
	all := strings.Split(string(lineEnds(bytes.TrimPrefix(data, []byte("\ufeff")))), "\n")
	told := false
	for i, line := range all {
		line = strings.TrimSuffix(line, "\r")
		if !utf8.ValidString(line) {
			if good := line[:validPrefix(line)]; !told { // it is so in the whole file
				faults.add(i+1, utf8.RuneCountInString(good)+1, "this is not UTF-8; save the file in the encoding UTF-8")
				told = true
			}
			line = strings.ToValidUTF8(line, "\ufffd")
		}
		if at := strings.IndexFunc(line, isControl); at >= 0 {
			faults.add(i+1, utf8.RuneCountInString(line[:at])+1, "an invisible control character; remove it")
			line = strings.Map(func(r rune) rune {
				if isControl(r) {
					return ' '
				}
				return r
			}, line)
		}
		all[i] = line
	}
	return all
}

// lineEnds makes the line ends of very old programs ours.
func lineEnds(data []byte) []byte {
	if bytes.ContainsRune(data, '\n') {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// noText reports what is no text that could be read as a playbook.
func noText(data []byte, faults *faultList) bool {
	head := data[:min(len(data), 4096)]
	zeros := bytes.Count(head, []byte{0})
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")), zeros > len(head)/3 && len(head) > 8:
		faults.add(1, 1, "the file is in UTF-16 (“Unicode” in some programs); save it in the encoding UTF-8")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("{\\rtf")) || bytes.HasPrefix(head, []byte("%PDF")) || zeros > 8:
		faults.add(1, 1, "this is no text but the file of another program; save its text as plain text in the encoding UTF-8")
	}
	return len(faults.all) > 0
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\t' }

func validPrefix(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}

// splitFrontMatter finds the lines between the two --- and the index of the
// first line of the body. Without front matter it returns nothing and 0.
func splitFrontMatter(all []string, faults *faultList) (front []string, body int) {
	if first := strings.TrimRight(all[0], " \t"); first != "---" {
		switch {
		case first != "" && strings.Trim(first, "-‐‑–—―－─") == "":
			faults.add(1, 1, "the first line must be three hyphens ---, not %q, which an editor or input method made of them", first)
		case first == "" && slices.Contains(all, "---"):
			faults.add(1, 1, "the front matter must begin in the first line; remove what stands before ---")
		default:
			faults.add(1, 1, "the front matter is missing; begin the file with a line --- and the fields id, lang, title …")
		}
		return nil, 0
	}
	for i := 1; i < len(all); i++ {
		if strings.TrimRight(all[i], " \t") == "---" {
			return all[1:i], i + 1
		}
		if strings.HasPrefix(all[i], "## ") {
			faults.add(i+1, 1, "the front matter is not closed; put a line --- before the first heading")
			return all[1:i], i
		}
	}
	faults.add(1, 1, "the front matter is not closed; put a line --- after its last field")
	return all[1:], len(all)
}

// checkName holds id and language against the file's place.
func checkName(p *Playbook, faults *faultList) {
	name := strings.TrimSuffix(path.Base(p.File), ".md")
	if p.ID != "" && p.ID != name {
		faults.add(p.at.field["id"], 1, "id is %q but the file is called %q; make them the same", p.ID, name+".md")
	}
	folder := path.Base(path.Dir(p.File))
	if p.Lang != "" && folder != "." && folder != "/" && p.Lang != folder {
		faults.add(p.at.field["lang"], 1, "lang is %q but the file lies in the folder %q; make them the same", p.Lang, folder)
	}
}
