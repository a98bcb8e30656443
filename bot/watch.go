package bot

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

// quietFor is how long quiet watching goes on before the leads are asked to decide.
const quietFor = 7 * 24 * time.Hour

// watchCommand makes the channel an escalation channel, or ends that.
func (a *App) watchCommand(ctx context.Context, c command, v verb, rest, lang string) (blocks.Message, error) {
	may, err := a.mayManage(ctx, c.User)
	if err != nil {
		return blocks.Message{}, err
	}
	if !may {
		return blocks.Say(lang, blocks.NotAllowed), nil
	}
	if strings.HasPrefix(c.Channel, "D") {
		return blocks.Say(lang, blocks.InChannel), nil
	}
	if v == verbUnwatch {
		return a.setMode(ctx, c, store.WatchOff, lang)
	}
	first, more, _ := strings.Cut(strings.ToLower(strings.TrimSpace(rest)), " ")
	mode := store.WatchThread
	switch first {
	case "":
	case "private", "私信", "私下":
		mode = store.WatchPrivate
	case "quiet", "静默", "靜默", "安静":
		mode = store.WatchQuiet
	case "app", "应用", "應用":
		return a.admitApp(ctx, c, more, lang)
	default:
		return blocks.Say(lang, blocks.WatchUsage), nil
	}
	m, refused, err := a.reachable(ctx, c.Channel, lang)
	if err != nil || refused {
		return m, err
	}
	return a.setMode(ctx, c, mode, lang)
}

// reachable tells in words why the bot cannot work in a channel.
func (a *App) reachable(ctx context.Context, channel, lang string) (m blocks.Message, refused bool, err error) {
	a.forgetAudience(channel)
	readers, err := a.audience(ctx, channel)
	switch {
	case refusedWith(err, "channel_not_found", "not_in_channel", "missing_scope"):
		return excuse(lang, err), true, nil
	case err == nil && !readers.member:
		return blocks.Say(lang, blocks.NotInChannel), true, nil
	case err == nil && readers.archived:
		return blocks.Say(lang, blocks.Archived), true, nil
	}
	return blocks.Message{}, false, err
}

func (a *App) setMode(ctx context.Context, c command, mode store.WatchMode, lang string) (blocks.Message, error) {
	now, connection := a.now(), a.socket.Connections()
	before, begins := a.mode(ctx, c.Workspace, c.Channel), false
	kept, err := a.store.UpdateChannel(ctx, c.Workspace, c.Channel, func(ch *store.Channel) error {
		ch.Mode, ch.SetBy, ch.SetAt, ch.Quiet = mode, c.User, now, time.Time{}
		if mode == store.WatchQuiet {
			ch.Quiet = now.Add(quietFor)
		}
		begins = ch.Cursor == "" || mode != store.WatchOff && (before == store.WatchUnset || before == store.WatchOff)
		if begins { // what was said before is not our business
			ch.Cursor = slackTime(now)
		}
		return nil
	})
	if err != nil {
		return blocks.Message{}, err
	}
	if begins {
		a.caught.note(c.Channel, connection)
	}
	switch mode {
	case store.WatchOff:
		return blocks.Say(lang, blocks.Unwatched), nil
	case store.WatchPrivate:
		return blocks.Say(lang, blocks.WatchingPrivate), nil
	case store.WatchQuiet:
		return blocks.Say(lang, blocks.WatchingQuiet), a.planQuietEnd(ctx, kept)
	}
	return blocks.Say(lang, blocks.WatchingThread), nil
}

// planQuietEnd puts the question that follows a quiet week into the queue.
func (a *App) planQuietEnd(ctx context.Context, ch store.Channel) error {
	s := said{Workspace: ch.Workspace, Channel: ch.ID, User: ch.SetBy, TS: slackTime(ch.Quiet)}
	return a.later(ctx, kindQuietEnd, channelLane(ch.Workspace, ch.ID)+"/quiet", "quiet-end:"+ch.Workspace+"."+ch.ID+"."+s.TS, ch.Quiet, s)
}

// quietEnded asks the leads to decide, if the channel is still on the same quiet week.
func (a *App) quietEnded(ctx context.Context, job store.Job, s said) error {
	ch, err := a.store.Channel(ctx, s.Workspace, s.Channel)
	if err != nil || ch.Mode != store.WatchQuiet || slackTime(ch.Quiet) != s.TS {
		return err
	}
	count := 0
	err = a.store.CasesOpened(ctx, s.Channel, ch.SetAt, a.now(), func(c store.Case) error {
		if digest.Shown(c) {
			count++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.tellEach(ctx, a.leadsOf(ctx, s.Workspace, s.Channel), func(lead string) post {
		lang := a.readerLang(ctx, lead, "")
		return post{key: job.ID + ":" + lead, kind: "note", message: blocks.Say(lang, blocks.QuietWeekOver, "<#"+s.Channel+">", count)}
	})
}

// botID is how Slack names an app that posts; a person finds it with /coach why.
var botID = regexp.MustCompile(`\bb[0-9a-z]{5,}\b`)

// admitApp makes an app of the channel (a ticket tool) count as a colleague.
func (a *App) admitApp(ctx context.Context, c command, rest, lang string) (blocks.Message, error) {
	id := strings.ToUpper(botID.FindString(strings.ToLower(rest)))
	if id == "" {
		return blocks.Say(lang, blocks.AppUsage), nil
	}
	_, err := a.store.UpdateChannel(ctx, c.Workspace, c.Channel, func(ch *store.Channel) error {
		if !slices.Contains(ch.Apps, id) {
			ch.Apps = append(ch.Apps, id)
		}
		return nil
	})
	return blocks.Say(lang, blocks.AppAdmitted, id), err
}

// why says what the bot saw last in a channel and why it spoke or kept quiet.
func (a *App) why(ctx context.Context, c command, lang string) (blocks.Message, error) {
	if m := a.mode(ctx, c.Workspace, c.Channel); m == store.WatchOff || m == store.WatchUnset {
		if list, err := a.store.LastDecisions(ctx, c.Workspace, c.Channel, 1); err != nil || len(list) == 0 {
			return blocks.Say(lang, blocks.NotWatched), err
		}
	}
	list, err := a.store.LastDecisions(ctx, c.Workspace, c.Channel, 3)
	return blocks.Why(lang, list), err
}

// channelChanged forgets what was believed of a channel that somebody joined, left, shared or archived.
func (a *App) channelChanged(ctx context.Context, s said) error {
	a.forgetAudience(s.Channel)
	switch s.Text {
	case "channel_archive", "group_archive", "channel_left", "group_left":
		a.log.Warn("the bot can no longer work in a channel", "channel", s.Channel, "event", s.Text)
		return nil
	}
	if a.mode(ctx, s.Workspace, s.Channel) == store.WatchUnset {
		return nil
	}
	_, err := a.audience(ctx, s.Channel) // asked now, so that the next case need not wait for it
	var permanent permanentError
	if errors.As(err, &permanent) {
		return nil
	}
	return err
}
