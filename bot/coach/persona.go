package coach

import "slices"

// customerType is the kind of customer in this moment, or "" when nothing tells.
func customerType(severity string, emotions []string, h *hits, scenario string) string {
	angry := slices.Contains(emotions, "anger")
	switch {
	case angry && rank(severity) >= 2, slices.Contains(emotions, "sadness") && rank(severity) >= 3:
		return "agitated"
	case slices.Contains(emotions, "confusion"), scenario == "confused-customer":
		return "confused"
	case h.has("demanding") || h.has("manager"):
		return "demanding"
	}
	return ""
}

// personality is named only on evidence: one kind of words, and more of them
// than of any other kind.
func personality(h *hits) string {
	best, most, tie := "", 0, false
	for _, p := range []string{"eagle", "peacock", "dove", "owl"} {
		switch n := h.count[p]; {
		case n > most:
			best, most, tie = p, n, false
		case n == most && n > 0:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// place is where the conversation happens: phone, chat or "".
func place(h *hits) string {
	phone, chat := h.count["phone"], h.count["chat"]
	switch {
	case phone > chat:
		return "phone"
	case chat > phone:
		return "chat"
	}
	return ""
}
