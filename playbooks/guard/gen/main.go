// Command gen makes learned.br of package guard from its labelled drafts and, as
// what good replies say, the words of the built-in playbooks:
//
//	go generate ./playbooks/guard
package main

import (
	"fmt"
	"os"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
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
	rows, err := guard.LabelledRows()
	if err != nil {
		return err
	}
	set, err := playbooks.Builtin()
	if err != nil {
		return err
	}
	data, err := guard.Learn(rows, set.Said())
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], data, 0o644)
}
