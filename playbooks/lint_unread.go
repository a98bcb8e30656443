package playbooks

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// unread warns of what its author takes for part of the folder and nobody reads:
// playbooks beside or below the language folders, or under another ending.
func unread(fsys fs.FS) []Fault {
	u := unreader{fsys: fsys}
	for _, e := range u.list(".") {
		name := e.Name()
		switch {
		case hidden(name) || name == AcceptedFolder || name == DraftsFolder:
		case u.isDir(name) && IsLang(name):
			u.inLang(name)
		case u.isDir(name):
			for _, below := range u.list(name) {
				if at := path.Join(name, below.Name()); u.isPlaybook(at) {
					u.warn(at, "a playbook outside a language folder is not used; move it to en/%s or zh/%s", below.Name(), below.Name())
				}
			}
		case name != ForbiddenFile && slices.Contains([]string{ForbiddenFile, "forbidden.yml", ForbiddenFile + ".txt"}, strings.ToLower(name)):
			u.warn(name, "%s is not read; call it %s", name, ForbiddenFile)
		case u.isPlaybook(name):
			u.warn(name, "a playbook outside a language folder is not used; move it to en/%s or zh/%s", name, name)
		}
	}
	return u.all
}

// DraftsFolder holds imported drafts. It is named like no language: what lies in it is not used until somebody moves it.
const DraftsFolder = "drafts"

type unreader struct {
	faultList
	fsys fs.FS
}

func (u *unreader) warn(file, format string, args ...any) {
	u.file = file
	u.faultList.warn(1, 1, format, args...)
}

func (u *unreader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(u.fsys, dir)
	if err != nil {
		return nil // told by whoever reads the folder
	}
	return entries
}

func (u *unreader) isDir(name string) bool {
	info, err := fs.Stat(u.fsys, name)
	return err == nil && info.IsDir()
}

func (u *unreader) inLang(lang string) {
	for _, e := range u.list(lang) {
		name, at := e.Name(), path.Join(lang, e.Name())
		ending := strings.ToLower(path.Ext(name))
		switch {
		case hidden(name):
		case u.isDir(at):
			for _, below := range u.list(at) {
				if deep := path.Join(at, below.Name()); u.isPlaybook(deep) {
					u.warn(deep, "a playbook in a folder of its own is not used; move it to %s", path.Join(lang, below.Name()))
				}
			}
		case IsFileName(name):
		case slices.Contains([]string{".docx", ".doc", ".odt", ".rtf", ".pages"}, ending):
			u.warn(at, "a word processor's file is not used; save its text as a plain text file that ends in .md")
		case u.isPlaybook(at):
			u.warn(at, "the name must end in .md in small letters for the file to be used; call it %s", path.Join(lang, stem(name)+".md"))
		}
	}
}

// stem is a name without its endings.
func stem(name string) string {
	name, _, _ = strings.Cut(name, ".")
	return strings.ToLower(name)
}

// isPlaybook reports whether a file of text begins as a playbook does.
func (u *unreader) isPlaybook(file string) bool {
	if !slices.Contains([]string{".md", ".txt", ".markdown", ".mdown", ".mkd", ".mdx"}, strings.ToLower(path.Ext(file))) || hidden(path.Base(file)) {
		return false
	}
	if info, err := fs.Stat(u.fsys, file); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := u.fsys.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [6]byte
	n, _ := f.Read(head[:])
	return strings.HasPrefix(strings.TrimPrefix(string(head[:n]), "\ufeff"), "---")
}

// hidden tells what editors and systems leave beside.
func hidden(name string) bool { return strings.ContainsRune(".#~_", rune(name[0])) }
