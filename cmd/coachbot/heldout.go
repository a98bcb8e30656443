package main

import (
	"fmt"

	"coachbot/bot/coach"
)

// maxConfusions is how many of the most frequent mistakes are printed a language.
const maxConfusions = 10

// printHeldOut ranks each example by an engine that did not see it and prints how well that went.
func (p *program) printHeldOut(k knowledge) error {
	results, err := coach.HeldOut(k.set, coach.DefaultFolds)
	if err != nil {
		return usageError("the examples cannot be ranked: %v", err)
	}
	for _, r := range results {
		fmt.Fprintf(p.out, "%s  %d examples, held out in %d parts  hit@1 %.3f  hit@3 %.3f  MRR %.3f  found as a case %.3f\n",
			r.Lang, r.Examples, r.Folds, r.Hit1, r.Hit3, r.MRR, r.Found)
		if r.None > 0 {
			fmt.Fprintf(p.out, "    %d messages that are no case, left alone %.3f\n", r.None, r.Quiet)
		}
		for _, c := range r.Confusions[:min(len(r.Confusions), maxConfusions)] {
			fmt.Fprintf(p.out, "    %3d of %s ranked as %s\n", c.Count, c.Want, c.Got)
		}
	}
	return nil
}
