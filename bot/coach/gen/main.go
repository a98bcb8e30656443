// Command gen trains the built-in library and writes what package coach embeds.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"coachbot/bot/coach"
	"coachbot/playbooks"
)

func main() {
	if err := run("trained"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	set, err := playbooks.Builtin()
	if err != nil {
		return err
	}
	for _, lang := range set.Languages() {
		data, err := coach.Prepare(set, lang)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, lang+".gob.br"), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
