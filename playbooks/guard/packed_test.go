package guard

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"testing"
)

// TestPatternsArePacked holds the archive inside the program against the folder.
func TestPatternsArePacked(t *testing.T) {
	t.Parallel()
	archive, err := zip.NewReader(bytes.NewReader(patternFiles), int64(len(patternFiles)))
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
		if packed, err := fs.ReadFile(archive, name); err != nil || !bytes.Equal(packed, data) {
			t.Errorf("patterns/%s differs from patterns.zip; run go generate ./playbooks/guard", name)
		}
	})
	if packed := count(archive, func(string, []byte) {}); packed != folder {
		t.Errorf("patterns.zip has %d files, the folder %d; run go generate ./playbooks/guard", packed, folder)
	}
}
