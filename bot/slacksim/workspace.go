package slacksim

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Options describe a workspace and the one app installed in it. The zero value
// is a working workspace: every field has a default.
type Options struct {
	Now func() time.Time // clock of everything but WebSocket pings; default time.Now
	Log *slog.Logger     // default: discard

	BaseURL string // e.g. "http://127.0.0.1:8765"; default: the Host of the request

	TeamID, TeamName, TeamDomain string // T0SIM0001, "Simulated", "simulated"

	AppID, BotID, BotUserID, BotName string // A0COACH01, B0COACH01, U0COACH01, "coach"
	BotToken, AppToken               string // xoxb-sim-bot, xapp-sim-app

	Scopes []string // bot scopes; default DefaultScopes()
	Events []string // event types delivered, e.g. "message", "app_mention"; nil: all

	Commands         []string // slash commands the app declares; nil: any
	MessageShortcuts []string // callback IDs of message shortcuts; nil: any
	GlobalShortcuts  []string // callback IDs of global shortcuts; nil: any

	NoRateLimits bool // true: never 429 unless Faults asks for it

	// RedeliverMissed keeps what happens while no socket is open and sends it
	// when one opens. Off by default: reports about Slack contradict each other,
	// and losing it is the harder case.
	RedeliverMissed bool

	// AckWithin is Slack's 3 seconds for an acknowledgement; longer only where the
	// program under test is slowed down, as by the race detector.
	AckWithin time.Duration

	PingEvery time.Duration // wall time between WebSocket pings; default 5 s
	TickEvery time.Duration // wall time between looks at the clock; default 20 ms; negative: only Tick
}

// DefaultScopes returns the bot scopes an app gets when Options.Scopes is nil.
func DefaultScopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands",
		"files:read", "groups:history", "groups:read", "im:history", "im:read", "im:write",
		"reactions:write", "team:read", "users:read",
	}
}

// Workspace is one simulated workspace. All methods are safe for concurrent use.
type Workspace struct {
	opts    Options
	methods map[string]method
	up      websocket.Upgrader

	mu       sync.Mutex
	seq      int // source of every generated identifier
	lastTS   int64
	eventSeq int

	users    map[string]*user
	people   []*Person
	channels map[string]*channel
	order    []string // channel IDs in the order they were made
	ims      map[string]string
	bots     map[string]*user // by bot ID

	scopes   map[string]bool
	tokenErr string // what every call answers once the token is dead
	baseURL  string

	conns    []*conn
	connSeq  int
	nextConn int
	tickets  map[string]time.Time

	active     []*delivery
	byEnvelope map[string]*sentEnvelope
	missed     []*delivery

	triggers  map[string]*trigger
	responses map[string]*responseURL
	views     map[string]*view
	buckets   map[string]*bucket

	journal journal
	faults  *Faults
	changes changeLog

	closed chan struct{}
	wg     sync.WaitGroup
}

// New makes an empty workspace holding only the app's bot user.
func New(o Options) *Workspace {
	o = withDefaults(o)
	w := &Workspace{
		opts:       o,
		methods:    webAPI(),
		users:      map[string]*user{},
		channels:   map[string]*channel{},
		ims:        map[string]string{},
		bots:       map[string]*user{},
		scopes:     map[string]bool{},
		baseURL:    strings.TrimSuffix(o.BaseURL, "/"),
		tickets:    map[string]time.Time{},
		byEnvelope: map[string]*sentEnvelope{},
		triggers:   map[string]*trigger{},
		responses:  map[string]*responseURL{},
		views:      map[string]*view{},
		buckets:    map[string]*bucket{},
		closed:     make(chan struct{}),
		up:         upgrader(),
	}
	w.changes.wake = make(chan struct{})
	w.faults = newFaults(w)
	for _, s := range o.Scopes {
		w.scopes[s] = true
	}
	bot := &user{UserSpec: UserSpec{ID: o.BotUserID, Name: o.BotName, RealName: o.BotName, Bot: true}, botID: o.BotID, appID: o.AppID}
	w.users[bot.ID] = bot
	w.bots[bot.botID] = bot
	return w
}

func withDefaults(o Options) Options {
	def := func(s *string, v string) {
		if *s == "" {
			*s = v
		}
	}
	def(&o.TeamID, "T0SIM0001")
	def(&o.TeamName, "Simulated")
	def(&o.TeamDomain, "simulated")
	def(&o.AppID, "A0COACH01")
	def(&o.BotID, "B0COACH01")
	def(&o.BotUserID, "U0COACH01")
	def(&o.BotName, "coach")
	def(&o.BotToken, "xoxb-sim-bot")
	def(&o.AppToken, "xapp-sim-app")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Scopes == nil {
		o.Scopes = DefaultScopes()
	}
	if o.AckWithin == 0 {
		o.AckWithin = ackWithin
	}
	if o.PingEvery == 0 {
		o.PingEvery = 5 * time.Second
	}
	if o.TickEvery == 0 {
		o.TickEvery = 20 * time.Millisecond
	}
	return o
}

// Handler serves /api/METHOD, /socket and /response/….
func (w *Workspace) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.serveAPI)
	mux.HandleFunc("GET /socket", w.serveSocket)
	mux.HandleFunc("POST /response/{key...}", w.serveResponseURL)
	return mux
}

// BotToken, AppToken, BotUserID, BotID, TeamID and AppID tell what a client
// needs to connect, with defaults filled in.
func (w *Workspace) BotToken() string  { return w.opts.BotToken }
func (w *Workspace) AppToken() string  { return w.opts.AppToken }
func (w *Workspace) BotUserID() string { return w.opts.BotUserID }
func (w *Workspace) BotID() string     { return w.opts.BotID }
func (w *Workspace) TeamID() string    { return w.opts.TeamID }
func (w *Workspace) AppID() string     { return w.opts.AppID }

// Now is the workspace's clock.
func (w *Workspace) Now() time.Time { return w.opts.Now() }

// id makes the next identifier with a prefix, e.g. "V000000017".
func (w *Workspace) id(prefix string) string {
	w.seq++
	return fmt.Sprintf("%s%09d", prefix, w.seq)
}

// stamp makes the next message timestamp: now in microseconds, moved on when
// the clock stood still, so that no two are the same and later ones are greater.
func (w *Workspace) stamp() string {
	t := w.opts.Now().UnixMicro()
	if t <= w.lastTS {
		t = w.lastTS + 1
	}
	w.lastTS = t
	return formatTS(t)
}

// stampFor is stamp for another moment than now (the zero time is now): the
// first timestamp from then on that is free in the channel.
func (w *Workspace) stampFor(c *channel, at time.Time) string {
	if at.IsZero() {
		return w.stamp()
	}
	t := at.UnixMicro()
	for c.byTS[formatTS(t)] != nil {
		t++
	}
	w.lastTS = max(w.lastTS, t)
	return formatTS(t)
}

func formatTS(micros int64) string { return fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6) }

func (w *Workspace) lock() { w.mu.Lock() }

func (w *Workspace) unlock() {
	w.mu.Unlock()
	w.announce()
}
