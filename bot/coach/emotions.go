package coach

import (
	"cmp"
	"slices"
)

// maxEmotions keeps the reading to what one can act on.
const maxEmotions = 3

// Angry reports whether a reading is that of an angry customer, who must be heard before any solution.
func Angry(severity, customerType string, emotions []string) bool {
	return slices.Contains(emotions, "anger") || customerType == "agitated" || rank(severity) >= rank("high")
}

// emotions lists what the customer seems to feel, the clearest first.
func emotions(h *hits) []string {
	count := make(map[string]int)
	var names []string
	for _, x := range h.found {
		if x.emotion == "" {
			continue
		}
		if count[x.emotion] == 0 {
			names = append(names, x.emotion)
		}
		count[x.emotion]++
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return append([]string{}, names[:min(len(names), maxEmotions)]...)
}
