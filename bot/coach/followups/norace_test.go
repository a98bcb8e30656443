//go:build !race

package followups

// underRace is false: the race detector does not watch.
const underRace = false
