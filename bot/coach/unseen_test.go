package coach

import "testing"

// TestUnseen holds the aims on messages that nothing learned from and no word was mended
// by: testdata/cases-unseen.jsonl was written by the labelling guide alone, and stays apart.
func TestUnseen(t *testing.T) {
	t.Parallel()
	rows := readRows[labelled](t, "testdata/cases-unseen.jsonl")
	by := measure(rows, newEngine(t).reader())
	type aim struct {
		name  string
		share float64
	}
	all := []aim{{"hit@1", 0.85}, {"hit@3", 0.95}, {"F1", 0.95}, {"specificity", 0.95}, {"within one", 0.97}}
	for group, aims := range map[string][]aim{
		"all": all, "en": {{"hit@1", 0.80}, {"hit@3", 0.93}}, "zh": {{"hit@1", 0.80}, {"hit@3", 0.93}},
		"verbatim": {{"hit@1", 0.75}}, "quoted": {{"hit@1", 0.75}}, "reported": {{"hit@1", 0.75}},
		"terse": {{"hit@1", 0.75}}, "long": {{"hit@1", 0.75}}, "noisy": {{"hit@1", 0.75}},
	} {
		figures := make(map[string]figure)
		for _, f := range by[group].figures() {
			figures[f.name] = f.figure
		}
		for _, a := range aims {
			t.Logf("%s: %s %.3f of %d rows", group, a.name, figures[a.name].Share, figures[a.name].Rows)
			if figures[a.name].Share < a.share {
				t.Errorf("%s: %s is %.3f of %d rows, the aim is %.2f", group, a.name, figures[a.name].Share, figures[a.name].Rows, a.share)
			}
		}
		if by[group].graveAsLow > 0 {
			t.Errorf("%s: %d critical ones are read as low", group, by[group].graveAsLow)
		}
	}
}
