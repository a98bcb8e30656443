// Package bundle carries a folder of texts inside the program: a zip of whole files,
// compressed as one, since files of a kind are much alike.
package bundle

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Pack packs all files of a folder. The same folder always gives the same bytes.
func Pack(folder fs.FS) ([]byte, error) {
	var out bytes.Buffer
	whole, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	archive := zip.NewWriter(whole)
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
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
	in, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("not packed by go generate: %w", err)
	}
	archive, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("packed by go generate: %w", err)
	}
	return zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
}
