package live

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"coachbot/playbooks"
)

// Every is how often a folder is looked at. Together with the looks it takes
// to hold still a save is taken in within half a second.
const Every = 150 * time.Millisecond

// How many looks without a change a folder must stand.
const (
	looksStill = 1  // until it is read
	looksOpen  = 3  // where a changed file does not end with a line's end: half of it may be missing
	looksGit   = 70 // at most, while git is at work in the folder: ten seconds
	looksCalm  = 14 // until what is wrong with it is no half-written file: two seconds
)

// Look looks at the folder once. It is to be called every Every. It answers
// true with a new state when the folder was taken in anew, and once more when
// it is calm.
func (f *Folder) Look() (State, bool) {
	now := fingerprint(f.path)
	if !now.same(f.seen) {
		f.seen, f.still = now, 0
		return State{}, false
	}
	f.still++
	if now.same(f.taken) {
		if f.calm || f.still < looksCalm {
			return State{}, false
		}
		f.calm, f.state.Calm = true, true
		return f.state, true
	}
	if f.still < looksStill || f.still < looksGit && gitAtWork(f.path) || f.still < looksOpen && f.openEnded() {
		return State{}, false
	}
	if err := f.take(); err != nil {
		return f.away(err)
	}
	if again := fingerprint(f.path); !again.same(now) { // it changed while it was read
		// What was read is of no one moment: it is read again, even if all comes to be as it was before.
		f.taken, f.seen, f.still = nil, again, 0
		return State{}, false
	}
	f.taken, f.still, f.calm = now, 0, false
	return f.state, true
}

// away keeps what was used of a folder that cannot be read for now.
func (f *Folder) away(err error) (State, bool) {
	f.taken, f.still, f.calm = f.seen, 0, false
	f.state = State{Set: f.state.Set, Faults: []playbooks.Fault{playbooks.Unreadable(f.path, err)}}
	return f.state, true
}

// print is what can be seen of a folder without reading its files.
type print []entry

type entry struct {
	path  string
	size  int64
	mode  fs.FileMode
	mtime time.Time
	info  fs.FileInfo // tells one file from another of the same name
}

func (p print) same(other print) bool {
	return slices.EqualFunc(p, other, func(a, b entry) bool {
		return a.path == b.path && a.size == b.size && a.mode == b.mode && a.mtime.Equal(b.mtime) && os.SameFile(a.info, b.info)
	})
}

// fingerprint looks at every file that could be a playbook, through links. What
// vanishes meanwhile is left out; the next look differs then.
func fingerprint(root string) print {
	var p print
	add := func(path string) fs.FileInfo {
		info, err := os.Stat(filepath.Join(root, path))
		if err != nil {
			return nil
		}
		e := entry{path: path, size: info.Size(), mode: info.Mode(), mtime: info.ModTime(), info: info}
		if info.IsDir() { // what is in it counts, not what editors leave beside
			e.size, e.mtime = 0, time.Time{}
		}
		p = append(p, e)
		return info
	}
	add(".")
	add(playbooks.ForbiddenFile)
	for _, below := range []string{"", playbooks.AcceptedFolder} {
		top, err := os.ReadDir(filepath.Join(root, below))
		if err != nil {
			continue
		}
		for _, lang := range top {
			if !playbooks.IsLang(lang.Name()) {
				continue
			}
			dir := filepath.Join(below, lang.Name())
			if info := add(dir); info == nil || !info.IsDir() {
				continue
			}
			files, err := os.ReadDir(filepath.Join(root, dir))
			if err != nil {
				continue
			}
			for _, file := range files {
				if playbooks.IsFileName(file.Name()) {
					add(filepath.Join(dir, file.Name()))
				}
			}
		}
	}
	return p
}

// openEnded reports whether a file that changed does not end with a line's end.
func (f *Folder) openEnded() bool {
	old := make(map[string]entry, len(f.taken))
	for _, e := range f.taken {
		old[e.path] = e
	}
	for _, e := range f.seen {
		if was, ok := old[e.path]; ok && (print{e}).same(print{was}) || !e.mode.IsRegular() {
			continue
		}
		if e.size == 0 || !endsLine(filepath.Join(f.path, e.path), e.size) {
			return true
		}
	}
	return false
}

func endsLine(path string, size int64) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	var last [1]byte
	if _, err := file.ReadAt(last[:], size-1); err != nil {
		return false
	}
	return last[0] == '\n'
}

// gitAtWork reports whether git is changing the work tree that holds the
// folder: a pull is then taken in as a whole. A lock older than looksGit is
// left from a crash.
func gitAtWork(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	for {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			_, err := os.Lstat(filepath.Join(gitDir(dir), "index.lock"))
			return err == nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// gitDir is where git keeps its own files of the work tree dir: .git, or where the file .git points to.
func gitDir(dir string) string {
	path := filepath.Join(dir, ".git")
	data, err := os.ReadFile(path)
	const mark = "gitdir: "
	if err != nil || len(data) < len(mark) || string(data[:len(mark)]) != mark {
		return path
	}
	to := string(data[len(mark):])
	for len(to) > 0 && (to[len(to)-1] == '\n' || to[len(to)-1] == '\r') {
		to = to[:len(to)-1]
	}
	if filepath.IsAbs(to) {
		return to
	}
	return filepath.Join(dir, to)
}
