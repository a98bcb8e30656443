package bot

import (
	"context"
	"slices"

	"coachbot/bot/digest"
	"coachbot/store"
)

// countSlips counts the forbidden phrases of one check by phrase and day for the
// team, never for the person. key names the check: it counts once.
func (a *App) countSlips(ctx context.Context, channel, user, key string, phrases []string) error {
	if len(phrases) == 0 {
		return nil
	}
	t, err := a.teamFor(ctx, channel, user)
	if err != nil {
		return err
	}
	if in, err := a.inTeam(ctx, t, user); err != nil || !in {
		return err
	}
	now, key := a.now(), hashOf(key) // a key says who checked; slips are nobody's
	_, err = a.store.UpdateSlips(ctx, a.self.Workspace, t.ID, digest.Day(t, now), func(s *store.Slips) error {
		if slices.Contains(s.Seen, key) {
			return nil
		}
		if s.Counts == nil {
			s.Counts = map[string]int{}
		}
		for _, p := range phrases {
			s.Counts[p]++
		}
		s.Seen = append(s.Seen, key)
		s.Seen = s.Seen[max(0, len(s.Seen)-store.MaxSeen):]
		s.At = now
		return nil
	})
	if err != nil {
		return err
	}
	return a.teamHomes(ctx, t.ID)
}

// checkedFor counts what a check of a draft found.
func (a *App) checkedFor(ctx context.Context, channel, user, key, draft string) error {
	var phrases []string
	for _, f := range a.guard.Check(draft) {
		phrases = append(phrases, f.Phrase)
	}
	return a.countSlips(ctx, channel, user, key, phrases)
}
