package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// maxInput bounds what is read from standard input for one text, in bytes.
const maxInput = 1 << 20

// text is the text to work on: the arguments, else standard input.
func (p *program) text(args []string) (string, error) {
	if len(args) > 0 {
		return strings.Join(args, " "), nil
	}
	data, err := io.ReadAll(io.LimitReader(p.in, maxInput+1))
	if err != nil {
		return "", usageError("standard input cannot be read: %v", err)
	}
	if len(data) > maxInput {
		return "", usageError("the text is longer than %d bytes; give one message at a time, or many with --jsonl", maxInput)
	}
	if strings.TrimSpace(string(data)) == "" {
		return "", usageError("no text; give it as an argument or on standard input")
	}
	return string(data), nil
}

// line is one line of --jsonl.
type line struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Customer string `json:"customer"`
}

// lines reads {"id","text"} lines and calls do with each, in order. A line that
// cannot be read is told on standard error and does not stop the others.
func (p *program) lines(do func(line) (any, error)) error {
	in := bufio.NewReaderSize(p.in, 64<<10)
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	bad := 0
	for n := 1; ; n++ {
		raw, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(raw))) > 0 {
			var l line
			if e := json.Unmarshal(raw, &l); e != nil {
				bad++
				fmt.Fprintf(p.err, "coachbot: line %d is no JSON object with id and text: %s\n", n, jsonFault(e))
			} else if v, e := do(l); e != nil {
				return e
			} else if e := out.Encode(v); e != nil {
				return usageError("standard output cannot be written: %v", e)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return usageError("standard input cannot be read: %v", err)
		}
	}
	if bad > 0 {
		return usageError("%d line(s) could not be read; mend them and run again", bad)
	}
	return nil
}

// jsonFault says what is wrong with a line in words for whoever wrote it.
func jsonFault(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return fmt.Sprintf("%q is a %s and must be a string in quotation marks", kind.Field, kind.Value)
	} else if kind != nil {
		return "it is of the kind " + kind.Value
	}
	return err.Error()
}

// printJSON prints one object on one line.
func (p *program) printJSON(v any) error {
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// formats adds --json and --jsonl.
func formats(c *cobra.Command, asJSON, asLines *bool) {
	c.Flags().BoolVar(asJSON, "json", false, "print one JSON object")
	c.Flags().BoolVar(asLines, "jsonl", false, `read {"id","text"} lines, print one JSON object a line in input order`)
	c.PreRunE = func(_ *cobra.Command, args []string) error {
		switch {
		case *asJSON && *asLines:
			return usageError("--json and --jsonl exclude each other")
		case *asLines && len(args) > 0:
			return usageError("--jsonl reads its texts from standard input; leave out %q", strings.Join(args, " "))
		}
		return nil
	}
}
