package slacksim_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// chrome is a page in a headless Chromium, driven over its own protocol.
type chrome struct {
	t    *testing.T
	conn *websocket.Conn
	id   int
	page string // session of the page
}

// openChrome starts a browser with an empty page. It skips the test where no
// Chromium is installed.
func openChrome(t *testing.T) *chrome {
	t.Helper()
	var bin string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			bin = path
			break
		}
	}
	if bin == "" {
		if strings.Contains(os.Getenv("COACH_TEST_REQUIRE"), "browser") {
			t.Fatal("no Chromium on this machine, and this run requires one")
		}
		t.Skip("no Chromium on this machine; install one to test the page in a browser")
	}
	dir, err := os.MkdirTemp("", "slacksim-chrome")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	cmd := exec.CommandContext(ctx, bin, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-extensions", "--disable-background-networking", "--lang=en-US", "--remote-debugging-port=0", "--user-data-dir="+dir, "about:blank")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &chrome{t: t}
	t.Cleanup(func() {
		if c.conn != nil {
			_ = c.conn.Close()
		}
		stop()
		_ = cmd.Wait() // killed
		_ = os.RemoveAll(dir)
	})
	c.dial(filepath.Join(dir, "DevToolsActivePort"))
	var target struct{ TargetID string }
	c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session)
	c.page = session.SessionID
	return c
}

// dial waits for the file in which the browser says where it listens.
func (c *chrome) dial(file string) {
	c.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		b, err := os.ReadFile(file)
		port, path, ok := strings.Cut(strings.TrimSpace(string(b)), "\n")
		if err != nil || !ok {
			continue
		}
		if c.conn, _, err = websocket.DefaultDialer.Dial("ws://127.0.0.1:"+port+path, nil); err == nil {
			return
		}
	}
	c.t.Fatal("Chromium did not start within 30 seconds")
}

// call sends a command and reads its result into out, which may be nil.
func (c *chrome) call(method string, params map[string]any, out any) {
	c.t.Helper()
	c.id++
	msg := map[string]any{"id": c.id, "method": method, "params": params}
	if c.page != "" {
		msg["sessionId"] = c.page
	}
	if err := c.conn.WriteJSON(msg); err != nil {
		c.t.Fatal(err)
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	for {
		var got struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := c.conn.ReadJSON(&got); err != nil {
			c.t.Fatalf("%s: %v", method, err)
		}
		switch {
		case got.ID != c.id:
		case got.Error != nil:
			c.t.Fatalf("%s: %s", method, got.Error.Message)
		default:
			if out != nil {
				if err := json.Unmarshal(got.Result, out); err != nil {
					c.t.Fatal(err)
				}
			}
			return
		}
	}
}

// open goes to an address with a window of that size, light or dark.
func (c *chrome) open(url string, width, height int, scheme string) {
	c.t.Helper()
	c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	c.call("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	c.call("Page.navigate", map[string]any{"url": "about:blank"}, nil)
	c.call("Page.navigate", map[string]any{"url": url}, nil)
}

// eval runs an expression in the page and returns its value as text.
func (c *chrome) eval(expr string) string {
	c.t.Helper()
	var out struct {
		Result           struct{ Value any }
		ExceptionDetails *struct{ Exception struct{ Description string } }
	}
	c.call("Runtime.evaluate", map[string]any{"expression": expr, "returnByValue": true, "awaitPromise": true}, &out)
	if out.ExceptionDetails != nil {
		c.t.Fatalf("%s: %s", expr, out.ExceptionDetails.Exception.Description)
	}
	return fmt.Sprint(out.Result.Value)
}

// until waits until an expression holds in the page.
func (c *chrome) until(what, expr string) {
	c.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c.eval("Boolean("+expr+")") == "true" {
			return
		}
	}
	c.t.Fatalf("the page does not show: %s; it shows\n%s", what, c.eval("document.body.innerText"))
}

// typed enters text where the focus is.
func (c *chrome) typed(text string) {
	c.t.Helper()
	c.call("Input.insertText", map[string]any{"text": text}, nil)
}

// press presses a key: "Enter", "Escape" or " ".
func (c *chrome) press(key string) {
	c.t.Helper()
	code := map[string]int{"Enter": 13, "Escape": 27, " ": 32}[key]
	text := map[string]string{"Enter": "\r", " ": " "}[key]
	c.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text}, nil)
	c.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}, nil)
}

// picture saves what the page looks like when PAGE_PICTURES names a folder.
func (c *chrome) picture(name string) {
	c.t.Helper()
	dir := os.Getenv("PAGE_PICTURES")
	if dir == "" {
		return
	}
	time.Sleep(500 * time.Millisecond) // for what fades in
	var out struct{ Data string }
	c.call("Page.captureScreenshot", map[string]any{"format": "png"}, &out)
	b, err := base64.StdEncoding.DecodeString(out.Data)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), b, 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}
