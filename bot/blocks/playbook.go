package blocks

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachbot/playbooks"
)

// Hit is a playbook that a search found.
type Hit struct{ ID, Lang, Title, Summary string }

// The most of a playbook's parts that one message shows.
const (
	maxHits    = 100
	maxSummary = 200
	pagePhrase = 4 // phrases of a step
)

// PlaybookHits lists what was found, best first. Without words it is the list of all.
func PlaybookHits(lang, query string, hits []Hit) Message {
	w, p := wordsIn(lang), newPage(lang)
	query = theirs(lineEscaped(query, 100))
	if len(hits) == 0 {
		p.section(strings.ReplaceAll(w.book.none, "{1}", query))
		return p.message()
	}
	if query == "" {
		p.section("*" + w.book.all + "*")
	} else {
		p.section("*" + strings.ReplaceAll(w.book.hits, "{1}", query) + "*")
	}
	p.hits(w, hits, query != "")
	return p.message()
}

// hits puts as many entries as fit into sections; with summaries when there is a choice to make.
func (p *page) hits(w *words, hits []Hit, summaries bool) {
	var part []string
	n := 0
	flush := func() {
		p.section(strings.Join(part, "\n"))
		part, n = nil, 0
	}
	for i, h := range hits {
		entry := w.hit(p.lang, h, summaries)
		if i == maxHits || !p.room(n+size(entry)+1) {
			break
		}
		if n+size(entry)+1 > maxSection {
			flush()
		}
		part, n = append(part, entry), n+size(entry)+1
	}
	flush()
}

func (w *words) hit(reader string, h Hit, summary bool) string {
	title := bare(h.Title, maxHeader)
	if title == "" {
		title = bare(h.ID, maxHeader)
	}
	entry := "*" + title + "*"
	if lang := w.other(reader, h.Lang); lang != "" {
		entry += " (" + lang + ")"
	}
	id := strings.ReplaceAll(lineEscaped(h.ID, 100), "`", "")
	if !summary {
		return "• " + entry + "  `" + id + "`"
	}
	if s := lineEscaped(h.Summary, maxSummary); s != "" {
		entry += "\n" + s
	}
	return entry + "\n" + strings.ReplaceAll(w.book.open, "{1}", id)
}

// other names a language that is not the reader's, one without a word by its code; "" where it is the reader's.
func (w *words) other(reader, lang string) string {
	switch base := baseOf(lang); {
	case base == "" || base == w.lang || base == baseOf(reader):
		return ""
	case base == "zh":
		return w.book.inChinese
	case base == "en":
		return w.book.inEnglish
	}
	return lineEscaped(lang, 20)
}

// PlaybookPage shows a playbook to read: the steps with their phrases, or the
// sections of a guide. What does not fit into one message is left out, and it says so.
func PlaybookPage(lang string, b playbooks.Playbook) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.reserve(size(w.book.short))
	if !p.header(b.Title) {
		p.header(b.ID)
	}
	p.small(lineEscaped(b.Summary, 2*maxSummary))
	if b.Kind == playbooks.Guide {
		p.guide(b)
	} else {
		p.scenario(w, b)
	}
	p.release(size(w.book.short))
	if p.short {
		if len(p.blocks) == maxBlocks {
			p.blocks = p.blocks[:maxBlocks-1]
		}
		p.small(w.book.short)
	}
	if len(p.blocks) == 0 {
		p.section(w.card.untitled)
	}
	return p.message()
}

func (p *page) scenario(w *words, b playbooks.Playbook) {
	p.section(numbered(w.book.now, b.Now))
	for _, step := range playbooks.Steps() {
		var texts []string
		for _, ph := range b.Steps[step] {
			if ph.Plain() && len(texts) < pagePhrase {
				texts = append(texts, line(playbooks.Fill(ph.Text, b.Lang, nil), maxPhrase))
			}
		}
		if len(texts) > 0 && p.room(size(w.step[string(step)])+size(texts[0])) {
			p.section("*" + w.step[string(step)] + "*")
			p.lines(texts)
		}
	}
	var escalate, instead []string
	for _, e := range b.Escalate {
		if len(escalate) < maxItems {
			escalate = append(escalate, lineEscaped(e.When, maxItem)+w.colon+lineEscaped(e.To, maxItem))
		}
	}
	for _, s := range b.SayInstead {
		if len(instead) < maxItems {
			instead = append(instead, w.avoid(s.Phrase+s.Wording, playbooks.Fill(s.Text, b.Lang, nil)))
		}
	}
	p.section(bullets(w.book.escalate, escalate))
	p.section(bullets(w.book.instead, instead))
}

func (p *page) guide(b playbooks.Playbook) {
	for _, s := range b.Sections {
		if p.left < size(s.Heading)+1 || len(p.blocks) > maxBlocks-3 {
			p.short = true
			return
		}
		p.header(s.Heading)
		for _, part := range split(markdown(s.Text), maxSection) {
			p.section(part)
		}
	}
}

var (
	boldForm = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	itemForm = regexp.MustCompile(`(?m)^([ \t]*)[-*+][ \t]+`)
	headForm = regexp.MustCompile(`(?m)^#{3,6}[ \t]+(.+)$`)
	quoteBar = regexp.MustCompile(`(?m)^&gt; ?`)
)

// markdown turns the Markdown of a guide into Slack's markup.
func markdown(s string) string {
	s = escape(clean(s))
	s = quoteBar.ReplaceAllString(s, "> ")
	s = itemForm.ReplaceAllString(s, "$1• ")
	s = headForm.ReplaceAllString(s, "*$1*")
	return bold(s)
}

// bold turns "**a**" into "*a*" where Slack would show it as bold: between
// spaces, line ends and marks. Within Chinese text, which has no spaces, the
// stars would stay visible; there the words stay plain.
func bold(s string) string {
	var b strings.Builder
	done := 0
	for _, m := range boldForm.FindAllStringSubmatchIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		star := "*"
		if unicode.IsLetter(before) || unicode.IsDigit(before) || unicode.IsLetter(after) || unicode.IsDigit(after) {
			star = ""
		}
		b.WriteString(s[done:m[0]] + star + s[m[2]:m[3]] + star)
		done = m[1]
	}
	return b.String() + s[done:]
}

// split cuts markup into parts of at most n characters, between lines where it
// can, and never within an entity.
func split(s string, n int) []string {
	var parts []string
	for size(s) > n {
		head := []rune(s)[:n]
		at := strings.LastIndexByte(string(head), '\n')
		if at <= 0 {
			at = len(string(head))
			if amp := strings.LastIndexByte(string(head), '&'); amp > 0 && at-amp < len("&amp;") {
				at = amp
			}
		}
		parts = append(parts, s[:at])
		s = strings.TrimPrefix(s[at:], "\n")
	}
	if strings.TrimSpace(s) != "" {
		parts = append(parts, s)
	}
	return parts
}

// bare is a short line of words that can stand between the marks for bold.
func bare(s string, n int) string { return lineEscaped(strings.ReplaceAll(s, "*", ""), n) }
