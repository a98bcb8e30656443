package blocks

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every sentence is there in every language, and every map has the same keys.
func TestWordsAreComplete(t *testing.T) {
	t.Parallel()
	for lang, w := range map[string]*words{"en": english(), "zh": chinese()} {
		complete(t, lang, reflect.ValueOf(*w))
		for _, r := range Reasons() {
			if w.reason[r] == "" {
				t.Errorf("%s: no words for the reason %s", lang, r)
			}
		}
	}
	if en, zh := keys(reflect.ValueOf(*english())), keys(reflect.ValueOf(*chinese())); !slices.Equal(en, zh) {
		t.Errorf("the languages differ in their keys:\nen %v\nzh %v", en, zh)
	}
}

func complete(t *testing.T, at string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			t.Errorf("%s is empty", at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			complete(t, at+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			complete(t, fmt.Sprintf("%s[%d]", at, i), v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			complete(t, at+"["+k.String()+"]", v.MapIndex(k))
		}
	default:
		t.Errorf("%s is a %s", at, v.Kind())
	}
}

func keys(v reflect.Value) []string {
	var all []string
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Map {
			for _, k := range f.MapKeys() {
				all = append(all, v.Type().Field(i).Name+"."+k.String())
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestWordsIn(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"": "en", "en": "en", "en-GB": "en", "fr": "en", "zh": "zh", "zh-CN": "zh", "zh_Hant": "zh", "ZH-tw": "zh"} {
		if got := wordsIn(lang).lang; got != want {
			t.Errorf("wordsIn(%q) is %s, want %s", lang, got, want)
		}
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		got  Message
		want string
	}{
		{"without its optional part", Say("en", MissingScope), "I lack a permission in this workspace. An admin can grant it by reinstalling the app."},
		{"with it", Say("en", MissingScope, "im:write"), "I lack a permission in this workspace (im:write). An admin can grant it by reinstalling the app."},
		{"a channel and a number", Say("zh", QuietWeekOver, "<#C1>", 3), "<#C1> 的静默关注满一周了，期间看到的棘手情况：3 起。请在那里用 `/coach 关注` 开启，或用 `/coach 取消关注` 关闭。"},
		{"no mention comes in", Say("en", Later, "<!channel>"), "“&lt;!channel&gt;” doesn't work in this version yet. `/coach help` lists what does."},
		{"an unknown sentence", Say("en", sentences+3), Say("en", Failed).Text},
		{"placeholders in an argument", Say("en", Later, "{1}[x]"), "“1x” doesn't work in this version yet. `/coach help` lists what does."},
	} {
		if c.got.Text != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got.Text, c.want)
		}
		if err := Valid(c.got); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if text := Say("zh", QuietWeekOver).Text; strings.ContainsAny(text, "{}[]") {
		t.Errorf("an unfilled place shows: %s", text)
	}
}

// A playbook in another language says in which: it is English to nobody but the English.
func TestHitsSayTheirLanguage(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ reader, lang, want string }{
		{"zh", "en", "(英文)"}, {"en", "zh", "(in Chinese)"}, {"zh", "ja", "(ja)"}, {"en", "ja", "(ja)"},
		{"ja", "ja", ""}, {"zh-Hant", "zh", ""}, {"zh", "zh-Hant", ""}, {"en", "en", ""}, {"en", "en-GB", ""},
	} {
		text := PlaybookHits(x.reader, "", []Hit{{ID: "a", Lang: x.lang, Title: "T"}}).Text
		if got := strings.Contains(text, "("); x.want == "" && got || !strings.Contains(text, x.want) {
			t.Errorf("a playbook in %s for who reads %s: %q, want %q", x.lang, x.reader, text, x.want)
		}
	}
}
