// Command gen makes learned.br of package llm from the labelled answers in
// testdata and the phrases of the built-in playbooks:
//
//	go generate ./bot/llm
package main

import (
	"fmt"
	"os"

	"coachbot/bot/llm"
	"coachbot/playbooks"
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
	var answers []llm.Answer
	for _, path := range []string{"testdata/answers.jsonl", "testdata/taught.jsonl"} {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		some, err := llm.ReadAnswers(f)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := f.Close(); err != nil {
			return err
		}
		answers = append(answers, some...)
	}
	set, err := playbooks.Builtin()
	if err != nil {
		return err
	}
	data, err := llm.Learn(answers, set)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], data, 0o644)
}
