package playbooks

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// The schema is for editors; the parser decides. This holds the two together.
func TestSchemaAgreesWithParser(t *testing.T) {
	t.Parallel()
	var schema struct {
		Draft                string `json:"$schema"`
		AdditionalProperties bool
		Properties           map[string]struct {
			Description, Type, Pattern, Default any
			Enum                                []string
			MaxLength, Maximum                  int
		}
		Required []string
		AllOf    []struct {
			If struct {
				Properties struct{ Kind struct{ Const Kind } }
			}
			Then struct{ Required []string }
		}
	}
	if err := json.Unmarshal([]byte(readTestFile(t, "schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	if want := "http://json-schema.org/draft-07/schema#"; schema.Draft != want { // editors' checkers refuse newer ones
		t.Errorf("the schema is written in %s, want %s", schema.Draft, want)
	}
	same := func(what string, got, want []string) {
		t.Helper()
		got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: schema has %v, the parser %v", what, got, want)
		}
	}
	p := schema.Properties
	same("fields", slices.Collect(maps.Keys(p)), frontFields())
	same("kind", p["kind"].Enum, kindNames())
	same("root", p["root"].Enum, Roots())
	same("severity", p["severity"].Enum, Severities())
	same("required of all", schema.Required, requiredFields(NotACase))
	for _, rule := range schema.AllOf {
		kind := rule.If.Properties.Kind.Const
		same("required of "+string(kind), rule.Then.Required, requiredFields(kind))
	}
	if got, want := len(schema.AllOf), len(Kinds())-1; got != want {
		t.Errorf("schema has rules for %d kinds, want %d", got, want)
	}
	if got, want := p["title"].MaxLength, MaxTitle; got != want {
		t.Errorf("longest title: schema has %d, the parser %d", got, want)
	}
	if got, want := p["precedence"].Maximum, MaxPrecedence; got != want {
		t.Errorf("highest precedence: schema has %d, the parser %d", got, want)
	}
	if got, want := p["id"].Pattern, idForm.String(); got != want {
		t.Errorf("form of an id: schema has %v, the parser %v", got, want)
	}
	if got, want := p["lang"].Pattern, langForm.String(); got != want {
		t.Errorf("form of a language: schema has %v, the parser %v", got, want)
	}
	if schema.AdditionalProperties {
		t.Error("schema allows unknown fields, the parser does not")
	}
}
