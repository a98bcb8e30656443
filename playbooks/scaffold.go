package playbooks

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema of the front matter, for editors.
func Schema() []byte { return bytes.Clone(schema) }

//go:embed template/*.md
var templates embed.FS

// Scaffold returns a new file to start from, for LANG/ID.md. A language without
// a template of its own starts from the English one. The error says which
// argument does not fit.
func Scaffold(id, lang string, kind Kind) (string, error) {
	switch {
	case !idForm.MatchString(id):
		return "", fmt.Errorf("the id %q does not fit: use lower-case letters, digits and hyphens, such as late-delivery", id)
	case !langForm.MatchString(lang):
		return "", fmt.Errorf("the language %q does not fit: use a code such as en or zh", lang)
	case !slices.Contains(Kinds(), kind):
		return "", fmt.Errorf("the kind %q does not exist: use one of %s", kind, strings.Join(kindNames(), ", "))
	}
	base, _, _ := strings.Cut(lang, "-")
	data, err := fs.ReadFile(templates, fmt.Sprintf("template/%s.%s.md", kind, base))
	if err != nil {
		base = "en"
		if data, err = fs.ReadFile(templates, fmt.Sprintf("template/%s.en.md", kind)); err != nil {
			return "", fmt.Errorf("the template for %s is missing: %w", kind, err)
		}
	}
	text := strings.Replace(string(data), "id: my-playbook", "id: "+id, 1)
	return strings.Replace(text, "lang: "+base, "lang: "+lang, 1), nil
}
