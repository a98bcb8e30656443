package slacksim

import (
	"math"
	"time"
)

// Slack's tiers, in calls a minute.
const (
	tier3 = 50
	tier4 = 100
)

// chat.postMessage has a rate of its own in each channel.
const (
	postsPerSecond = 1
	postBurst      = 5
)

// bucket holds what may still be called; it fills with time.
type bucket struct {
	left float64
	at   time.Time
}

// limit takes one call from its bucket: 0 when it may go on, else how many
// seconds to wait.
func (w *Workspace) limit(r *request, m method) int {
	if w.opts.NoRateLimits {
		return 0
	}
	key, perSecond, burst := r.method, float64(m.tier)/60, float64(m.tier)
	if r.method == "chat.postMessage" {
		key, perSecond, burst = key+" "+r.arg("channel"), postsPerSecond, postBurst
	}
	now := w.opts.Now()
	b := w.buckets[key]
	if b == nil {
		b = &bucket{left: burst, at: now}
		w.buckets[key] = b
	}
	b.left = math.Min(burst, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1 {
		return int(math.Ceil((1 - b.left) / perSecond))
	}
	b.left--
	return 0
}
