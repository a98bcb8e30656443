package canned

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns says where a table has what.
type columns struct {
	head   int   // the row that names them
	titles []int // the first with something in it counts
	bodies []int // likewise
	tags   []int // all of them
}

// role is what a column is for.
type role int

const (
	noRole role = iota
	titleRole
	bodyRole
	tagRole
)

// maxHead is among how many rows the names of the columns are looked for: exports
// begin with a title or a note.
const maxHead = 10

// columnsOf finds the row that names the columns best.
func columnsOf(rows [][]string) (best columns, ok bool) {
	most := 0
	for i, row := range rows[:min(len(rows), maxHead)] {
		c := columns{head: i}
		titles, bodies, score := map[int]int{}, map[int]int{}, 0
		for at, name := range row {
			r, weight := roleOf(name)
			switch r {
			case titleRole:
				titles[at] = weight
			case bodyRole:
				bodies[at] = weight
			case tagRole:
				c.tags = append(c.tags, at)
			}
			score += weight
		}
		c.titles, c.bodies = plainly(titles), plainly(bodies)
		if len(c.bodies) > 0 && score > most {
			best, most, ok = c, score, true
		}
	}
	return best, ok
}

// plainly orders columns of one role: those called just so before those whose
// name holds such a word, each in their order.
func plainly(weights map[int]int) []int {
	return slices.SortedFunc(maps.Keys(weights), func(a, b int) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
}

// roleOf is what a column is for by its name: 2 where it is called just so, 1 where
// its name holds such a word.
func roleOf(name string) (r role, weight int) {
	key := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
	if key == "" || utf8.RuneCountInString(key) > 24 {
		return noRole, 0
	}
	for _, x := range roleNames() {
		if slices.Contains(x.exact, key) {
			return x.role, 2
		}
	}
	for _, x := range roleNames() {
		if slices.ContainsFunc(x.within, func(w string) bool { return strings.Contains(key, w) }) {
			return x.role, 1
		}
	}
	return noRole, 0
}

// names of columns of one role.
type names struct {
	role          role
	exact, within []string
}

// roleNames are how help desks call their columns, in the order in which they are tried.
func roleNames() []names {
	return []names{
		{titleRole, []string{"title", "name", "macro", "macrotitle", "macroname", "subject", "shortcut", "snippetname", "question", "标题", "名称", "主题", "快捷语标题", "問題", "问题", "標題", "名稱"}, nil},
		{bodyRole, []string{"body", "content", "text", "reply", "message", "comment", "commentvalue", "commentvaluehtml", "actions", "template", "html", "description",
			"response", "answer", "bodytext", "bodyhtml", "contenthtml", "replytext", "responsetext",
			"内容", "正文", "回复", "话术", "文本", "快捷短语", "快捷语", "快捷语内容", "答案", "內容", "回覆", "話術"}, nil},
		{tagRole, []string{"tags", "tag", "labels", "label", "category", "categories", "folder", "group", "topic", "intent", "标签", "分类", "分组", "类别", "目录", "標籤", "分類", "群組"}, nil},
		{tagRole, nil, []string{"tag", "label", "categor", "folder", "group", "topic", "分组", "分类", "标签", "目录", "类别", "分組", "分類", "標籤"}},
		{titleRole, nil, []string{"title", "subject", "shortcut", "name", "标题", "名称", "主题", "关键词", "编码", "問題", "问题", "標題", "名稱"}},
		{bodyRole, nil, []string{"body", "content", "reply", "response", "answer", "message", "comment", "text", "内容", "正文", "话术", "回复", "答案", "短语", "快捷语", "常用语", "內容", "回覆", "話術"}},
	}
}

// reply is one row.
func (c columns) reply(row []string) Reply {
	r := Reply{Title: first(row, c.titles)}
	r.Body, r.Tags = spoken(first(row, c.bodies))
	for _, at := range c.tags {
		r.Tags = append(r.Tags, tagsIn(cell(row, at))...)
	}
	return r
}

func first(row []string, columns []int) string {
	for _, at := range columns {
		if s := cell(row, at); s != "" {
			return s
		}
	}
	return ""
}

func tagsIn(s string) (tags []string) {
	for _, tag := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(",;|，；、\n", c) }) {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// action is one of the things that a macro does, as Zendesk and Gorgias write them.
type action struct {
	Field     string          `json:"field"`
	Value     json.RawMessage `json:"value"`
	Name      string          `json:"name"`
	Arguments struct {
		Text string          `json:"body_text"`
		HTML string          `json:"body_html"`
		Tags json.RawMessage `json:"tags"`
	} `json:"arguments"`
}

// spoken is what a reply says. Where the column holds a list of actions, it is the
// words of the one that answers, and the tags that another one sets.
func spoken(body string) (text string, tags []string) {
	var all []action
	if !strings.HasPrefix(body, "[") || json.Unmarshal([]byte(body), &all) != nil {
		return body, nil
	}
	for _, a := range all {
		switch {
		case strings.HasPrefix(a.Field, "comment_value") && text == "":
			text = lastText(a.Value)
		case strings.HasSuffix(a.Field, "_tags"):
			tags = append(tags, strings.Fields(lastText(a.Value))...)
		case a.Arguments.Text+a.Arguments.HTML != "" && text == "":
			if text = a.Arguments.Text; text == "" {
				text = a.Arguments.HTML
			}
		case len(a.Arguments.Tags) > 0:
			tags = append(tags, tagsIn(lastText(a.Arguments.Tags))...)
		}
	}
	return text, tags
}

// lastText is a JSON text, or the last of a list of them: ["channel:all", "Hello"].
func lastText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		return list[len(list)-1]
	}
	return ""
}
