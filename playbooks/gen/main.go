// Command gen packs a folder of texts into the file that travels inside the program.
package main

import (
	"fmt"
	"os"

	"coachbot/playbooks/bundle"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: gen FOLDER FILE")
	}
	data, err := bundle.Pack(os.DirFS(args[0]))
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], data, 0o644)
}
