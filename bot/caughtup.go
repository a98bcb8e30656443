package bot

import "sync"

// caughtUp knows of which channels all is read that was said before the connection
// that stands. Of any other the cursor must stay: moved on by what the new connection
// brings, it would leap over what nobody heard while there was none. Its zero value is ready.
type caughtUp struct {
	mu         sync.Mutex
	connection int64
	channels   map[string]bool
}

// note takes a channel down as read, by whoever began to read it under a connection.
func (c *caughtUp) note(channel string, connection int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if connection < c.connection {
		return // another one has come meanwhile, and with it another gap
	}
	if connection > c.connection || c.channels == nil {
		c.connection, c.channels = connection, make(map[string]bool)
	}
	c.channels[channel] = true
}

// has reports whether a channel is read since that connection stands.
func (c *caughtUp) has(channel string, connection int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return connection == c.connection && c.channels[channel]
}
