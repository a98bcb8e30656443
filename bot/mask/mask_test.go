package mask

import (
	"os"
	"strings"
	"testing"
)

// TestLabelled holds every labelled row: what must go is gone, what only looks like it stays.
func TestLabelled(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"testdata/en.txt", "testdata/zh.txt"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for line := range strings.Lines(string(data)) {
			cells := strings.SplitN(strings.TrimRight(line, "\n"), " |", 3)
			if strings.HasPrefix(line, "#") || len(cells) < 3 {
				continue
			}
			rows++
			text, want := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
			if want == "" {
				want = text
			}
			if got := All(text); got != want {
				t.Errorf("%s %s\n text %q\n  got %q\n want %q", file, cells[0], text, got, want)
			}
		}
		if rows < 40 {
			t.Errorf("%s has only %d rows", file, rows)
		}
	}
}

// A promise must say to whom it was made: the surname and its title stay.
func TestKeepSurnames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"call Ms Mary Li back on +44 20 7946 0958":  "call Ms Li back on [phone]",
		"call Ms Li back":                           "call Ms Li back",
		"Dr Anna van der Berg":                      "Dr van der Berg",
		"call Mr. J. Smith back":                    "call Mr. Smith back",
		"call Mr O’Brien back":                      "call Mr O'Brien back",
		"给李小红女士回电，13800138000":                      "给李女士回电，[电话]",
		"给李女士回电":                                    "给李女士回电",
		"欧阳先生的订单号88214417":                          "欧阳先生的订单号…4417",
		"my name is Anna Kowalska":                  "my name is [name]",
		"tell mr jones that order 88214417 is sent": "tell mr jones that order …4417 is sent",
	} {
		if got := Text(text, KeepSurnames); got != want {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestHuge(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("李女士的电话13800138000，order 88214417. ", 900)
	got := All(text)
	for _, leak := range []string{"李女士", "13800138000", "88214417"} {
		if strings.Contains(got, leak) {
			t.Errorf("%q is still there", leak)
		}
	}
}

// FuzzMask: what is masked stays as it is when it is masked again, and nothing breaks.
func FuzzMask(f *testing.F) {
	for _, s := range []string{"", "a\xffb", "李女士 13800138000", "Ms Mary Li, order 88214417", "4111 1111 1111 1111 110105194912310021",
		"１３８００１３８０００", "<tel:+1|1> 中山路12弄5号3号楼", "我叫王小明先生", "mr smith mrs jones", "#A12345 #…345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		once := All(s)
		if twice := All(once); twice != once {
			t.Errorf("not stable:\n   of %q\n once %q\ntwice %q", s, once, twice)
		}
	})
}

func BenchmarkMask(b *testing.B) {
	text := "Customer: I waited three weeks, call me on +44 20 7946 0958. Order 88214417. 客户王建国先生要投诉，电话13800138000。"
	b.ReportAllocs()
	for b.Loop() {
		All(text)
	}
}
