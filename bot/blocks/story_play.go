package blocks

import "coachbot/store"

// playStories are what an agent sees of a role play.
func playStories(s sample) map[string]Message {
	feedback := func(end string, done bool, slips ...PlaySlip) Message {
		f := PlayFeedback{Lang: s.lang, End: end, Play: store.RolePlay{Kind: "agitated", Personality: "eagle"}, Slips: slips}
		for _, step := range []string{"empathise", "clarify", "apologise", "offer", "commit"} {
			f.Steps = append(f.Steps, PlayStep{Step: step, Done: done || step == "apologise", Say: s.repair[0]})
			if done && step != "commit" {
				f.Steps[len(f.Steps)-1].Yours = s.repair[0]
			}
		}
		return f.Message()
	}
	return map[string]Message{
		"card-drafted":    CardDrafted(s.lang, "help-1", s.question),
		"check-rewritten": CheckRewritten(s.lang, nil, nil, s.repair[0]),
		"play-start":      PlayStart(s.lang, s.card.Title, s.hits[0].Summary),
		"play-line":       PlayLine(s.lang, "T024BE7LD.D024BE91L.1700000000.000100", s.hits[0].Summary),
		"play-calm":       feedback("calm", true),
		"play-left":       feedback("left", false, PlaySlip{Code: "dont-know", Instead: s.repair[0]}, PlaySlip{Code: "solution-first"}, PlaySlip{Code: "vague"}),
		"play-long":       feedback("long", false, PlaySlip{Code: "long"}, PlaySlip{Code: "nothing-said"}, PlaySlip{Code: "pressing"}),
		"play-stopped":    feedback("byhand", false),
	}
}
