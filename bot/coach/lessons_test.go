package coach

import "testing"

func TestLessons(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	const text = "Customer is furious, his parcel is three weeks late and nobody at the depot picks up"
	before := e.Advise(Message{Text: text})
	if before.Playbooks[0].ID != "late-delivery" || !before.Escalation {
		t.Fatalf("before: %v %v", before.Escalation, before.Playbooks)
	}
	picked := e.Learn([]Lesson{
		{"Customer furious, parcel three weeks late, nobody at the depot picks up the phone", "repeat-contact"},
		{"客户的包裹晚了三周", "long-wait"}, {"a playbook that is gone", "no-such-one"}, {"🙂", "long-wait"}})
	if got := e.Advise(Message{Text: text, Lessons: picked}); got.Playbooks[0].ID != "repeat-contact" {
		t.Errorf("after a colleague picked another playbook: %v", got.Playbooks)
	}
	if got := e.Advise(Message{Text: "The kettle she bought on Monday leaks and she wants a new one", Lessons: picked}); got.Playbooks[0].ID != "defective-product" {
		t.Errorf("a lesson on something else moved %v", got.Playbooks)
	}
	none := e.Learn([]Lesson{{text, ""}})
	if got := e.Advise(Message{Text: text, Lessons: none}); got.Escalation {
		t.Errorf("after somebody said that it is no case: confidence %v", got.Confidence)
	}
	again := e.Learn([]Lesson{{text, "late-delivery"}, {text, ""}})
	if got := e.Advise(Message{Text: text, Lessons: again}); !got.Escalation {
		t.Errorf("of two lessons on the same words the newest counts: confidence %v", got.Confidence)
	}
}
