package guard

import (
	"bytes"
	"io/fs"
	"os"
	"testing"

	"coachbot/playbooks/bundle"
)

// TestPatternsArePacked holds the archive inside the program against the folder.
func TestPatternsArePacked(t *testing.T) {
	t.Parallel()
	archive, err := bundle.Open(patternFiles)
	if err != nil {
		t.Fatal(err)
	}
	count := func(from fs.FS, same func(name string, data []byte)) (n int) {
		err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, name)
			n++
			same(name, data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	folder := count(os.DirFS("patterns"), func(name string, data []byte) {
		if inside, err := fs.ReadFile(archive, name); err != nil || !bytes.Equal(inside, data) {
			t.Errorf("patterns/%s differs from patterns.zip.br; run go generate ./playbooks/guard", name)
		}
	})
	if inside := count(archive, func(string, []byte) {}); inside != folder {
		t.Errorf("patterns.zip.br has %d files, the folder %d; run go generate ./playbooks/guard", inside, folder)
	}
}
