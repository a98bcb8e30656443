// Package canned reads a help desk's canned replies (macros, saved replies,
// quick texts) into drafts of playbooks. It sorts what it can by step, turns the
// help desk's placeholders into slots, keeps forbidden phrases out, and reports
// everything that it left out and why.
package canned

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	unicodetable "unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Reply is one canned reply.
type Reply struct {
	Row   int // in the file, from 1, as a spreadsheet numbers it
	Title string
	Body  string
	Tags  []string
}

// maxReplies is more than any help desk has.
const maxReplies = 20_000

// Read reads a CSV (separated by commas, semicolons or tabs; UTF-8, UTF-16 or
// GB18030) or the first sheet of an XLSX file. The first row names the columns.
func Read(name string, data []byte) ([]Reply, error) {
	var rows [][]string
	var err error
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		rows, err = sheet(data)
	} else {
		rows, err = table(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", name)
	}
	title, body, tags := column(rows[0], titleNames()), column(rows[0], bodyNames()), column(rows[0], tagNames())
	if body < 0 {
		return nil, fmt.Errorf("%s has no column with the replies: name one of its columns body, title and tags the others (it has %s)",
			name, strings.Join(rows[0], ", "))
	}
	var list []Reply
	for i, row := range rows[1:] {
		r := Reply{Row: i + 2, Title: cell(row, title), Body: cell(row, body)}
		for _, tag := range strings.FieldsFunc(cell(row, tags), func(c rune) bool { return strings.ContainsRune(",;|，；、\n", c) }) {
			if tag = strings.TrimSpace(tag); tag != "" {
				r.Tags = append(r.Tags, tag)
			}
		}
		if r.Title == "" && r.Body == "" {
			continue
		}
		if list = append(list, r); len(list) > maxReplies {
			return nil, fmt.Errorf("%s has more than %d replies; import it in parts", name, maxReplies)
		}
	}
	return list, nil
}

func titleNames() []string {
	return []string{"title", "name", "macro", "macro title", "subject", "shortcut", "标题", "名称", "主题", "快捷语"}
}

func bodyNames() []string {
	return []string{"body", "content", "text", "reply", "message", "comment", "comment_value", "comment_value_html", "actions", "template", "html", "description",
		"内容", "正文", "回复", "话术", "文本"}
}

func tagNames() []string {
	return []string{"tags", "tag", "labels", "category", "categories", "folder", "group", "标签", "分类", "分组", "类别"}
}

// column finds the column of one of the names, the first name that there is.
func column(head, names []string) int {
	for _, name := range names {
		if i := slices.IndexFunc(head, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) }); i >= 0 {
			return i
		}
	}
	return -1
}

func cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && !unicodetable.IsPrint(r) && !unicodetable.IsSpace(r) { // shows nothing, and a playbook refuses it
			return -1
		}
		return r
	}, strings.ToValidUTF8(row[i], "")))
}

func sheet(data []byte) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 256 << 20})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, errors.New("it has no sheet")
	}
	return f.GetRows(names[0])
}

func table(data []byte) ([][]string, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// decode brings the encodings that spreadsheets save in to UTF-8.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		return string(out), err
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", errors.New("it is neither UTF-8 nor GB18030; save it as CSV UTF-8")
	}
	return string(out), nil
}

// separator is the mark that the first line has most of.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(head, string(c)) > strings.Count(head, string(best)) {
			best = c
		}
	}
	return best
}
