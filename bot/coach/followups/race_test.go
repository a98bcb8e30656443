//go:build race

package followups

// underRace tells that the race detector watches: training many times would take it minutes.
const underRace = true
