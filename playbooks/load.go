package playbooks

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed library
var library embed.FS

// ForbiddenFile is the file beside the language folders that adds to the forbidden phrases.
const ForbiddenFile = "forbidden.yaml"

// BuiltinFS is the built-in library as a folder, for linting and copying.
func BuiltinFS() fs.FS {
	sub, err := fs.Sub(library, "library")
	if err != nil {
		panic(err) // the path is a constant and valid
	}
	return sub
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
		if !IsFileName(e.Name()) {
			continue
		}
		name := path.Join(lang, e.Name())
		info, err := fs.Stat(fsys, name)
		if err == nil && info.IsDir() {
			continue
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			faults = append(faults, Unreadable(name, err))
			continue
		}
		files = append(files, File{Path: name, Data: data})
	}
	return files, faults
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
