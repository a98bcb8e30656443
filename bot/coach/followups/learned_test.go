package followups

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func rowsIn(t *testing.T, halves ...string) (list []Row) {
	t.Helper()
	for _, half := range halves {
		f, err := os.Open("../testdata/followups-" + half + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		some, err := ReadRows(f)
		if err != nil {
			t.Fatalf("%s: %v", half, err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		list = append(list, some...)
	}
	return list
}

// What held-out messages must reach, in percent: read rightly, and taken for over when they are not.
const (
	heldRight = 80
	heldOver  = 3
)

// TestLearned holds out a tenth of the labelled messages in turn and reads them by
// what is learned from the others. -v lists what goes wrong.
func TestLearned(t *testing.T) {
	t.Parallel()
	if testing.Short() || underRace {
		t.Skip("ten trainings, minutes under the race detector and no goroutine in them: .ci/run calls this test without it")
	}
	const folds = 10
	rows := rowsIn(t, Taught[:]...)
	right, over, all := make(map[string]int), make(map[string]int), make(map[string]int)
	for k := range folds {
		var known, held []Row
		for i, row := range rows {
			if i%folds == k {
				held = append(held, row)
			} else {
				known = append(known, row)
			}
		}
		r := learn(known)
		for _, row := range held {
			all[row.Lang]++
			turn, ahead := r.scores(features(row.Text, row.Author)).Best()
			if turn == row.Turn {
				right[row.Lang]++
				continue
			}
			if turn == "calmed" && ahead >= OverFrom {
				over[row.Lang]++
			}
			t.Logf("%s: %s by %.2f, labelled %s: %q", row.ID, turn, ahead, row.Turn, row.Text)
		}
	}
	for lang, n := range all {
		t.Logf("%s: held out, %d of %d are read rightly, %d wrongly taken for over", lang, right[lang], n, over[lang])
		if right[lang]*100 < n*heldRight || over[lang]*100 > n*heldOver {
			t.Errorf("%s: fewer than %d %% are read rightly, or more than %d %% are wrongly taken for over", lang, heldRight, heldOver)
		}
	}
}

// TestLearnedIsMade holds learned.br against the messages and words that it was made of.
func TestLearnedIsMade(t *testing.T) {
	t.Parallel()
	if want, got := digestOf(rowsIn(t, Taught[:]...)), theReader().Made; got != want {
		t.Errorf("learned.br was made of the messages and words %s, today's are %s; run go generate ./bot/coach/followups", got, want)
	}
	if most := 60_000; len(learnedFile) > most {
		t.Errorf("learned.br has %d bytes, more than %d", len(learnedFile), most)
	}
}

// No message that judges may have been learned from.
func TestTaughtApart(t *testing.T) {
	t.Parallel()
	known := make(map[string]string)
	for _, row := range rowsIn(t, Taught[:]...) {
		known[strings.ToLower(row.Text)] = row.ID
	}
	for _, row := range rowsIn(t, "fresh", "unseen") {
		if id := known[strings.ToLower(row.Text)]; id != "" {
			t.Errorf("%s says what %s says: %q", row.ID, id, row.Text)
		}
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"not any happier i'm afraid": "NOT any SOUR US afraid",
		"she isn't angry any more":   "WHO NOT EASED any more",
		"no, she is happy":           "NOT , WHO ASK MILD",
		"thanks:tada:":               "MILD :tada:",
		"一点都不高兴":                     "一 点 都 NOT SOUR",
		"一点都不满意":                     "一 点 都 HOT",
		"她不生气了":                      "WHO MILD 了",
		"ta说ok了":                     "ta 说 MILD 了",
	} {
		if got := strings.Join(negated(kindsIn(said)), " "); got != want {
			t.Errorf("%q: got %s, want %s", said, got, want)
		}
	}
	if got := clausesOf([]string{"HOT", "THEN", ",", ",", "NOW", "MILD", ","}); len(got) != 2 || !slices.Equal(got[1], []string{"NOW", "MILD"}) {
		t.Errorf("got %v", got)
	}
	if got := clausesOf(nil); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestReadRows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"id":"x","turn":"happy"}`:            `labelled message x: no turn "happy"`,
		`{"id":"x","turn":"calmed"}` + "\n{oh": "labelled message 2: invalid character 'o' looking for beginning of object key string",
	} {
		if _, err := ReadRows(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A message of marks alone, of none, or in no encoding is read as well.
func TestReadAnything(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "?!", "\xff\xfe", "\xe4\xbd", ":+1:", strings.Repeat("他说:tada:", 900)} {
		if turn, ahead := Read(text, true).Best(); !slices.Contains(Turns[:], turn) || ahead < 0 {
			t.Errorf("%q: got %s by %v", text, turn, ahead)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read("she was furious yesterday, totally fine this morning. 昨天还骂人呢，今天没事了", true)
	}
}
