package bundle

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// What is packed comes back, to the same bytes each time; what is no such file is refused.
func TestPack(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{"en/late.md": {Data: []byte("Where is it?\n")}, "zh/late.md": {Data: []byte("还没到？\n")}, "empty.txt": {}}
	first, err := Pack(folder)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Pack(folder); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same folder gives other bytes, %v", err)
	}
	opened, err := Open(first)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range folder {
		if got, err := fs.ReadFile(opened, name); err != nil || !bytes.Equal(got, file.Data) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, broken := range [][]byte{nil, []byte("no such file"), first[:len(first)/2]} {
		if _, err := Open(broken); err == nil {
			t.Errorf("%d bytes that are no such file are opened", len(broken))
		}
	}
}
