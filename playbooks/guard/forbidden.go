package guard

// Forbidden reports whether the text says a forbidden phrase.
func (g *Guard) Forbidden(text string) bool { return len(g.Check(text)) > 0 }
