//go:build !race

package guard

// underRace is false: the race detector does not watch.
const underRace = false
