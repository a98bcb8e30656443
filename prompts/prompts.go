// Package prompts holds what an AI service is told: one template file a task and
// language (suggest.en.md, suggest.zh.md …), the inputs they take, and how they
// are rendered. A folder may replace files by name. No network.
//
// A file has two parts, each after its mark on a line of its own: "=== system",
// the role and the rules, and "=== user", the matter. What customers and
// colleagues wrote stands in a fence (the function fence) and is data.
package prompts

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

// Task is what a prompt asks for; its value begins the file's name.
type Task string

// The tasks.
const (
	Suggest  Task = "suggest"  // phrases fitted to a case
	Read     Task = "read"     // which playbook fits, how severe it is
	Rewrite  Task = "rewrite"  // a checked draft in better words
	Headline Task = "headline" // one line over a digest
	Customer Task = "customer" // the customer of a role play
	Card     Task = "card"     // a knowledge card from a resolved help thread
)

// Tasks lists every task.
func Tasks() []Task { return []Task{Suggest, Read, Rewrite, Headline, Customer, Card} }

// Languages lists the languages of prompts.
func Languages() []string { return []string{"en", "zh"} }

// Prompt is what is sent.
type Prompt struct {
	System string
	User   string
}

// Set is all prompts. It does not change and is safe for concurrent use.
type Set struct{ files map[string]file }

type file struct{ system, user *template.Template }

//go:embed *.en.md *.zh.md
var builtin embed.FS

// Builtin returns the prompts that come with the program.
func Builtin() (*Set, error) {
	s := &Set{files: make(map[string]file)}
	for _, name := range names() {
		data, err := builtin.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("prompts: %w", err)
		}
		if s.files[name], err = parse(name, string(data)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Overlay returns the prompts with those of a folder in place of the files of
// the same name. Every file is tried with sample inputs, so that a fault in one
// shows here and not in front of a customer.
func (s *Set) Overlay(dir fs.FS) (*Set, error) {
	over := &Set{files: make(map[string]file)}
	var faults []error
	for _, name := range names() {
		over.files[name] = s.files[name]
		data, err := fs.ReadFile(dir, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var f file
		if err == nil {
			f, err = parse(name, string(data))
		}
		if err == nil {
			over.files[name] = f
			err = over.try(name)
		}
		faults = append(faults, err)
	}
	return over, errors.Join(append(faults, strangers(dir))...)
}

// strangers tells of Markdown files that replace nothing: a slip in a name would go unseen.
func strangers(dir fs.FS) error {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return fmt.Errorf("prompts: %w", err)
	}
	var faults []error
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".md") || strings.EqualFold(name, "README.md") || known(name) {
			continue
		}
		faults = append(faults, fmt.Errorf("%s: no such prompt; the names are TASK.LANG.md with the tasks %v and the languages %v", name, Tasks(), Languages()))
	}
	return errors.Join(faults...)
}

func names() (all []string) {
	for _, t := range Tasks() {
		for _, lang := range Languages() {
			all = append(all, nameOf(t, lang))
		}
	}
	return all
}

func known(name string) bool {
	for _, n := range names() {
		if n == name {
			return true
		}
	}
	return false
}

func nameOf(t Task, lang string) string { return string(t) + "." + lang + ".md" }

const (
	systemMark = "=== system\n"
	userMark   = "\n=== user\n"
)

func parse(name, text string) (file, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	head, user, ok := strings.Cut(text, userMark)
	system, marked := strings.CutPrefix(head, systemMark)
	if !ok || !marked {
		return file{}, fmt.Errorf("%s: needs the line \"=== system\" at its beginning and a line \"=== user\" after the rules", name)
	}
	var f file
	var err error
	if f.system, err = template.New(name).Funcs(functions()).Parse(system); err != nil {
		return f, err
	}
	// The user part knows what the system part defined.
	both, err := f.system.Clone()
	if err != nil {
		return f, err
	}
	f.user, err = both.New(name).Parse(user)
	return f, err
}

func functions() template.FuncMap {
	return template.FuncMap{"fence": fence, "join": strings.Join}
}

// fence makes text that somebody wrote fit to stand between two tags: it cannot
// close them or open others.
func fence(text string) string {
	return strings.TrimSpace(strings.NewReplacer("<", "‹", ">", "›", "\r", "", "\x00", "").Replace(text))
}

func (s *Set) try(name string) error {
	task, lang, _ := strings.Cut(strings.TrimSuffix(name, ".md"), ".")
	_, err := s.Render(samples(lang)[Task(task)], lang)
	return err
}

// Render fills the prompt of the input's task in a language; any language but zh is en.
func (s *Set) Render(in Input, lang string) (Prompt, error) {
	if lang != "zh" {
		lang = "en"
	}
	f := s.files[nameOf(in.task(), lang)]
	system, err := execute(f.system, in)
	if err != nil {
		return Prompt{}, err
	}
	user, err := execute(f.user, in)
	return Prompt{System: system, User: user}, err
}

func execute(t *template.Template, in Input) (string, error) {
	var out strings.Builder
	if err := t.Execute(&out, in); err != nil {
		return "", err
	}
	return tidy(out.String()), nil
}

// tidy leaves at most one empty line in a row and none at the ends: templates
// are written to be read, and blank lines are paid for.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\n")
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
