//go:build !race

package llm

// underRace is false: the race detector does not watch.
const underRace = false
