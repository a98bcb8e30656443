package slacksim

import (
	"path"
	"strings"
)

// attach hangs files on a message.
func (w *Workspace) attach(m *message, files []File) {
	if len(files) == 0 {
		return
	}
	if m.subtype == "" {
		m.subtype = "file_share"
	}
	for _, f := range files {
		f.ID = w.id("F")
		f.Filetype = strings.TrimPrefix(path.Ext(f.Name), ".")
		f.Mimetype = mimetype(f.Filetype)
		f.Size = 1000 + len(f.Name)
		m.files = append(m.files, f)
	}
}

func mimetype(ext string) string {
	switch strings.ToLower(ext) {
	case "png", "gif", "webp":
		return "image/" + strings.ToLower(ext)
	case "jpg", "jpeg":
		return "image/jpeg"
	case "mp3", "m4a", "wav", "ogg":
		return "audio/" + strings.ToLower(ext)
	case "mp4":
		return "video/mp4"
	case "pdf":
		return "application/pdf"
	case "txt", "":
		return "text/plain"
	}
	return "application/octet-stream"
}
