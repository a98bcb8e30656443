// Command coachbot coaches people who answer angry customers, in Slack and on
// the command line. This is the only place that names a store's backend.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones on machines and images without a zone database

	"github.com/spf13/cobra"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1 // the check failed
	exitUsage  = 2 // usage or configuration
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exitError ends the program with a status; an empty message prints nothing.
type exitError struct {
	code    int
	message string
}

func (e exitError) Error() string { return e.message }

// usageError is wrong usage or configuration, in one line that says what to do.
func usageError(format string, args ...any) error {
	return exitError{exitUsage, fmt.Sprintf(format, args...)}
}

// program is what every command needs of the outside.
type program struct {
	env      map[string]string
	args     []string
	in       io.Reader
	out, err io.Writer
	running  *running // set in the bot that does a command for another process
}

// run is the whole program: args without the name, env as os.Environ gives it.
func run(ctx context.Context, args, env []string, in io.Reader, out, errs io.Writer) int {
	p := &program{env: environment(env), in: in, out: out, err: errs}
	code, message := p.execute(ctx, args)
	if message != "" {
		fmt.Fprintln(errs, "coachbot: "+message)
	}
	return code
}

// execute does what args ask for; message is the one line that goes to standard error.
func (p *program) execute(ctx context.Context, args []string) (code int, message string) {
	p.args = args
	root := p.root()
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError("%v; `%s --help` lists the flags", err, c.CommandPath())
	})
	explainArguments(root)
	if c, _, err := root.Find(args); p.running != nil && (err != nil || c.Annotations[inRunning] == "") {
		return exitUsage, "the running bot does not do that"
	}
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone, ""
	}
	var exit exitError
	if !errors.As(err, &exit) {
		exit = exitError{exitUsage, err.Error()}
	}
	return exit.code, strings.ReplaceAll(strings.TrimSpace(exit.message), "\n", "; ")
}

// explainArguments has every command say what it takes when it is given something else.
func explainArguments(c *cobra.Command) {
	for _, below := range c.Commands() {
		explainArguments(below)
	}
	c.SuggestionsMinimumDistance = 2
	fits := c.Args
	if fits == nil {
		return
	}
	c.Args = func(c *cobra.Command, args []string) error {
		switch {
		case fits(c, args) == nil:
			return nil
		case c.HasAvailableSubCommands():
			meant := ""
			if near := c.SuggestionsFor(args[0]); len(near) > 0 {
				meant = "; did you mean " + strings.Join(near, " or ") + "?"
			}
			return usageError("there is no command %q%s; `%s --help` lists them", args[0], meant, c.CommandPath())
		case len(args) == 0:
			return usageError("something is missing; usage: %s", c.UseLine())
		}
		return usageError("the arguments %q do not fit; usage: %s", args, c.UseLine())
	}
}

func environment(list []string) map[string]string {
	env := make(map[string]string, len(list))
	for _, kv := range list {
		if k, v, ok := strings.Cut(kv, "="); ok {
			env[k] = v
		}
	}
	return env
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "coachbot",
		Short: "Coaches people who answer angry customers, in Slack",
		Long: "coachbot sees a difficult case in a Slack channel, finds the playbook that fits and answers in the thread\n" +
			"with a reading of the customer and phrases to say next.\n\nTry it without an account or a key: coachbot demo",
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,

		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_ = c.Help()
			return exitError{code: exitUsage}
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(p.demo(), p.serve(), p.suggest(), p.check(), p.playbooks(), p.export(), p.storeCommand(), p.manifest(), p.version(), p.healthCommand(),
		p.digest(), p.atStore(p.teams()), p.atStore(p.erase()))
	return root
}
