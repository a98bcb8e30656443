package slacksim_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"coachbot/bot/slacksim"
)

// page serves the demo's page of a world.
func (x *world) page(o slacksim.WebOptions) *httptest.Server {
	s := httptest.NewServer(x.Web(o))
	x.t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func fetch(t *testing.T, req *http.Request) (int, string, http.Header) {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

func get(t *testing.T, url string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fetch(t, req)
}

func send(t *testing.T, url, body string, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	status, text, _ := fetch(t, req)
	return status, text
}

func TestPageShowsPrivateMessagesToTheirReaderOnly(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	s := x.page(slacksim.WebOptions{})
	if _, err := x.client().PostEphemeral(x.desk, x.mei.ID(), slack.MsgOptionText("for Mei alone", false)); err != nil {
		t.Fatal(err)
	}
	x.tom.Post(x.lair, "among leads")
	cases := []struct{ me, text string }{{x.mei.ID(), "for Mei alone"}, {x.tom.ID(), "among leads"}}
	for _, c := range cases {
		for _, reader := range []string{x.mei.ID(), x.tom.ID()} {
			_, body, _ := get(t, s.URL+"/web/state?me="+reader)
			if got, want := strings.Contains(body, c.text), reader == c.me; got != want {
				t.Errorf("%s sees %q: got %v, want %v", reader, c.text, got, want)
			}
		}
	}
}

func TestPageActsAsAPerson(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	s := x.page(slacksim.WebOptions{People: []slacksim.WebPerson{{ID: x.mei.ID(), Role: "agent"}}, Channel: "escalations"})
	status, body := send(t, s.URL+"/web/post", `{"me":"U0MEI","channel":"C0DESK","text":"Where is my refund?"}`)
	if status != http.StatusOK {
		t.Fatalf("got %d %s, want 200", status, body)
	}
	var posted struct{ Result string }
	if err := json.Unmarshal([]byte(body), &posted); err != nil {
		t.Fatal(err)
	}
	if m, ok := x.Message(x.desk, posted.Result); !ok || m.User != x.mei.ID() || m.Text != "Where is my refund?" {
		t.Errorf("got %+v, want Mei's post", m)
	}
	cases := []struct {
		what, deed, body string
		header           []string
		want             int
	}{
		{"edit", "edit", `{"me":"U0MEI","channel":"C0DESK","ts":"` + posted.Result + `","text":"Where?"}`, nil, 200},
		{"same origin", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Origin", s.URL}, 200},
		{"another origin", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Origin", "http://evil.example"}, 403},
		{"no origin", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Origin", "null"}, 403},
		{"another site", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a name pointed here", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Host", "evil.example", "Origin", "http://evil.example"}, 421},
		{"a form's kind of body", "post", `{"me":"U0MEI","channel":"C0DESK","text":"hi"}`, []string{"Content-Type", "text/plain"}, 415},
		{"bad JSON", "post", `{"me":`, nil, 400},
		{"unknown field", "post", `{"me":"U0MEI","chanel":"C0DESK"}`, nil, 400},
		{"unknown deed", "fly", `{"me":"U0MEI"}`, nil, 404},
		{"unknown person", "post", `{"me":"U0NOONE","channel":"C0DESK","text":"hi"}`, nil, 404},
		{"person not listed", "post", `{"me":"U0TOM","channel":"C0DESK","text":"hi"}`, nil, 404},
		{"empty text", "post", `{"me":"U0MEI","channel":"C0DESK","text":" "}`, nil, 422},
		{"foreign channel", "post", `{"me":"U0MEI","channel":"C0LAIR","text":"hi"}`, nil, 422},
		{"no modal", "submit", `{"me":"U0MEI"}`, nil, 422},
		{"no such button", "use", `{"me":"U0MEI","channel":"C0DESK","ts":"` + posted.Result + `","action":"x"}`, nil, 422},
		{"bot is away", "slash", `{"me":"U0MEI","channel":"C0DESK","text":"/coach help"}`, nil, 422},
		{"delete", "delete", `{"me":"U0MEI","channel":"C0DESK","ts":"` + posted.Result + `"}`, nil, 200},
	}
	for _, c := range cases {
		if status, body := send(t, s.URL+"/web/"+c.deed, c.body, c.header...); status != c.want {
			t.Errorf("%s: got %d %s, want %d", c.what, status, body, c.want)
		}
	}
}

func TestPageTakesCommandsToTheBot(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.connect(func(b *bot) {
		b.onSlsh = func(c slack.SlashCommand) any { return map[string]string{"text": c.Command + " got " + c.Text} }
	})
	s := x.page(slacksim.WebOptions{})
	status, body := send(t, s.URL+"/web/slash", `{"me":"U0MEI","channel":"C0DESK","text":"/coach he is\nangry"}`)
	if status != http.StatusOK || !strings.Contains(body, `/coach got he is\nangry`) {
		t.Errorf("got %d %s, want the bot's answer", status, body)
	}
}

func TestPageTellsChangesToThoseWhoSeeThem(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	s := x.page(slacksim.WebOptions{})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/web/stream?me=U0TOM", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	next := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		t.Fatal("the stream ended")
		return ""
	}
	if got, want := next(), "0"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	told := make(chan int, 8)
	cancel := x.Subscribe(func(c slacksim.Change) {
		if c.Kind == slacksim.ChangeMessage {
			told <- c.Seq
		}
	})
	defer cancel()
	if _, err := x.client().PostEphemeral(x.desk, x.mei.ID(), slack.MsgOptionText("for Mei alone", false)); err != nil {
		t.Fatal(err)
	}
	x.mei.Post(x.desk, "for all")
	var got int
	if err := json.Unmarshal([]byte(next()), &got); err != nil {
		t.Fatal(err)
	}
	if want := <-told; got != want {
		t.Errorf("Tom was told of change %d, want %d, the first he can see", got, want)
	}
}

func TestPageIsClosedToScriptsFromElsewhere(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	s := x.page(slacksim.WebOptions{})
	for _, path := range []string{"/", "/main.js", "/blocks.js", "/text.js", "/words.js", "/dom.js", "/page.css", "/web/state"} {
		status, body, header := get(t, s.URL+path)
		if status != http.StatusOK || body == "" {
			t.Errorf("%s: got %d, want 200", path, status)
		}
		csp := header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: got policy %q", path, csp)
		}
		for _, hole := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"} {
			if strings.Contains(body, hole) {
				t.Errorf("%s uses %s", path, hole)
			}
		}
	}
}
