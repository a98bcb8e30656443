// Package live keeps a folder of playbooks in use while people edit it. It
// looks at the folder a few times a second, waits until what changed holds
// still, and hands out the whole as one immutable set. A file that breaks keeps
// its last good version until it is mended.
//
// It looks rather than being told: that way links that are swapped (Kubernetes'
// ConfigMaps, release folders), network file systems and every editor's way of
// saving come out the same.
package live

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"

	"coachbot/playbooks"
)

// Options say how a folder is used.
type Options struct {
	// Base is what the folder adds to and overrides; nil: the folder stands alone.
	Base *playbooks.Set
	// CheckForbidden says what is wrong with a forbidden.yaml; nil: it is taken as it is.
	CheckForbidden func([]byte) []playbooks.Fault
	// Forbidden finds forbidden phrases in a text, those of a forbidden.yaml among them; nil: they are not looked for.
	Forbidden func(extra []byte) func(string) []playbooks.ForbiddenUse
}

// State is a folder as it is used from one moment on. Nothing in it changes.
type State struct {
	Set    *playbooks.Set    // Base and, over it, every file in its last good version
	Faults []playbooks.Fault // of the files as they are now; a broken one is used in its last good version, and one that says a forbidden phrase (Fault.Used) as it is
	// Calm tells that the folder has held still for a while since it changed: what
	// is wrong now is no half-written file.
	Calm bool
}

// Folder is one folder of playbooks. It is for one goroutine.
type Folder struct {
	path string
	o    Options

	kept      map[string]kept
	forbidden kept // its playbook is unused
	good      []byte
	find      func(string) []playbooks.ForbiddenUse // with good among them
	state     State
	empty     bool // no scenario is left: the set in use is an earlier one

	taken, seen print // the folder as last taken in, and as last looked at
	still       int   // looks since seen changed
	calm        bool  // told since taken
}

// kept is what is remembered of a file.
type kept struct {
	sum    [sha256.Size]byte
	faults []playbooks.Fault
	said   []playbooks.Fault   // forbidden phrases in it, where it is in use as it is now
	good   *playbooks.Playbook // the last version without an error; nil: there was none
}

// Open reads a folder for the first time. What is wrong with single files is in
// the state; the error is that of a folder which cannot be read.
func Open(path string, o Options) (*Folder, error) {
	f := &Folder{path: path, o: o, kept: make(map[string]kept)}
	f.seen = fingerprint(path)
	if err := f.take(); err != nil {
		return nil, err
	}
	f.taken = f.seen
	return f, nil
}

// State is the folder as last taken in.
func (f *Folder) State() State { return f.state }

// Path is where the folder lies.
func (f *Folder) Path() string { return f.path }

// take reads the folder and makes the state of it.
func (f *Folder) take() error {
	fsys := os.DirFS(f.path)
	files, faults, err := playbooks.Files(fsys)
	if err != nil {
		return err
	}
	unread := make(map[string]bool) // there, or so it seems, but not readable
	for _, x := range faults {
		unread[x.File] = true
	}
	before := string(f.good)
	faults = append(faults, f.readForbidden(fsys)...)
	anew := f.o.Forbidden != nil && (f.find == nil || before != string(f.good))
	if anew {
		f.find = f.o.Forbidden(f.good)
	}
	next := make(map[string]kept, len(files))
	for name, old := range f.kept {
		if unread[name] || unread[path.Dir(name)] {
			if len(old.faults) > 0 { // to be told again when it can be read
				old.sum, old.faults = [sha256.Size]byte{}, nil
			}
			next[name] = old
		}
	}
	for _, file := range files {
		old := f.kept[file.Path]
		k := read(file, old)
		if f.find != nil && (anew || k.sum != old.sum) && !playbooks.Broken(k.faults) {
			k.said = playbooks.ForbiddenIn(file.Path, file.Data, f.find)
		}
		next[file.Path] = k
	}
	for _, k := range next {
		faults = append(append(faults, k.faults...), k.said...)
	}
	set := f.state.Set
	if set == nil || f.empty || !sameGood(f.kept, next) || before != string(f.good) {
		set = f.collect(next)
	}
	f.kept = next
	if f.empty = !holdsScenario(set) && f.state.Set != nil; f.empty {
		set = f.state.Set
		faults = append(faults, playbooks.Fault{File: f.path, Line: 1, Col: 1,
			Message: "no scenario is left; add one such as en/late-delivery.md. Until then the playbooks stay as they were",
			Zh:      "一个场景也没有了；请至少放一个，例如 zh/late-delivery.md。在此之前，仍使用原来的手册"})
	}
	slices.SortStableFunc(faults, func(a, b playbooks.Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	f.state = State{Set: set, Faults: faults}
	return nil
}

// collect makes the set of the last good versions.
func (f *Folder) collect(all map[string]kept) *playbooks.Set {
	var list []playbooks.Playbook
	for _, k := range all {
		if k.good != nil {
			list = append(list, *k.good)
		}
	}
	set := playbooks.NewSet(list)
	set.Forbidden = f.good
	if f.o.Base != nil {
		set = playbooks.Overlay(f.o.Base, set)
	}
	return set
}

// sameGood reports whether two readings leave the same files in use.
func sameGood(a, b map[string]kept) bool {
	for name, k := range a {
		if k.good != b[name].good {
			return false
		}
	}
	for name, k := range b {
		if k.good != a[name].good {
			return false
		}
	}
	return true
}

func holdsScenario(set *playbooks.Set) bool {
	return slices.ContainsFunc(set.Languages(), func(lang string) bool { return len(set.Scenarios(lang)) > 0 })
}

// read parses a file unless it is as it was.
func read(file playbooks.File, old kept) kept {
	sum := sha256.Sum256(file.Data)
	if old.sum == sum {
		return old
	}
	p, faults := playbooks.Parse(file.Path, file.Data)
	k := kept{sum: sum, faults: faults, good: &p}
	if playbooks.Broken(faults) {
		k.good = old.good
	}
	return k
}

// readForbidden takes the company's forbidden phrases in, likewise.
func (f *Folder) readForbidden(fsys fs.FS) []playbooks.Fault {
	data, err := fs.ReadFile(fsys, playbooks.ForbiddenFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.forbidden, f.good = kept{}, nil
		return nil
	case err != nil:
		return []playbooks.Fault{playbooks.Unreadable(playbooks.ForbiddenFile, err)}
	}
	sum := sha256.Sum256(data)
	if sum == f.forbidden.sum {
		return f.forbidden.faults
	}
	f.forbidden = kept{sum: sum}
	if f.o.CheckForbidden != nil {
		f.forbidden.faults = f.o.CheckForbidden(data)
	}
	if f.good == nil || !playbooks.Broken(f.forbidden.faults) { // its sound entries are better than none
		f.good = data
	}
	return f.forbidden.faults
}
