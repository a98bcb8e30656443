package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// webKeepAlive is how often a quiet stream says that it lives.
const webKeepAlive = 15 * time.Second

// deed is what a person does on the page; which fields count depends on the
// address it is sent to.
type deed struct {
	Me       string                    `json:"me"`
	Channel  string                    `json:"channel"`
	TS       string                    `json:"ts"`
	Thread   string                    `json:"thread"` // parent to reply to
	Text     string                    `json:"text"`
	Where    string                    `json:"where"`    // of an element: "message", "view" or "home"
	Action   string                    `json:"action"`   // its action_id
	Values   []string                  `json:"values"`   // chosen; null for a button
	Callback string                    `json:"callback"` // of a shortcut
	Fields   map[string]map[string]any `json:"fields"`   // of a modal, by block and action ID
}

// deeds are the addresses below /web/ and what they do. The answer is what the
// page needs at once; the rest it sees in the state.
func (s *web) deeds() map[string]func(context.Context, *Person, deed) (any, error) {
	return map[string]func(context.Context, *Person, deed) (any, error){
		"post":  webPost,
		"slash": webSlash,
		"edit": func(_ context.Context, p *Person, d deed) (any, error) {
			return nil, p.TryEdit(d.Channel, d.TS, d.Text)
		},
		"delete": func(_ context.Context, p *Person, d deed) (any, error) {
			return nil, p.TryDelete(d.Channel, d.TS)
		},
		"use": webUse,
		"shortcut": func(ctx context.Context, p *Person, d deed) (any, error) {
			return nil, p.Shortcut(ctx, d.Callback, d.Channel, d.TS)
		},
		"submit": func(ctx context.Context, p *Person, d deed) (any, error) {
			_, err := p.Submit(ctx, d.Fields)
			return nil, err
		},
		"close": func(ctx context.Context, p *Person, _ deed) (any, error) { return nil, p.Close(ctx) },
		"morning": func(context.Context, *Person, deed) (any, error) {
			if s.o.Morning == nil {
				return nil, errors.New("the clock of this workspace cannot be moved")
			}
			s.o.Morning()
			return nil, nil
		},
		"home": func(ctx context.Context, p *Person, _ deed) (any, error) {
			p.OpenHome(ctx)
			return nil, nil
		},
	}
}

// act carries out one deed: 400 for what cannot be read, 404 for an unknown
// deed or person, 422 with the reason for what Slack or the app refuses.
func (s *web) act(rw http.ResponseWriter, r *http.Request) {
	do := s.deeds()[r.PathValue("deed")]
	if do == nil {
		webError(rw, http.StatusNotFound, "nothing to do under this address")
		return
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		webError(rw, http.StatusUnsupportedMediaType, "send application/json")
		return
	}
	var d deed
	dec := json.NewDecoder(http.MaxBytesReader(rw, r.Body, bodyLimit))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		webError(rw, http.StatusBadRequest, "the request is not readable: "+err.Error())
		return
	}
	p := s.person(rw, d.Me)
	if p == nil {
		return
	}
	out, err := do(r.Context(), p, d)
	if err != nil {
		webError(rw, http.StatusUnprocessableEntity, err.Error())
		return
	}
	webJSON(rw, http.StatusOK, obj{"ok": true, "result": out})
}

func webPost(_ context.Context, p *Person, d deed) (any, error) {
	var opts []PostOption
	if d.Thread != "" {
		opts = append(opts, InThread(d.Thread))
	}
	return p.TryPost(d.Channel, d.Text, opts...)
}

func webSlash(ctx context.Context, p *Person, d deed) (any, error) {
	line := strings.TrimSpace(d.Text)
	end := strings.IndexAny(line, " \t\n")
	if end < 0 {
		end = len(line)
	}
	res, err := p.Slash(ctx, line[:end], line[end:], d.Channel)
	return res.Message, err
}

// webUse presses a button or chooses in another element.
func webUse(ctx context.Context, p *Person, d deed) (any, error) {
	switch {
	case d.Where == "view" && d.Values == nil:
		return nil, p.ClickView(ctx, d.Action)
	case d.Where == "view":
		return nil, p.SelectInView(ctx, d.Action, d.Values...)
	case d.Where == "home" && d.Values == nil:
		return nil, p.ClickHome(ctx, d.Action)
	case d.Where == "home":
		return nil, p.SelectInHome(ctx, d.Action, d.Values...)
	case d.Values == nil:
		return nil, p.Click(ctx, d.Channel, d.TS, d.Action)
	}
	return nil, p.SelectOption(ctx, d.Channel, d.TS, d.Action, d.Values...)
}

// stream tells the page that what the person ?me= sees may have changed, as
// server-sent events of the latest sequence number; the page then asks for the
// state. Changes that come faster than they are read are told once.
func (s *web) stream(rw http.ResponseWriter, r *http.Request) {
	p := s.person(rw, r.URL.Query().Get("me"))
	if p == nil {
		return
	}
	latest := make(chan int, 1)
	cancel := s.w.Subscribe(func(c Change) {
		if c.Kind == ChangeJournal || c.User != "" && c.User != p.ID() {
			return
		}
		select { // only one call at a time, so the second send finds room
		case <-latest:
		default:
		}
		latest <- c.Seq
	})
	defer cancel()
	rw.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(rw)
	tell := func(line string) bool {
		_, err := io.WriteString(rw, line)
		return err == nil && out.Flush() == nil
	}
	alive := time.NewTicker(webKeepAlive)
	defer alive.Stop()
	for ok := tell("retry: 1000\ndata: 0\n\n"); ok; {
		select {
		case seq := <-latest:
			ok = tell(fmt.Sprintf("data: %d\n\n", seq))
		case <-alive.C:
			ok = tell(": alive\n\n")
		case <-r.Context().Done():
			return
		case <-s.w.closed:
			return
		}
	}
}
