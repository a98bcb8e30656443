package slacksim_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/slacksim"
)

const stubCard = `[
 {"type":"header","text":{"type":"plain_text","text":"Refund overdue, and losing patience"}},
 {"type":"section","text":{"type":"mrkdwn","text":"*Say first* :speech_balloon:\n&gt; You have waited two weeks for _your own money_. I would be angry too; by ____ (when).\n• check the ~order~ refund in ` + "`billing`" + `\n• name the day: <https://example.com/policy|refund policy>\n*先说这句*：“让您等了两周，换作是我也着急。”"}},
 {"type":"section","fields":[{"type":"mrkdwn","text":"*Feeling*\nangry, still talking"},{"type":"mrkdwn","text":"*Risk*\nleaves, public review"}]},
 {"type":"divider"},
 {"type":"actions","block_id":"a","elements":[
  {"type":"button","action_id":"use","style":"primary","text":{"type":"plain_text","text":"I used this"},"value":"1"},
  {"type":"button","action_id":"more","text":{"type":"plain_text","text":"More phrases"},"value":"1"},
  {"type":"button","action_id":"wrong","style":"danger","text":{"type":"plain_text","text":"Off the mark"},"value":"1"}]},
 {"type":"context","elements":[{"type":"mrkdwn","text":"Playbook _refund-late_ · <img src=x onerror=document.title='hacked'>"}]}]`

const stubModal = `{"type":"modal","callback_id":"help","title":{"type":"plain_text","text":"Ask your peers"},"submit":{"type":"plain_text","text":"Ask"},
 "blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Say what you tried."}},
 {"type":"input","block_id":"q","label":{"type":"plain_text","text":"Question"},"element":{"type":"plain_text_input","action_id":"q","multiline":true}},
 {"type":"input","block_id":"w","optional":true,"label":{"type":"plain_text","text":"Whom"},"element":{"type":"multi_users_select","action_id":"w"}},
 {"type":"context","elements":[{"type":"plain_text","text":"Posted in this channel."}]}]}`

// stub is a bot that answers posts in their thread, commands privately, and
// one button with a modal. What is submitted comes back.
func (x *world) stub() <-chan slack.ViewState {
	client := x.client()
	var modal slack.ModalViewRequest
	var card slack.Blocks
	for text, into := range map[string]any{stubModal: &modal, stubCard: &card} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			x.t.Fatal(err)
		}
	}
	submitted := make(chan slack.ViewState, 4)
	x.connect(func(b *bot) {
		b.onSlsh = func(slack.SlashCommand) any { return map[string]string{"text": "Name the *wait* first."} }
		b.onAct = func(i slack.InteractionCallback) any {
			if i.Type == slack.InteractionTypeViewSubmission {
				submitted <- *i.View.State
			}
			if acts := i.ActionCallback.BlockActions; len(acts) > 0 && acts[0].ActionID == "more" {
				if _, err := client.OpenView(i.TriggerID, modal); err != nil {
					x.t.Errorf("open the modal: %v", err)
				}
			}
			return nil
		}
	})
	posts, done := make(chan slacksim.Change, 64), make(chan struct{})
	cancel := x.Subscribe(func(c slacksim.Change) {
		if c.Kind == slacksim.ChangeMessage {
			posts <- c
		}
	})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-done:
				return
			case c := <-posts:
				m, _ := x.Message(c.Channel, c.TS)
				if m.BotID != "" || m.IsReply() {
					continue
				}
				if _, _, err := client.PostMessage(c.Channel, slack.MsgOptionText("card", false), slack.MsgOptionBlocks(card.BlockSet...), slack.MsgOptionTS(c.TS)); err != nil {
					x.t.Errorf("answer: %v", err)
				}
			}
		}
	})
	x.t.Cleanup(func() { cancel(); close(done); wg.Wait() })
	return submitted
}

func TestPageInABrowser(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.AddUser(slacksim.UserSpec{ID: "U0LIN", Name: "lin", RealName: "林 晓"})
	submitted := x.stub()
	s := x.page(slacksim.WebOptions{
		Title: "coachbot demo", Channel: "escalations",
		People: []slacksim.WebPerson{{ID: "U0MEI", Role: "agent"}, {ID: "U0LIN", Role: "lead"}, {ID: "U0TOM", Role: "admin"}},
		Examples: []slacksim.Example{
			{Lang: "en", Label: "Refund late for the third time", Text: "Customer: third time I ask, WHERE IS MY REFUND? You people are useless."},
			{Lang: "en", Label: "Wants a manager", Text: "She wants a manager right now."},
			{Lang: "zh", Label: "威胁投诉到12315", Text: "客户说：再不退款我就去12315投诉你们！"},
		},
	})
	c := openChrome(t)
	c.open(s.URL+"/", 1280, 800, "light")
	c.until("Mei is who one is", `document.querySelector("#people [aria-pressed=true]")?.innerText.includes("Mei Lin")`)

	// A post is answered, and its thread opens by itself.
	c.eval(`document.querySelector("#compose textarea").focus()`)
	c.typed("I am <b>furious</b>, *really* & done")
	c.press("Enter")
	c.until("the post, its markup as text", `document.querySelector("#log").innerText.includes("I am <b>furious</b>, really & done")`)
	c.until("the answer in the open thread", `document.querySelector("#replies").innerText.includes("losing patience")`)
	if got, want := c.eval(`document.querySelectorAll("#replies strong").length > 1 && document.querySelectorAll("#replies blockquote, #replies code, #replies s, #replies em").length >= 4`), "true"; got != want {
		t.Errorf("markup rendered: got %s, want %s", got, want)
	}
	if got, want := c.eval(`document.querySelector("#replies").innerText.includes("by ____ (when)")`), "true"; got != want {
		t.Error("a gap to fill in lost its line: its strokes are no marks")
	}
	if got, want := c.eval(`document.querySelectorAll("#app img").length + document.title`), "0coachbot demo"; got != want {
		t.Errorf("injected markup: got %q, want %q", got, want)
	}
	c.picture("desk-light")

	// A button opens a modal, which asks for what is missing and closes with Esc.
	c.eval(`document.querySelector("#replies [data-action=more]").click()`)
	c.until("the modal", `document.querySelector("dialog[open]")?.innerText.includes("Ask your peers")`)
	c.picture("modal-light")
	c.eval(`document.querySelector("dialog .act.primary").click()`)
	c.until("what is missing", `document.querySelector("dialog .error")`)

	// Of several a click chooses one more, a second click one less, and the keyboard does the same.
	for _, id := range []string{"U0MEI", "U0LIN", "U0TOM", "U0MEI"} {
		c.eval(`document.querySelector("dialog [data-action=w] input[value=` + id + `]").click()`)
	}
	if got, want := c.eval(`[...document.querySelectorAll("dialog [data-action=w] input:checked")].map((i) => i.value).sort().join()`), "U0LIN,U0TOM"; got != want {
		t.Errorf("chosen: got %s, want %s", got, want)
	}
	c.picture("modal-several-light")
	c.eval(`document.querySelector("dialog [data-action=w] input[value=U0TOM]").focus()`)
	c.press(" ")
	c.eval(`document.querySelector("dialog [data-action=q]").value = "Who knows?"`)
	c.eval(`document.querySelector("dialog .act.primary").click()`)
	select {
	case state := <-submitted:
		if got := state.Values["w"]["w"].SelectedUsers; len(got) != 1 || got[0] != "U0LIN" {
			t.Errorf("submitted: got %q, want U0LIN alone", got)
		}
	case <-time.After(15 * time.Second): // as long as until waits
		t.Fatal("nothing was submitted")
	}
	c.until("the modal closed by its submission", `!document.querySelector("dialog[open]")`)
	c.eval(`document.querySelector("#replies [data-action=more]").click()`)
	c.until("the modal again", `document.querySelector("dialog[open]")?.innerText.includes("Ask your peers")`)
	c.press("Escape")
	c.until("no modal", `!document.querySelector("dialog[open]")`)

	// A command is answered to the one who typed it, and to nobody else.
	c.eval(`document.querySelector("#leave").click(); document.querySelector("#compose textarea").focus()`)
	c.typed("/coach he waits")
	c.press("Enter")
	c.until("the private answer", `document.querySelector("#log .private")?.innerText.includes("Name the wait first")`)
	c.picture("private-light")
	c.eval(`document.querySelector("#people [data-action=U0TOM]").click()`)
	c.until("Tom is who one is", `document.querySelector("#people [aria-pressed=true]")?.innerText.includes("tom") && !document.querySelector("#log .private")`)

	// An example is one click, in Chinese as well, and on a phone.
	c.open(s.URL+"/#U0LIN", 390, 844, "dark")
	c.until("Lin is no member yet and sees the direct message only", `document.querySelector("#place")?.innerText === "coach"`)
	c.open(s.URL+"/#U0MEI", 390, 844, "dark")
	c.until("the channel", `document.querySelector("#place")?.innerText === "#escalations"`)
	c.picture("phone-dark")
	c.eval(`document.querySelector("#chips [lang=zh]").click()`)
	c.until("the answer fills the phone", `document.querySelector("#replies").innerText.includes("losing patience") && getComputedStyle(document.querySelector("#main")).display === "none"`)
	if got, want := c.eval(`document.documentElement.scrollWidth <= innerWidth`), "true"; got != want {
		t.Errorf("fits the phone: got %s, want %s", got, want)
	}
	c.picture("phone-thread-dark")
	c.press("Escape")
	c.until("back in the channel", `document.querySelector("#thread").hidden`)
	c.eval(`document.querySelector("#lang").click()`)
	c.until("the page in Chinese", `document.querySelector("#exhead").innerText.includes("点一条")`)
	c.open(s.URL+"/", 1280, 800, "dark")
	c.until("Chinese is kept", `document.querySelector("#exhead")?.innerText.includes("点一条")`)
	c.until("the thread to open", `document.querySelector("#log .to-thread")`)
	c.eval(`document.querySelector("#log .to-thread").click()`)
	c.until("the thread", `document.querySelector("#replies").innerText.includes("losing patience")`)
	c.picture("desk-dark-zh")
}
