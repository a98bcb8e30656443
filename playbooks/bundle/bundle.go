// Package bundle carries a folder of texts inside the program: a zip of whole files,
// compressed as one, since files of a kind are much alike.
package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/andybalholm/brotli"
)

// window is how far back Pack looks for what it had before, as a power of two in
// bytes: the most that RFC 7932 knows, more than the library holds.
const window = 24

// Pack packs all files of a folder. The same folder always gives the same bytes.
func Pack(folder fs.FS) ([]byte, error) {
	var out bytes.Buffer
	whole := brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window})
	archive := zip.NewWriter(whole)
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
	if err := errors.Join(err, archive.Close(), whole.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Open returns the folder that was packed.
func Open(data []byte) (fs.FS, error) {
	archive, err := io.ReadAll(brotli.NewReader(bytes.NewReader(data)))
	if err != nil {
		return nil, fmt.Errorf("not as go generate packs it: %w", err)
	}
	return zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
}
