package bot

import (
	"context"
	"strings"

	"coachbot/bot/blocks"
)

// headlineFacts is how many lines of a digest its headline is made from.
const headlineFacts = 24

// headlined lets an AI service write the line over a digest, from what the digest
// says itself. Without one, or when its line fails the checks, the rules' line stands.
func (a *App) headlined(ctx context.Context, d blocks.Digest) blocks.Digest {
	if a.ai == nil || d.Digest.Quiet {
		return d
	}
	var facts []string
	for _, line := range strings.Split(d.Message().Text, "\n") {
		if line = strings.TrimSpace(line); line != "" && len(facts) < headlineFacts {
			facts = append(facts, line)
		}
	}
	line, err := a.ai.Headline(ctx, a.bookLang(d.Lang), facts)
	if err != nil {
		return d
	}
	d.Summary, d.AI = line, blocks.HeadlineByAI(d.Lang)
	return d
}
