package bolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

// The child process is this test binary with the path of the store in the first
// variable. The others make the test repeatable and longer.
const (
	crashPath   = "BOLT_CRASH_PATH"
	crashSeed   = "BOLT_CRASH_SEED"
	crashRounds = "BOLT_CRASH_ROUNDS"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(crashPath); path != "" {
		if err := workUntilKilled(path); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func number(t *testing.T, variable string, fallback uint64) uint64 {
	t.Helper()
	given := os.Getenv(variable)
	if given == "" {
		return fallback
	}
	n, err := strconv.ParseUint(given, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// TestKill kills a process that writes, again and again at random moments, and
// holds the store to everything that the process had been promised.
func TestKill(t *testing.T) {
	t.Parallel()
	seed := number(t, crashSeed, uint64(time.Now().UnixNano()))
	rounds := number(t, crashRounds, 6)
	t.Logf("%s=%d %s=%d", crashSeed, seed, crashRounds, rounds)
	rnd := rand.New(rand.NewPCG(seed, 0))
	path := newPath(t)
	known := &promised{state: map[string]string{}}
	for round := range rounds {
		out := runAndKill(t, path, seed+round, 20*time.Millisecond+time.Duration(rnd.IntN(150))*time.Millisecond)
		known.read(t, out)
		known.verify(t, path)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
	if len(known.state) < int(rounds)*5 {
		t.Errorf("only %d jobs were enqueued before the kills", len(known.state))
	}
}

// runAndKill starts the child, kills it some time after its first word, and
// returns what it said.
func runAndKill(t *testing.T, path string, seed uint64, after time.Duration) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), exe)
	child.Env = append(os.Environ(), crashPath+"="+path, fmt.Sprintf("%s=%d", crashSeed, seed))
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(stdout)
	first, err := reader.ReadString('\n')
	if err != nil {
		t.Errorf("the child said nothing: %v", err)
	}
	timer := time.AfterFunc(after, func() { _ = child.Process.Kill() })
	defer timer.Stop()
	rest, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	var killed *exec.ExitError
	if err := child.Wait(); !errors.As(err, &killed) || killed.Exited() {
		t.Fatalf("the child was not killed: %v\n%s%s", err, first, rest)
	}
	return first + string(rest)
}

// promised is what is known of each job: the last word of the child about it.
// Of enqueueing and finishing nobody knows whether they came to be.
type promised struct {
	state map[string]string
}

func (p *promised) read(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		word, id, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || !strings.HasSuffix(line, "\n") || word == "error" {
			t.Errorf("the child said %q", line)
		}
		if word == "enqueued" && p.state[id] != "enqueueing" {
			continue // a worker was faster than the word
		}
		p.state[id] = word
	}
}

// verify opens the store as the next process would.
func (p *promised) verify(t *testing.T, path string) {
	t.Helper()
	s, ctx := open(t, path, quick()), t.Context()
	if faults, err := s.Check(ctx); err != nil || len(faults) > 0 {
		t.Fatalf("check: %v %q", err, faults)
	}
	stored := map[string]store.Job{}
	if err := s.Walk(ctx, func(r store.Record) error {
		if r.Job != nil {
			stored[r.Job.ID] = *r.Job
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for id, state := range p.state {
		job, there := stored[id]
		switch state {
		case "enqueued":
			if !there {
				t.Errorf("job %s was enqueued and is lost", id)
			}
		case "claimed", "retrying":
			if !there || job.Attempt == 0 {
				t.Errorf("job %s was %s: there %v, attempts %d", id, state, there, job.Attempt)
			}
		case "finished":
			if there {
				t.Errorf("job %s was finished and is back", id)
			}
		}
		if state != "enqueueing" {
			fresh, err := s.Enqueue(ctx, store.Job{ID: id, Lane: "again", Kind: "k"})
			if err != nil || fresh[0] {
				t.Errorf("job %s was enqueued and is no longer known: %v", id, err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// workUntilKilled is the child: it says before and after each step what it does.
func workUntilKilled(path string) error {
	seed, err := strconv.ParseUint(os.Getenv(crashSeed), 10, 64)
	if err != nil {
		return err
	}
	s, err := bolt.Open(path, bolt.Options{Timeout: 5 * time.Second})
	if err != nil {
		return err
	}
	var workers sync.WaitGroup
	failed := make(chan error, 8)
	for n := range 4 {
		workers.Go(func() {
			failed <- feed(s, rand.New(rand.NewPCG(seed, uint64(n))), fmt.Sprintf("%d-%d", seed, n))
		})
		workers.Go(func() { failed <- drain(s, rand.New(rand.NewPCG(seed, uint64(100+n)))) })
	}
	err = <-failed
	workers.Wait()
	return errors.Join(err, s.Close())
}

// enough keeps a child that nobody kills from running for ever.
const enough = 5000

func say(word, id string) { fmt.Println(word, id) }

func feed(s *bolt.Store, rnd *rand.Rand, prefix string) error {
	for i := range enough {
		id := fmt.Sprintf("%s-%d", prefix, i)
		j := store.Job{ID: id, Lane: fmt.Sprint("lane", rnd.IntN(10)), Kind: "k", Payload: make([]byte, rnd.IntN(9000))}
		say("enqueueing", id)
		if _, err := s.Enqueue(context.Background(), j); err != nil {
			return err
		}
		say("enqueued", id)
	}
	return nil
}

func drain(s *bolt.Store, rnd *rand.Rand) error {
	for range enough {
		jobs, err := s.Claim(context.Background(), time.Now(), 2)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			say("claimed", j.ID)
			if rnd.IntN(4) == 0 {
				say("retrying", j.ID)
				if err := s.Retry(context.Background(), j.ID, time.Time{}, "once more"); err != nil {
					return err
				}
				continue
			}
			say("finishing", j.ID)
			if err := s.Finish(context.Background(), j.ID); err != nil {
				return err
			}
			say("finished", j.ID)
		}
	}
	return nil
}
