package blocks

// Help says what the bot does today, in the reader's language; admins and leads
// also read how a channel is set.
func Help(lang string, admin bool) Message {
	w, p := wordsIn(lang), newPage(lang)
	h := w.help
	p.header(h.title)
	p.section(h.intro)
	p.section("*" + h.commandsTitle + "*\n" + h.commands)
	p.section("*" + h.elsewhereTitle + "*\n" + h.elsewhere)
	if admin {
		p.section("*" + h.adminTitle + "*\n" + h.admin)
	}
	p.small(h.note)
	return p.message()
}
