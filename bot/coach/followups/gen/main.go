// Command gen makes learned.br of package followups from the labelled messages of
// coach/testdata:
//
//	go generate ./bot/coach/followups
package main

import (
	"fmt"
	"os"

	"coachbot/bot/coach/followups"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: gen OUTPUT.br")
	}
	var rows []followups.Row
	for _, half := range followups.Taught {
		f, err := os.Open("../testdata/followups-" + half + ".jsonl")
		if err != nil {
			return err
		}
		some, err := followups.ReadRows(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name(), err)
		}
		if err := f.Close(); err != nil {
			return err
		}
		rows = append(rows, some...)
	}
	data, err := followups.Learn(rows)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], data, 0o644)
}
