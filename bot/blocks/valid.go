package blocks

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Valid says what Slack would refuse about a message, nil when nothing.
func Valid(m Message) error {
	c := checker{ids: map[string]bool{}}
	c.length("text", m.Text, 1, maxText)
	if n := len(m.Blocks); n == 0 || n > maxBlocks {
		c.fail("%d blocks, 1 to %d can be sent", n, maxBlocks)
	}
	c.blocks(m.Blocks)
	if c.sum > maxSum {
		c.fail("the blocks hold %d characters, %d can be sent", c.sum, maxSum)
	}
	return errors.Join(c.faults...)
}

// ValidModal says what Slack would refuse about a modal, nil when nothing.
func ValidModal(v slack.ModalViewRequest) error {
	c := checker{ids: map[string]bool{}}
	c.object("title", v.Title, maxModalTitle)
	if v.Submit != nil {
		c.object("submit", v.Submit, maxModalTitle)
	}
	c.object("close", v.Close, maxModalTitle)
	c.length("callback id", v.CallbackID, 1, maxActionID)
	c.length("private metadata", v.PrivateMetadata, 0, maxMetadata)
	if n := len(v.Blocks.BlockSet); n == 0 || n > maxModalBlocks {
		c.fail("%d blocks, 1 to %d can be sent", n, maxModalBlocks)
	}
	c.blocks(v.Blocks.BlockSet)
	return errors.Join(c.faults...)
}

type checker struct {
	faults []error
	ids    map[string]bool // action ids met
	sum    int             // characters of all blocks
}

func (c *checker) fail(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

func (c *checker) length(what, s string, least, most int) {
	if n := size(s); n < least || n > most {
		c.fail("%s: %d characters, %d to %d can be sent", what, n, least, most)
	}
	if !utf8.ValidString(s) {
		c.fail("%s: broken UTF-8", what)
	}
	if least > 0 && s != "" && strings.TrimSpace(s) == "" {
		c.fail("%s: nothing but space", what)
	}
}

func (c *checker) object(what string, t *slack.TextBlockObject, most int) {
	if t == nil {
		c.fail("%s: missing", what)
		return
	}
	c.length(what, t.Text, 1, most)
	c.sum += size(t.Text)
}

func (c *checker) blocks(all []slack.Block) {
	for i, b := range all {
		at := fmt.Sprintf("block %d", i+1)
		switch b := b.(type) {
		case *slack.SectionBlock:
			c.object(at+" section", b.Text, maxSection)
			c.accessory(at, b)
		case *slack.HeaderBlock:
			c.object(at+" header", b.Text, maxHeader)
		case *slack.ContextBlock:
			c.context(at, b)
		case *slack.ActionBlock:
			c.actions(at, b)
		case *slack.InputBlock:
			c.input(at, b)
		case *slack.DataVisualizationBlock:
			if err := b.Validate(); err != nil {
				c.fail("%s chart: %v", at, err)
			}
		default:
			c.fail("%s: a %T, whose limits are not known here", at, b)
		}
	}
}

// accessory is a select of a colleague beside a section.
func (c *checker) accessory(at string, b *slack.SectionBlock) {
	c.length(at+" block id", b.BlockID, 0, maxActionID)
	if b.Accessory == nil {
		return
	}
	e := b.Accessory.SelectElement
	if e == nil || e.Type != slack.OptTypeUser {
		c.fail("%s: an accessory whose limits are not known here", at)
		return
	}
	c.object(at+" placeholder", e.Placeholder, maxPlaceholder)
	c.id(at, e.ActionID)
}

func (c *checker) context(at string, b *slack.ContextBlock) {
	if n := len(b.ContextElements.Elements); n == 0 || n > maxContext {
		c.fail("%s: %d elements", at, n)
	}
	for _, e := range b.ContextElements.Elements {
		if t, ok := e.(*slack.TextBlockObject); ok {
			c.object(at+" context", t, maxSection)
		} else {
			c.fail("%s: a %T in small print", at, e)
		}
	}
}

func (c *checker) actions(at string, b *slack.ActionBlock) {
	if n := len(b.Elements.ElementSet); n == 0 || n > maxActions {
		c.fail("%s: %d buttons", at, n)
	}
	for _, e := range b.Elements.ElementSet {
		button, ok := e.(*slack.ButtonBlockElement)
		if !ok {
			c.fail("%s: a %T among the buttons", at, e)
			continue
		}
		c.object(at+" button", button.Text, maxButton)
		c.length(at+" value", button.Value, 1, maxValue)
		c.id(at, button.ActionID)
	}
}

func (c *checker) input(at string, b *slack.InputBlock) {
	c.object(at+" label", b.Label, maxLabel)
	if b.Hint != nil {
		c.object(at+" hint", b.Hint, maxLabel)
	}
	switch e := b.Element.(type) {
	case *slack.PlainTextInputBlockElement:
		c.length(at+" initial value", e.InitialValue, 0, maxInput)
		c.id(at, e.ActionID)
	case *slack.DateTimePickerBlockElement:
		c.id(at, e.ActionID)
	case *slack.RadioButtonsBlockElement:
		c.options(at, e.Options, maxBoxes)
		c.id(at, e.ActionID)
	case *slack.CheckboxGroupsBlockElement:
		c.options(at, e.Options, maxBoxes)
		c.id(at, e.ActionID)
	case *slack.MultiSelectBlockElement:
		c.id(at, e.ActionID)
	case *slack.TimePickerBlockElement:
		c.id(at, e.ActionID)
	case *slack.SelectBlockElement:
		if e.Type == slack.OptTypeStatic {
			c.options(at, e.Options, maxOptions)
		}
		c.id(at, e.ActionID)
	default:
		c.fail("%s: a %T to fill in", at, b.Element)
	}
}

func (c *checker) options(at string, all []*slack.OptionBlockObject, most int) {
	if n := len(all); n == 0 || n > most {
		c.fail("%s: %d options, 1 to %d can be sent", at, n, most)
	}
	seen := map[string]bool{}
	for _, o := range all {
		c.object(at+" option", o.Text, maxOption)
		c.length(at+" option value", o.Value, 1, maxOptionValue)
		if seen[o.Value] {
			c.fail("%s: the option %s stands twice", at, o.Value)
		}
		seen[o.Value] = true
	}
}

func (c *checker) id(at, id string) {
	c.length(at+" action id", id, 1, maxActionID)
	if c.ids[id] {
		c.fail("%s: the action id %s stands twice", at, id)
	}
	c.ids[id] = true
}
