package playbooks

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// lintTogether looks for what does not fit between the files of a folder. A
// fault is told in the later of two files and names the earlier.
func lintTogether(pages []*page) {
	byName := map[name]*page{}
	var langs []string
	for _, pg := range pages {
		p := pg.p
		if p.ID == "" || p.Lang == "" || p.Addition || path.Base(pg.file) != p.ID+".md" { // else its id is a slip, told by Parse
			continue
		}
		if first, twice := byName[name{p.ID, p.Lang}]; twice {
			pg.add(p.at.field["id"], 1, "the id %q is taken by %s; give this file another", p.ID, first.file)
			continue
		}
		byName[name{p.ID, p.Lang}] = pg
		if !slices.Contains(langs, p.Lang) {
			langs = append(langs, p.Lang)
		}
	}
	slices.Sort(langs)
	for _, pg := range pages {
		lintLanguages(pg, byName, langs)
	}
	lintSharedExamples(pages)
	lintSharedSignals(pages)
}

// lintLanguages compares a file with those of the same id in other languages.
func lintLanguages(pg *page, byName map[name]*page, langs []string) {
	p := pg.p
	if byName[name{p.ID, p.Lang}] != pg {
		return
	}
	for _, lang := range langs {
		other, ok := byName[name{p.ID, lang}]
		switch {
		case lang == p.Lang:
		case !ok:
			pg.warn(p.at.field["id"], 1, "there is no %s/%s.md; add it, or readers of %q get nothing here", lang, p.ID, lang)
		case lang < p.Lang: // a pair is told once, in the later language
			pg.agree("kind", string(p.Kind), string(other.p.Kind), other)
			pg.agree("root", p.Root, other.p.Root, other)
			pg.agree("severity", p.Severity, other.p.Severity, other)
			pg.agree("precedence", string(rune('0'+p.Precedence)), string(rune('0'+other.p.Precedence)), other)
		}
	}
}

// agree warns when a field that belongs to the scenario differs between its languages.
func (pg *page) agree(field, got, want string, other *page) {
	if got == want || got == "" || want == "" {
		return
	}
	pg.warn(pg.p.at.field[field], 1, "%s is %q here and %q in %s; make them the same", field, got, want, other.file)
}

// lintSharedExamples looks for one message in two files of a language: it can
// only be recognised as one of them.
func lintSharedExamples(pages []*page) {
	type origin struct {
		pg   *page
		line int
	}
	seen := map[name]origin{} // the key of a message and its language
	for _, pg := range pages {
		for _, x := range pg.p.Examples {
			if pg.untouched[x.Text] { // told already, and not for this
				continue
			}
			k, line, text := name{sameKey(x.Text), pg.p.Lang}, x.Line, x.Text
			first, twice := seen[k]
			if !twice {
				seen[k] = origin{pg, line}
				continue
			}
			if first.pg != pg {
				pg.add(line, pg.col(line, text), "the same example stands in %s; keep it where it belongs", place(first.pg.file, first.line))
			}
		}
	}
}

// lintSharedSignals looks for signals that speak for two scenarios and so for neither.
func lintSharedSignals(pages []*page) {
	type origin struct {
		pg     *page
		signal string
		line   int
	}
	seen := map[name]origin{}
	for _, pg := range pages {
		p := pg.p
		if p.Kind != Scenario {
			continue
		}
		check := func(signals []string, at []int) {
			for i, signal := range signals {
				if pg.untouched[signal] {
					continue
				}
				k := name{signalKey(signal), p.Lang}
				first, twice := seen[k]
				switch {
				case !twice:
					seen[k] = origin{pg, signal, at[i]}
				case first.pg == pg: // in signals and in strong: harmless
				case first.signal == signal:
					pg.warn(at[i], pg.col(at[i], signal), "the signal %q stands in %s too; make it say more", signal, place(first.pg.file, first.line))
				default:
					pg.warn(at[i], pg.col(at[i], signal), "the signal %q is nearly %q in %s; make it say more", signal, first.signal, place(first.pg.file, first.line))
				}
			}
		}
		check(p.Signals, p.at.signals)
		check(p.Strong, p.at.strong)
	}
}

// sameKey is equal for texts that differ only in case, width, script (Simplified
// or Traditional), spaces and marks.
func sameKey(text string) string {
	text = fold.String(text)
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, text)
	if key == "" {
		return text // nothing but marks or emoji
	}
	return key
}

// signalKey is sameKey without the words that make no difference to what a
// signal stands for, and with English plurals as singulars.
func signalKey(signal string) string {
	words := slices.DeleteFunc(strings.Fields(fold.String(signal)), idle)
	if len(words) == 0 {
		return sameKey(signal)
	}
	for i, w := range words {
		w = strings.TrimSuffix(w, "'s")
		words[i] = w
		if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
			words[i] = strings.TrimSuffix(w, "s")
		}
	}
	key := sameKey(strings.Join(words, " "))
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("的了吗呢啊呀吧", r) {
			return -1
		}
		return r
	}, key)
	if bare == "" {
		return key
	}
	return bare
}

// idle words stand in a signal without saying anything.
func idle(word string) bool {
	switch word {
	case "a", "an", "the", "my", "our", "your", "his", "her", "their", "this", "that", "is", "are", "still":
		return true
	}
	return false
}
