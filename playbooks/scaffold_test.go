package playbooks

import "testing"

func TestScaffold(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds() {
		for _, lang := range []string{"en", "zh", "zh-Hant", "fr"} {
			text, err := Scaffold("lost-luggage", lang, kind)
			if err != nil {
				t.Fatalf("Scaffold(%s, %s): %v", kind, lang, err)
			}
			p, faults := Parse(lang+"/lost-luggage.md", []byte(text))
			for _, f := range faults {
				t.Errorf("%s %s: %s", kind, lang, f)
			}
			if p.ID != "lost-luggage" || p.Lang != lang || p.Kind != kind {
				t.Errorf("got %s %s %s, want lost-luggage %s %s", p.ID, p.Lang, p.Kind, lang, kind)
			}
		}
	}
}

func TestScaffoldRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id, lang string
		kind     Kind
	}{{"Lost Luggage", "en", Scenario}, {"../etc", "en", Scenario}, {"x", "../en", Scenario}, {"x", "", Scenario}, {"x", "en", "story"}} {
		if text, err := Scaffold(tt.id, tt.lang, tt.kind); err == nil {
			t.Errorf("Scaffold(%q, %q, %q) = %q, want an error", tt.id, tt.lang, tt.kind, text)
		}
	}
}
