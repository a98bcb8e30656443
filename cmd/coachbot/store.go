package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/store"
	"coachbot/store/bolt"
)

// openStore opens the store at an address such as bolt:PATH.
func openStore(address string, o bolt.Options) (*bolt.Store, error) {
	path, ok := strings.CutPrefix(address, "bolt:")
	switch {
	case strings.HasPrefix(address, "postgres:") || strings.HasPrefix(address, "postgresql:"):
		return nil, usageError("PostgreSQL is not part of this version; set COACH_STORE=bolt:PATH")
	case !ok || path == "":
		return nil, usageError("the store address %q must be bolt:PATH", address)
	}
	s, err := bolt.Open(path, o)
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, store.ErrLocked):
		return nil, usageError("%s is open in another coachbot; stop that one, or write a copy with `coachbot store backup PATH` and name it in COACH_STORE", path)
	case errors.Is(err, store.ErrCorrupt):
		return nil, damagedStore{path, err}
	}
	return nil, usageError("the store %s cannot be opened: %v", path, err)
}

// damagedStore is a store that is too damaged to be opened.
type damagedStore struct {
	path  string
	cause error
}

func (e damagedStore) Error() string {
	return fmt.Sprintf("the store %s cannot be opened: %v; put a backup in its place (`coachbot store backup` wrote it), or move it away to begin anew", e.path, e.cause)
}

func (p *program) storeCommand() *cobra.Command {
	c := &cobra.Command{Use: "store", Short: "Copies, backs up and checks the store", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_ = c.Help()
			return exitError{code: exitUsage}
		}}
	c.AddCommand(p.storeCheck(), p.storeBackup(), p.storeCopy())
	return c
}

func (p *program) storeCheck() *cobra.Command {
	return &cobra.Command{Use: "check", Short: "Checks the store: one line beginning ok and exit status 0, else each fault and 1", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			s, err := openExisting(cfg.Store)
			if d := (damagedStore{}); errors.As(err, &d) {
				fmt.Fprintln(p.out, d)
				return exitError{code: exitFailed}
			}
			if err != nil {
				return err
			}
			defer s.Close()
			faults, err := s.Check(c.Context())
			if err != nil {
				return usageError("the store cannot be checked: %v", err)
			}
			for _, f := range faults {
				fmt.Fprintln(p.out, f)
			}
			if len(faults) > 0 {
				return exitError{code: exitFailed}
			}
			n, err := s.Stats(c.Context())
			if err != nil {
				return usageError("the store cannot be counted: %v", err)
			}
			fmt.Fprintf(p.out, "ok: %d cases, %d posts, %d jobs waiting, %d given up\n", n.Cases, n.Posts, n.Jobs, n.Buried)
			return nil
		}}
}

// openExisting opens a store that must be there already.
func openExisting(address string) (*bolt.Store, error) {
	if path, ok := strings.CutPrefix(address, "bolt:"); ok && path != "" {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, usageError("there is no store at %s; name the one that the bot uses, as in COACH_STORE", path)
		}
	}
	return openStore(address, bolt.Options{Timeout: 2 * time.Second})
}

func (p *program) storeBackup() *cobra.Command {
	return &cobra.Command{Use: "backup PATH", Short: "Writes a copy of the store to PATH, also while the bot runs", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			target := args[0]
			if _, err := os.Stat(target); err == nil {
				return usageError("%s exists already; give the backup a name of its own", target)
			}
			n, err := backupFromRunning(c.Context(), socketOf(cfg.Store), target)
			if errors.Is(err, errNotRunning) {
				n, err = backupFromFile(c.Context(), cfg.Store, target)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "ok: %d bytes in %s\n", n, target)
			return nil
		}}
}

// backupFromFile backs up a store that no process has open.
func backupFromFile(ctx context.Context, address, target string) (int64, error) {
	s, err := openExisting(address)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return writeWhole(target, func(f *os.File) (int64, error) { return s.Backup(ctx, f) })
}

// writeWhole writes a file that is whole or not there.
func writeWhole(target string, write func(*os.File) (int64, error)) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(target), ".backup-*")
	if errors.Is(err, os.ErrNotExist) {
		return 0, usageError("the backup cannot be written: there is no folder %s; make it first", filepath.Dir(target))
	}
	if err != nil {
		return 0, usageError("the backup cannot be written: %v", err)
	}
	defer os.Remove(f.Name())
	n, err := write(f)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), target)
	}
	if err != nil {
		return 0, usageError("the backup cannot be written: %v", err)
	}
	return n, nil
}

func (p *program) storeCopy() *cobra.Command {
	return &cobra.Command{Use: "copy FROM TO", Short: "Copies one store to another, addresses as in COACH_STORE, TO empty", Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if sameFile(args[0], args[1]) {
				return usageError("%s and %s are the same store; copy into another one", args[0], args[1])
			}
			from, err := openExisting(args[0])
			if err != nil {
				return err
			}
			defer from.Close()
			to, err := openStore(args[1], bolt.Options{Timeout: 2 * time.Second})
			if err != nil {
				return err
			}
			defer to.Close()
			n, err := store.Copy(c.Context(), from, to)
			if errors.Is(err, store.ErrNotEmpty) {
				return usageError("%s holds records already; copy into an empty store", args[1])
			}
			if err != nil {
				return usageError("the copy failed: %v", err)
			}
			fmt.Fprintf(p.out, "ok: %d cases, %d posts, %d jobs copied\n", n.Cases, n.Posts, n.Jobs)
			return nil
		}}
}

// sameFile reports whether two addresses name one store that is there.
func sameFile(a, b string) bool {
	one, err := os.Stat(strings.TrimPrefix(a, "bolt:"))
	if err != nil {
		return false
	}
	other, err := os.Stat(strings.TrimPrefix(b, "bolt:"))
	return err == nil && os.SameFile(one, other)
}
