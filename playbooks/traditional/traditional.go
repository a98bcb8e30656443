// Package traditional writes Simplified Chinese in Traditional characters, as
// readers in Taiwan, Hong Kong and Macao expect them: whole words first (头发 is
// 頭髮, 发现 is 發現), then single characters. Its dictionary is OpenCC's.
package traditional

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"
	"unicode"

	"coachbot/playbooks/fold"
	"coachbot/playbooks/traditional/table"
)

//go:generate go run ./gen dictionary.gz

// The dictionary is derived from Open Chinese Convert (OpenCC),
// https://github.com/BYVoid/OpenCC, Copyright (c) BYVoid and contributors, licensed
// under the Apache License, Version 2.0 (see ../fold/LICENSE-opencc). It was
// changed: of several forms the first is kept, in the one that Taiwan uses, and
// entries that their parts give anyway are left out.
//
//go:embed dictionary.gz
var packed []byte

// dictionary is read when it is first needed.
var dictionary = sync.OnceValue(func() table.Table {
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	data, err := io.ReadAll(unzip)
	if err != nil {
		panic(err)
	}
	return table.Parse(string(data))
})

// String is s in Traditional characters. What is not Chinese stays.
func String(s string) string {
	if !strings.ContainsFunc(s, han) {
		return s
	}
	t := dictionary()
	return t.Convert(s)
}

// Is reports whether a text is written in Traditional characters: some of its
// characters are used there alone, and more than are used in Simplified alone.
func Is(s string) bool {
	t := dictionary()
	traditional, simplified := 0, 0
	for _, r := range s {
		switch {
		case !han(r):
		case fold.Rune(r) != r:
			traditional++
		case t.Convert(string(r)) != string(r):
			simplified++
		}
	}
	return traditional > 0 && traditional > simplified
}

// Lang is the language of Chinese in Traditional characters.
const Lang = "zh-Hant"

// Reader reports whether readers of a locale or language expect Traditional
// characters: zh-TW, zh_HK, zh-Hant …
func Reader(locale string) bool {
	l := strings.ToLower(strings.ReplaceAll(locale, "_", "-"))
	if l != "zh" && !strings.HasPrefix(l, "zh-") {
		return false
	}
	for _, part := range strings.Split(l, "-")[1:] {
		switch part {
		case "hans":
			return false
		case "hant", "tw", "hk", "mo":
			return true
		}
	}
	return false
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }
