package canned_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"coachbot/playbooks"
	"coachbot/playbooks/canned"
)

var update = flag.Bool("update", false, "write the golden file anew")

func macros(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "macros.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func builtin(t testing.TB) *playbooks.Set {
	t.Helper()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func options(t testing.TB) canned.Options {
	return canned.Options{
		Set: builtin(t),
		Place: func(title string, _ []string, _ string) (string, bool) {
			return "late-delivery", strings.Contains(title, "Late")
		},
		Forbidden: func(text string) []canned.Forbidden {
			if strings.Contains(text, "I don't know") {
				return []canned.Forbidden{{ID: "dont-know", Text: "I don't know", Instead: "Let me find out."}}
			}
			return nil
		},
	}
}

// What becomes of an export: where each reply went, what was left out and why,
// and each new draft as it is written.
func TestDrafts(t *testing.T) {
	t.Parallel()
	list, err := canned.Read("macros.csv", macros(t))
	if err != nil {
		t.Fatal(err)
	}
	r := canned.Drafts(list, options(t))
	var b strings.Builder
	for _, p := range r.Placed {
		fmt.Fprintf(&b, "row %d %s -> %s, %d phrases, new %t\n", p.Row, p.Title, p.File, p.Added, p.New)
	}
	for _, l := range r.Left {
		fmt.Fprintf(&b, "row %d left out %q: %s\n", l.Row, l.Text, l.Why)
	}
	for _, d := range r.Drafts {
		if d.New {
			fmt.Fprintf(&b, "=== %s\n%s", d.Playbook.File, d.Playbook.Markdown())
		}
	}
	golden := filepath.Join("testdata", "macros.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A draft of a playbook that there is keeps everything of it and reads back.
func TestDraftOfAKnownPlaybookIsWhole(t *testing.T) {
	t.Parallel()
	list, err := canned.Read("macros.csv", macros(t))
	if err != nil {
		t.Fatal(err)
	}
	o := options(t)
	old, _ := o.Set.ByID("late-delivery", "en")
	before := old.Markdown()
	for _, d := range canned.Drafts(list, o).Drafts {
		if d.New {
			continue
		}
		p, faults := playbooks.Parse(d.Playbook.File, []byte(d.Playbook.Markdown()))
		if len(faults) > 0 || p.ID != "late-delivery" || len(p.Examples) != len(old.Examples) {
			t.Errorf("the draft reads back as %s with %d examples, faults %v", p.ID, len(p.Examples), faults)
		}
	}
	if old.Markdown() != before {
		t.Error("the playbook in use was changed")
	}
}

// The same table, as spreadsheets and help desks write it.
func TestReadForms(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"名称", "内容", "标签"}, {"退款", "我马上为您查询，请放心。", "退款,进度"}, {"改期", "可以改到周五。", ""}}
	join := func(by string) string {
		var b strings.Builder
		for _, r := range rows {
			for i, c := range r {
				if i > 0 {
					b.WriteString(by)
				}
				b.WriteString(`"` + c + `"`)
			}
			b.WriteString("\r\n")
		}
		return b.String()
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(join(","))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(join("\t"))
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	for i, r := range rows {
		for j, c := range r {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellValue("Sheet1", at, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	var xlsx bytes.Buffer
	if err := book.Write(&xlsx); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"commas": join(","), "semicolons": join(";"), "a byte order mark": "\ufeff" + join(","), "GB18030": gb, "UTF-16 with tabs": utf16, "XLSX": xlsx.String(),
	} {
		list, err := canned.Read(name, []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(list) != 2 || list[0].Row != 2 || list[0].Title != "退款" || list[0].Body != "我马上为您查询，请放心。" || len(list[0].Tags) != 2 || list[1].Title != "改期" {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"":                             "is empty",
		"title,body\nx,\"one\ny,two\n": "the quotation mark in line 2 has no end",
		"\xd0\xcf\x11\xe0\xa1\xb1":     "an XLS of old Excel",
		" <html><table>":               "a web page",
		"{\"macros\": []}":             "it is JSON",
		"a,b\n1,2\n":                   "no column with the replies",
		"body\n\x81\x81\x90\n":         "neither UTF-8 nor GB18030",
		"PK\x03\x04zip":                "cannot be read",
	} {
		if _, err := canned.Read("x", []byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", data, err, want)
		}
	}
}

// Quotation marks that do not belong there cost no row.
func TestReadStrayQuotes(t *testing.T) {
	t.Parallel()
	list, err := canned.Read("x.csv", []byte("title,body\nscreen,A 6\" screen is on its way.\nodd,\"He said \"yes\" to us.\"\nlast,Fine.\n"))
	if err != nil || len(list) != 3 || list[0].Body != `A 6" screen is on its way.` || list[2].Title != "last" {
		t.Errorf("got %+v, %v", list, err)
	}
}

// Whatever a table holds, a draft made of it is read back without a fault that
// lies in a phrase.
// Placeholders say what they are by their last words: the name on an order is no order number.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for holder, want := range map[string]string{
		"{{order.billing_address.first_name}}": "{customer}", "{{ticket.customer.integrations[0].orders[0].name}}": "{order}", "{{order.number}}": "{order}",
		"{{order.created_at}}": "{date}", "{{order_date}}": "{date}", "{{order.total_price}}": "{amount}", "{{ticket.requester.first_name}}": "{customer}",
		"{{agent.first_name}}": "{agent}", "【下单时间】": "{date}", "【订单号】": "{order}", "【客户姓名】": "{customer}", "{{agent.email}}": "{agent}",
		"{{ticket.requester.email}}": "{contact}", "{{customer.phone}}": "{contact}", "【客户电话】": "{contact}", "{{ticket.updated_at}}": "{date}",
	} {
		list, err := canned.Read("one.csv", []byte("title,body\nOne,\"This is all about "+holder+" of today.\"\n"))
		if err != nil {
			t.Fatal(err)
		}
		r, got := canned.Drafts(list, options(t)), ""
		for _, d := range r.Drafts {
			for _, phrases := range d.Playbook.Steps {
				got = phrases[0].Text
			}
		}
		if !strings.Contains(got, " "+want+" ") {
			t.Errorf("%s: %q, left out %v; want %q", holder, got, r.Left, want)
		}
	}
}

// Every phrase of a draft is a whole sentence: what ends with a quotation or in brackets gets its end mark.
func TestPhrasesEnd(t *testing.T) {
	t.Parallel()
	const table = "title,body\nSteps,\"Please press the button that says “Confirm my order”\"\nSteps,Your parcel is on its way (we checked it today)\n" +
		"Steps,\"She told me “it is fixed.”\"\nSteps,请您在订单页面点击“确认收货”\nSteps,我们会在三天内处理（节假日除外）\nSteps,他说“已经修好了。”\nSteps,(see below)\n"
	list, err := canned.Read("quotes.csv", []byte(table))
	if err != nil {
		t.Fatal(err)
	}
	r := canned.Drafts(list, options(t))
	folder, added := fstest.MapFS{}, 0
	for _, d := range r.Drafts {
		folder[d.Playbook.File] = &fstest.MapFile{Data: []byte(d.Playbook.Markdown())}
		added += d.Added
	}
	faults, err := playbooks.Lint(folder, playbooks.LintOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if strings.Contains(f.Message, "end mark") {
			t.Errorf("%s in\n%s", f, folder[f.File].Data)
		}
	}
	if added != 6 || len(r.Left) != 1 {
		t.Errorf("%d phrases, left out %v; want all but the last", added, r.Left)
	}
}

func FuzzDrafts(f *testing.F) {
	f.Add("Title,Body\nx,\"Hello {{a}} [b] {c}. Bye!\"\n")
	f.Add("body,tags\n\"- one\n- two. {order}\n## offer\",x y\n")
	f.Add("内容\n【姓名】您好！{{order.id}}已经发出。\n")
	set := builtin(f)
	f.Fuzz(func(t *testing.T, table string) {
		list, err := canned.Read("fuzz", []byte(table))
		if err != nil || len(list) > 20 {
			return
		}
		for _, d := range canned.Drafts(list, canned.Options{Set: set}).Drafts {
			p, faults := playbooks.Parse(d.Playbook.File, []byte(d.Playbook.Markdown()))
			for _, fault := range faults {
				t.Errorf("%s\n%s", fault, d.Playbook.Markdown())
			}
			n := 0
			for _, step := range playbooks.Steps() {
				n += len(p.Steps[step])
			}
			if n != d.Added {
				t.Errorf("%d phrases read back of %d", n, d.Added)
			}
		}
	})
}
