package guard

import (
	"regexp"
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// stream is a draft with its disguises undone: words parted by one blank, clauses
// by a comma, sentences by a line's end, no blank beside a Han character.
type stream struct {
	text string
	from []int32 // of each byte: the code point of the draft it came from
	to   []int32
	lang string
}

func (s stream) span(start, end int) (from, to int) {
	return int(s.from[start]), int(s.to[end-1])
}

// read folds a draft. Lines that quote the customer (Slack's > or an e-mail's) are left out.
func read(draft string) stream {
	points := undisguise(fold.Map(draft))
	w := &writer{}
	lineStart, quoted := true, false
	for i, p := range points {
		if p.Rune == '\n' {
			lineStart, quoted = true, false
			w.gap(' ', p)
			continue
		}
		if lineStart && !unicode.IsSpace(p.Rune) {
			quoted = p.Rune == '>'
			lineStart = false
			if quoted {
				w.stop(p)
			}
		}
		if quoted {
			continue
		}
		w.point(points, i)
	}
	lang := "en"
	if 2*w.han > w.letters {
		lang = "zh"
	}
	return stream{text: w.out.String(), from: w.from, to: w.to, lang: lang}
}

// writer builds the stream.
type writer struct {
	out          strings.Builder
	from, to     []int32
	pending      rune // what stands between the last written and the next: ' ', ',' or '\n'
	pendingAt    fold.Point
	last         rune
	han, letters int
}

func (w *writer) write(r rune, p fold.Point) {
	before := w.out.Len()
	w.out.WriteRune(r)
	for range w.out.Len() - before {
		w.from, w.to = append(w.from, p.Start), append(w.to, p.End)
	}
	w.last = r
}

func (w *writer) gap(r rune, p fold.Point) {
	rank := map[rune]int{0: 0, ' ': 1, ',': 2, '\n': 3}
	if rank[r] > rank[w.pending] {
		w.pending, w.pendingAt = r, p
	}
}

func (w *writer) stop(p fold.Point) { w.gap('\n', p) }

// point takes one folded rune in.
func (w *writer) point(points []fold.Point, i int) {
	p := points[i]
	r := p.Rune
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		w.letter(r, p)
	case r == '\'':
	case strings.ContainsRune("“”\"「」『』‘’《》〈〉【】()（）", r):
		w.gap(' ', p)
		w.letterless(r, p)
	case strings.ContainsRune("。！？!?；;", r):
		w.stop(p)
	case r == '.' && (i+1 == len(points) || unicode.IsSpace(points[i+1].Rune)):
		w.stop(p)
	case strings.ContainsRune(",，、:：—", r):
		w.gap(',', p)
	default:
		w.gap(' ', p)
	}
}

// letterless keeps quotation marks: they show words that are talked about.
func (w *writer) letterless(r rune, p fold.Point) {
	switch r {
	case '“', '「', '『', '《', '〈', '【':
		w.flush(false)
		w.write('"', p)
		w.pending = 0
	case '”', '」', '』', '》', '〉', '】', '"':
		w.pending = 0
		w.write('"', p)
	}
}

func (w *writer) letter(r rune, p fold.Point) {
	han := unicode.Is(unicode.Han, r)
	w.flush(han)
	if han {
		w.han++
	} else {
		w.letters++
	}
	w.write(r, p)
}

// flush writes what parts two words; a blank beside a Han character is a disguise, or nothing.
func (w *writer) flush(han bool) {
	if w.pending == 0 || w.out.Len() == 0 {
		w.pending = 0
		return
	}
	if w.pending == ' ' && (han || unicode.Is(unicode.Han, w.last) || w.last == '"') {
		w.pending = 0
		return
	}
	w.write(w.pending, w.pendingAt)
	w.pending = 0
}

// Words that show, in the same sentence before a match, that the phrase is the
// customer's or is talked about; see the labelling guide in testdata, G1, G9 and G10.
var (
	quotedBefore = regexp.MustCompile(`原话|原文|引用|quot(e|es|ed|ing)|(您|你|客户|顾客|他|她|客人|用户)(刚才|之前|上次|说|问|提到|反映|表示|觉得|认为|告诉|写道)|听到您说|you (said|say|mentioned|told|wrote|feel|felt|asked|were told)|(customer|client|colleague|he|she|they) (said|says|told|wrote|mentioned)|as you (said|put it)|your (message|note|words)`)
	talkedAbout  = regexp.MustCompile(`禁语|禁用|避免|不要说|别说|不能说|不说|改说|改成|替换|换成|代替|培训|话术|这句话|这几个字|这三个字|这四个字|例如|比如|复盘|考核|清单|选择题|判断题|考题|错误示范|checklist|quiz|rehearse|example|avoid|never say|do not say|dont say|instead of|rather than saying|replace|training|the phrase|phrases|the words|forbidden|saying|wording`)
	condition    = regexp.MustCompile(`(如果|要是|若|假如|万一|倘若|无论|不管|哪怕)[^\n]{0,12}$|(if|in case|whether|unless|when|should|where|what|which|anything|everything) ([a-z]+ ){0,3}$`)
)

// excused reports whether the words around a match show that it is not said.
func (s stream) excused(start, end int, f family) bool {
	left := start - 1
	for left >= 0 && s.text[left] != '\n' && start-left < 240 {
		left--
	}
	right := end
	for right < len(s.text) && s.text[right] != '\n' && right-end < 240 {
		right++
	}
	before, after := s.text[left+1:start], s.text[end:right]
	if quotedWords(before, after) {
		return true
	}
	if quotedBefore.MatchString(before) || talkedAbout.MatchString(before) || talkedAbout.MatchString(after) || condition.MatchString(before) {
		return true
	}
	return f.unless != nil && f.unless.MatchString(before+"\x01"+s.text[start:end]+"\x02"+after)
}

// ownWords show that quotation marks hold the agent's own order: 就两个字：“等着”.
var ownWords = regexp.MustCompile(`(个字|一句话|告诉你|听好|听着|回答是)[,"]*$|(two words|one word|my answer( is)?)[,"]*$`)

// quotedWords reports whether a match stands in quotation marks of a sentence that
// goes on behind them: the words are mentioned. What a sentence ends with in
// quotation marks is as likely the agent's own: the answer is the same: “…”.
func quotedWords(before, after string) bool {
	open := strings.LastIndexByte(before, '"')
	if open < 0 || strings.Count(before, `"`)%2 == 0 {
		return false
	}
	closing := strings.IndexByte(after, '"')
	return closing >= 0 && len(after)-closing > 4 && !ownWords.MatchString(before[:open])
}
