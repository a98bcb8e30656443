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
	"strings"
	unicodetable "unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Reply is one canned reply.
type Reply struct {
	Sheet string // of an XLSX with several; else ""
	Row   int    // in the file, from 1, as a spreadsheet numbers it
	Title string
	Body  string
	Tags  []string
}

// maxReplies is more than any help desk has.
const maxReplies = 20_000

// page is one table of a file.
type page struct {
	name string
	rows [][]string
}

// Read reads a CSV (separated by commas, semicolons or tabs; UTF-8, UTF-16,
// GB18030, Big5 or Windows-1252) or the sheets of an XLSX file. One of the first
// rows names the columns.
func Read(name string, data []byte) ([]Reply, error) {
	var pages []page
	var err error
	switch what := bytes.TrimLeft(data, "\ufeff \t\r\n"); {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		pages, err = sheets(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		err = errors.New("it is an XLS of old Excel, or locked with a password; save it as XLSX or CSV")
	case bytes.HasPrefix(what, []byte("<")):
		err = errors.New("it is a web page or XML, whatever its name says; open it in a spreadsheet and save it as XLSX or CSV")
	case bytes.HasPrefix(what, []byte("{")) || bytes.HasPrefix(what, []byte("[")):
		err = errors.New("it is JSON; bring it into a CSV with the columns title and body (or actions)")
	default:
		pages, err = table(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	var list []Reply
	found := 0
	for _, pg := range pages {
		c, ok := columnsOf(pg.rows)
		if !ok {
			continue
		}
		found++
		for i, row := range pg.rows[c.head+1:] {
			r := c.reply(row)
			r.Row = c.head + i + 2
			if len(pages) > 1 {
				r.Sheet = pg.name
			}
			if r.Title == "" && r.Body == "" {
				continue
			}
			if list = append(list, r); len(list) > maxReplies {
				return nil, fmt.Errorf("%s has more than %d replies; import it in parts", name, maxReplies)
			}
		}
	}
	if found == 0 {
		for _, pg := range pages {
			if len(pg.rows) > 0 {
				return nil, fmt.Errorf("%s has no column with the replies: name one of its columns body, title and tags the others (it has %s)",
					name, strings.Join(pg.rows[0], ", "))
			}
		}
		return nil, fmt.Errorf("%s is empty", name)
	}
	return list, nil
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

// sheets reads those that are shown. A cell merged over several rows counts in each.
func sheets(data []byte) ([]page, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 256 << 20})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var pages []page
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err != nil || !shown {
			continue
		}
		rows, err := f.GetRows(name)
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
		merged, err := f.GetMergeCells(name)
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
		for _, m := range merged {
			fillDown(rows, m)
		}
		pages = append(pages, page{name, rows})
	}
	if len(pages) == 0 {
		return nil, errors.New("it has no sheet")
	}
	return pages, nil
}

// fillDown writes the value of a merged cell into its rows.
func fillDown(rows [][]string, m excelize.MergeCell) {
	col, from, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
	_, to, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
	if err1 != nil || err2 != nil {
		return
	}
	for r := from; r < to && r < len(rows); r++ { // the first row has it
		for len(rows[r]) < col {
			rows[r] = append(rows[r], "")
		}
		if rows[r][col-1] == "" {
			rows[r][col-1] = m.GetCellValue()
		}
	}
}

func table(data []byte) ([]page, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(first, "sep=") { // a note for Excel
		text = rest
	}
	rows, _, err := records(text, false)
	var wrong *csv.ParseError
	if errors.As(err, &wrong) { // a quotation mark where none should be
		var last int
		rows, last, err = records(text, true)
		if err == nil && errors.Is(wrong.Err, csv.ErrQuote) && wrong.StartLine == last && strings.Count(strings.TrimSpace(text), "\n") >= last {
			err = fmt.Errorf("the quotation mark in line %d has no end; close it", last)
		}
	}
	if err != nil {
		return nil, err
	}
	return []page{{rows: rows}}, nil
}

// records reads a CSV; last is the line in which the last record begins.
func records(text string, lazy bool) (rows [][]string, last int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, lazy
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, last, nil
		}
		if err != nil {
			return nil, last, err
		}
		rows = append(rows, row)
		last, _ = r.FieldPos(0)
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
	for _, x := range likely(data) {
		if out, err := x.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return string(out), nil
		}
	}
	return "", errors.New("it is neither UTF-8 nor GB18030, Big5 or Windows-1252; save it as CSV UTF-8")
}

// likely are the encodings that data may be in, the likeliest first. Letters with
// accents and curly quotation marks stand alone; Chinese characters are pairs of
// bytes, whose second is below 0x80 often in Big5 and hardly ever in GB18030.
func likely(data []byte) []encoding.Encoding {
	pairs, low, alone, chained, last := 0, 0, 0, 0, -2
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		if i+1 < len(data) && data[i+1] >= 0x40 && data[i] >= 0x81 {
			pairs++
			if data[i+1] < 0x80 {
				low++
			}
			if last == i-2 {
				chained++
			}
			last = i
			i++
			continue
		}
		alone++
	}
	switch {
	case alone > pairs || 4*chained < pairs:
		return []encoding.Encoding{charmap.Windows1252}
	case 8*low > pairs:
		return []encoding.Encoding{traditionalchinese.Big5, simplifiedchinese.GB18030}
	}
	return []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5}
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
