package slacksim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
)

// bodyLimit is how much of a request is read.
const bodyLimit = 4 << 20

// request is one Web API call as the methods see it.
type request struct {
	method string
	args   map[string]string // nested JSON stays JSON text
	http   *http.Request
	token  string
}

func (r *request) arg(name string) string { return r.args[name] }

func (r *request) flag(name string) bool {
	return r.args[name] == "true" || r.args[name] == "1"
}

// readRequest takes a call apart: query, form, multipart or JSON.
func readRequest(hr *http.Request) (*request, *apiError) {
	r := &request{http: hr, args: map[string]string{}}
	for k := range hr.URL.Query() {
		r.args[k] = hr.URL.Query().Get(k)
	}
	kind, _, _ := mime.ParseMediaType(hr.Header.Get("Content-Type"))
	var bad *apiError
	hr.Body = http.MaxBytesReader(nil, hr.Body, bodyLimit)
	switch {
	case hr.Method == http.MethodGet:
	case kind == "application/json":
		bad = r.readJSON(hr.Body)
	case kind == "application/x-www-form-urlencoded", kind == "multipart/form-data":
		if err := hr.ParseMultipartForm(bodyLimit); err != nil && err != http.ErrNotMultipart {
			bad = refuse("invalid_form_data")
		}
		for k := range hr.PostForm {
			r.args[k] = hr.PostForm.Get(k)
		}
	case kind == "" && hr.ContentLength == 0:
	default:
		bad = refuse("invalid_post_type")
	}
	if t, ok := strings.CutPrefix(hr.Header.Get("Authorization"), "Bearer "); ok {
		r.token = t
	} else if kind != "application/json" {
		r.token = hr.PostForm.Get("token")
	}
	delete(r.args, "token")
	return r, bad
}

func (r *request) readJSON(body io.Reader) *apiError {
	b, err := io.ReadAll(body)
	if err != nil {
		return refuse("invalid_json")
	}
	if len(strings.TrimSpace(string(b))) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(b, &fields) != nil {
		return refuse("json_not_object")
	}
	for k, v := range fields {
		var s string
		switch {
		case string(v) == "null":
		case json.Unmarshal(v, &s) == nil:
			r.args[k] = s
		default:
			r.args[k] = string(v)
		}
	}
	return nil
}
