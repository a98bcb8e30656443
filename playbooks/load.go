package playbooks

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"coachbot/playbooks/bundle"
)

// library is the folder of that name, packed: the program carries it in a third
// of its size. After an edit: go generate ./playbooks ./playbooks/guard ./bot/coach.
//
//go:generate go run ./gen library library.zip.br
//go:embed library.zip.br
var library []byte

// ForbiddenFile is the file beside the language folders that adds to the forbidden phrases.
const ForbiddenFile = "forbidden.yaml"

// BuiltinFS is the built-in library as a folder, for linting and copying.
func BuiltinFS() fs.FS {
	folder, err := bundle.Open(library)
	if err != nil {
		panic(err) // go generate made it, and a test reads it
	}
	return folder
}

// Builtin loads the built-in library. An error means that the program was built
// from a broken one.
func Builtin() (*Set, error) {
	set, faults, err := Load(BuiltinFS())
	if err != nil {
		return nil, err
	}
	for _, f := range faults {
		if !f.Warning {
			return nil, fmt.Errorf("the built-in library is broken: %s", f)
		}
	}
	return set, nil
}

// Load reads a folder of playbooks. A file with a fault that is more than a
// warning is left out of the set and told among the faults; the rest is usable.
// The error is set only when the folder itself cannot be read. Hidden files,
// editors' temporary files and folders that are not named like a language are passed over.
func Load(fsys fs.FS) (*Set, []Fault, error) {
	files, faults, err := readFolder(fsys)
	if err != nil {
		return nil, nil, err
	}
	var list []Playbook
	for _, f := range files {
		p, found := Parse(f.Path, f.Data)
		faults = append(faults, found...)
		if !Broken(found) {
			list = append(list, p)
		}
	}
	set := NewSet(list)
	forbidden, err := fs.ReadFile(fsys, ForbiddenFile)
	switch {
	case err == nil:
		set.Forbidden = forbidden
	case !errors.Is(err, fs.ErrNotExist):
		faults = append(faults, Unreadable(ForbiddenFile, err))
	}
	sortFaults(faults)
	return set, faults, nil
}

// readFolder reads every LANG/ID.md, and those below AcceptedFolder. What it
// cannot read becomes a fault, the folder itself an error.
func readFolder(fsys fs.FS) (files []File, faults []Fault, err error) {
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		return nil, nil, fmt.Errorf("the folder of playbooks cannot be read: %w", err)
	}
	for _, below := range []string{".", AcceptedFolder} {
		top, err := fs.ReadDir(fsys, below)
		if err != nil {
			continue // nothing was accepted yet
		}
		for _, e := range top {
			// Stat rather than the entry's type: folders mounted from a ConfigMap are links.
			lang := path.Join(below, e.Name())
			info, err := fs.Stat(fsys, lang)
			if err != nil || !info.IsDir() || !IsLang(e.Name()) {
				continue
			}
			found, wrong := readLang(fsys, lang)
			files, faults = append(files, found...), append(faults, wrong...)
		}
	}
	return files, faults, nil
}

// readLang reads the playbooks of one language's folder.
func readLang(fsys fs.FS, lang string) (files []File, faults []Fault) {
	entries, err := fs.ReadDir(fsys, lang)
	if err != nil {
		return nil, []Fault{Unreadable(lang, err)}
	}
	for _, e := range entries {
		if away, ok := inCloud(e.Name()); ok && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == away }) {
			faults = append(faults, Unreadable(path.Join(lang, away), errInCloud))
		}
		if !IsFileName(e.Name()) {
			continue
		}
		name := path.Join(lang, e.Name())
		info, err := fs.Stat(fsys, name)
		if err == nil && info.IsDir() {
			continue
		}
		var data []byte
		if err == nil && !info.Mode().IsRegular() {
			err = errNoFile // reading it might never end
		}
		if err == nil {
			data, err = readFile(fsys, name)
		}
		if err != nil {
			faults = append(faults, Unreadable(name, err))
			continue
		}
		files = append(files, File{Path: name, Data: data})
	}
	return files, faults
}

// inCloud is the playbook for which iCloud left a placeholder.
func inCloud(name string) (playbook string, ok bool) {
	name, ok = strings.CutSuffix(name, ".icloud")
	if !ok || !strings.HasPrefix(name, ".") || !IsFileName(name[1:]) {
		return "", false
	}
	return name[1:], true
}

// errInCloud is why a file that was moved off the disk is not read.
var errInCloud = errors.New("it lies in iCloud alone: download it")

// errNoFile is why a device or a pipe that is named like a playbook is not read.
var errNoFile = errors.New("it is no file but a device or a pipe")

// readFile reads no more of a file than Parse needs to see that it is too large.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// IsLang reports whether a folder is named like a language: en, zh, zh-Hant.
func IsLang(name string) bool { return langForm.MatchString(name) }

// IsFileName tells a playbook from what editors and systems leave beside it.
func IsFileName(name string) bool {
	return strings.HasSuffix(name, ".md") && !hidden(name)
}

// Unreadable is the fault of a file that is there but cannot be read.
func Unreadable(name string, err error) Fault {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	l := faultList{file: name}
	l.add(1, 1, "cannot be read (%v); check that it exists and the bot may read it", err)
	return l.all[0]
}
