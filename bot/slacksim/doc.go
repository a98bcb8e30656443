// Package slacksim is a simulated Slack workspace at wire level: the Web API
// over HTTP, Socket Mode over WebSocket, and people who post, edit, delete,
// type slash commands, click, use shortcuts and submit modals.
//
// It exists for two readers: end-to-end tests, which connect the real bot to it
// and end with "nothing else was said", and the demo, which shows it as a page.
// It is strict (it refuses what Slack refuses, with Slack's error codes) and
// deterministic (identifiers count up, time comes from Options.Now), and it
// makes trouble on demand (see Faults).
//
// The package owns the whole state of the workspace in memory behind one lock
// and never imports a Slack client, so that a client's bug cannot hide here.
//
// Reading order: workspace.go (what a workspace is), people.go and posting.go
// (what people do), api.go and api_*.go (what the app asks), deliver.go and
// socket.go (what the app is told), blocks.go and limits.go (what is refused),
// faults.go (trouble).
package slacksim
