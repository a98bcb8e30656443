package llm

import (
	"context"
	"slices"

	"coachbot/playbooks"
	"coachbot/prompts"
)

const readSchema = `{"type":"object","properties":{"playbooks":{"type":"array","items":{"type":"string"}},"severity":{"type":"string"}},"required":["playbooks","severity"],"additionalProperties":false}`

// readOutput is what a reading may cost in tokens of the answer.
const readOutput = 80

// Reading is the service's judgement of a case.
type Reading struct {
	Playbooks []string // ids of those offered, the best first
	Severity  string
}

// Read judges which of a few playbooks fits a case, and how severe it is.
func (s *Service) Read(ctx context.Context, lang, text string, offered []playbooks.Playbook) (Reading, error) {
	in := prompts.ReadInput{Severities: playbooks.Severities(), Case: shortened(s.o.Mask(text), 1200)}
	for _, p := range offered {
		in.Candidates = append(in.Candidates, prompts.Candidate{ID: p.ID, Title: p.Title, Summary: p.Summary})
	}
	var out Reading
	err := s.do(ctx, errand{task: prompts.Read, lang: lang, tokens: readOutput, schema: readSchema,
		prompt: func(wrong []string) prompts.Input { in.Wrong = wrong; return in },
		read: func(answer string) faults {
			var got struct {
				Playbooks []string `json:"playbooks"`
				Severity  string   `json:"severity"`
			}
			if !decode(answer, &got) {
				return faults{{code: faultSchema}}
			}
			out = Reading{Severity: got.Severity}
			for _, id := range got.Playbooks {
				if !slices.ContainsFunc(offered, func(p playbooks.Playbook) bool { return p.ID == id }) {
					return faults{{code: faultChoice}}
				}
				if !slices.Contains(out.Playbooks, id) {
					out.Playbooks = append(out.Playbooks, id)
				}
			}
			if len(out.Playbooks) == 0 || !slices.Contains(playbooks.Severities(), got.Severity) {
				return faults{{code: faultChoice}}
			}
			return nil
		}})
	return out, err
}
