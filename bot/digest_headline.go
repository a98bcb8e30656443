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
	line, err := a.ai.Headline(ctx, a.bookLang(d.Lang), headlineFrom(d))
	if err != nil {
		return d
	}
	d.Summary, d.AI = line, blocks.HeadlineByAI(d.Lang)
	return d
}

// headlineFrom are the lines that a headline is made from: what the digest says of the
// period, without the drill, addresses and people.
func headlineFrom(d blocks.Digest) (facts []string) {
	d.Drill, d.Names = nil, false
	for _, line := range strings.Split(d.Message().Text, "\n") {
		if line = strings.Trim(plainWords(line), "*• "); line != "" && len(facts) < headlineFacts {
			facts = append(facts, line)
		}
	}
	return facts
}
