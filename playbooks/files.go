package playbooks

import "io/fs"

// File is one playbook file of a folder as it stands there.
type File struct {
	Path string // LANG/ID.md
	Data []byte
}

// Files reads every playbook file of a folder as Load does, without parsing
// them. A file that cannot be read is told among the faults; the error is set
// only when the folder itself cannot be read.
func Files(fsys fs.FS) ([]File, []Fault, error) { return readFolder(fsys) }
