//go:build race

package llm

// underRace tells that the race detector watches: training many times would take it minutes.
const underRace = true
