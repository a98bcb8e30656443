package bot

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// wrong is what cannot be read in a setting: a code that blocks put into words.
type wrong struct{ code, value string }

// zoneName is a time zone's name as it is spelt, for one in other letters: asia/shanghai, America/New York.
func zoneName(typed string) string {
	name := strings.ReplaceAll(strings.TrimSpace(typed), " ", "_")
	if _, err := time.LoadLocation(name); err == nil {
		return name
	}
	spelt, begins := []rune(strings.ToLower(name)), true
	for i, r := range spelt {
		if begins {
			spelt[i] = unicode.ToUpper(r)
		}
		begins = r == '/' || r == '_' || r == '-'
	}
	if _, err := time.LoadLocation(string(spelt)); err == nil {
		return string(spelt)
	}
	return strings.TrimSpace(typed)
}

// settingsOf reads a submitted form into a team, and says by input what cannot be read.
func settingsOf(f form, t store.Team) (store.Team, map[string]wrong) {
	bad := map[string]wrong{}
	t.Name = strings.TrimSpace(f.text(blocks.InputName))
	if t.Name == "" {
		bad[blocks.InputName] = wrong{"name", ""}
	}
	t.Escalation, t.Leads, t.DutyLeads = f.Fields[blocks.InputEscalation], f.Fields[blocks.InputLeads], f.Fields[blocks.InputDuty]
	t.Help, t.Digest = f.text(blocks.InputHelp), f.text(blocks.InputDigest)
	t.Lang, t.Zone = f.text(blocks.InputLang), zoneName(f.text(blocks.InputZone))
	if _, err := time.LoadLocation(t.Zone); err != nil || t.Zone == "" || t.Zone == "Local" {
		bad[blocks.InputZone] = wrong{"zone", t.Zone}
	}
	var fault string
	if t.Hours, fault = readHours(f.text(blocks.InputHours)); fault != "" {
		bad[blocks.InputHours] = wrong{"hours", fault}
	}
	if t.Holidays, fault = readDates(f.text(blocks.InputHolidays)); fault != "" {
		bad[blocks.InputHolidays] = wrong{"dates", fault}
	}
	if t.MakeUp, fault = readDates(f.text(blocks.InputMakeUp)); fault != "" {
		bad[blocks.InputMakeUp] = wrong{"dates", fault}
	}
	t.DigestAt, t.DigestDays = f.text(blocks.InputDigestAt), inWeek(f.Fields[blocks.InputDigestDays])
	if t.Digest != "" && len(t.DigestDays) == 0 {
		bad[blocks.InputDigestDays] = wrong{"days", ""}
	}
	if t.Remind, fault = readMinutes(f.text(blocks.InputRemind)); fault != "" {
		bad[blocks.InputRemind] = wrong{"delay", fault}
	}
	turn, fault := readMinutes(f.text(blocks.InputTurn))
	if len(turn) > 1 {
		fault = f.text(blocks.InputTurn)
	}
	if fault != "" {
		bad[blocks.InputTurn] = wrong{"delay", fault}
	}
	t.RotateAfter = 0
	if len(turn) == 1 && turn[0] != rotateAfter {
		t.RotateAfter = turn[0]
	}
	t.HideNames, t.Rotation = !f.ticked(blocks.InputHabits, blocks.BoxNames), f.ticked(blocks.InputHabits, blocks.BoxRotation)
	return t, bad
}

// inWeek puts days into the order of the week.
func inWeek(days []string) (list []string) {
	for _, d := range store.Days() {
		if slices.Contains(days, d) {
			list = append(list, d)
		}
	}
	return list
}

var (
	hoursLine = regexp.MustCompile(`^(.+?)[\s:：]*(\d{1,2})(?:[:：点點](\d{2})?)?\s*(?:-|–|—|~|至|到|to)\s*(\d{1,2})(?:[:：点點](\d{2})?)?$`)
	dateSpan  = regexp.MustCompile(`[ \t]*(?:至|到|~|～|\.\.|–|—)[ \t]*|[ \t]+(?:-|to)[ \t]+`)
	spanMark  = regexp.MustCompile(`\s*(?:-|–|—|~|至|到|to)\s*`)
)

// dayNames are the days of the week in both languages.
func dayNames() map[string]time.Weekday {
	names := map[string]time.Weekday{}
	for i, d := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		day := time.Weekday(i)
		names[d], names[strings.ToLower(day.String())] = day, day
	}
	for i, d := range []rune("日一二三四五六") {
		for _, week := range []string{"周", "星期", "礼拜", "週", "禮拜"} {
			names[week+string(d)] = time.Weekday(i)
		}
		names[string(d)] = time.Weekday(i)
	}
	names["周天"], names["週天"], names["星期天"] = time.Sunday, time.Sunday, time.Sunday
	return names
}

// readHours reads a working week: "Mon-Fri 9:00-18:00", "周一至周五 9:00-18:00". Work
// that goes on past midnight becomes two spans. fault is the line that cannot be read.
func readHours(text string) (hours []store.Hours, fault string) {
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' || r == '；' }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		m := hoursLine.FindStringSubmatch(line)
		if m == nil {
			return nil, line
		}
		days, ok := readDays(m[1])
		from, okFrom := minuteOf(m[2], m[3])
		to, okTo := minuteOf(m[4], m[5])
		if !ok || !okFrom || !okTo || from == to || from == 24*60 {
			return nil, line
		}
		for _, d := range days {
			if to > from {
				hours = append(hours, store.Hours{Day: d, From: from, To: to})
				continue
			}
			hours = append(hours, store.Hours{Day: d, From: from, To: 24 * 60})
			if to > 0 {
				hours = append(hours, store.Hours{Day: (d + 1) % 7, From: 0, To: to})
			}
		}
	}
	return hours, ""
}

func minuteOf(hour, minute string) (int, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return h*60 + m, h*60+m <= 24*60 && m < 60
}

// readDays reads "Mon-Fri", "Mon, Wed", "周一至周五", "周六、周日".
func readDays(text string) (days []time.Weekday, ok bool) {
	names := dayNames()
	for _, part := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(",，、", r) }) {
		ends := spanMark.Split(strings.TrimSpace(part), 2)
		first, okFirst := names[strings.TrimSpace(ends[0])]
		last, okLast := names[strings.TrimSpace(ends[len(ends)-1])]
		if !okFirst || !okLast {
			return nil, false
		}
		for d := first; ; d = (d + 1) % 7 {
			days = append(days, d)
			if d == last {
				break
			}
		}
	}
	return days, len(days) > 0
}

// maxSpan is the longest span of dates, in days: longer ones are slips of the pen.
const maxSpan = 100

// readDates reads dates and spans of dates, sorted, each once.
func readDates(text string) (dates []string, fault string) {
	text = dateSpan.ReplaceAllString(text, "..")
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n,，、;；", r) }) {
		first, last, span := strings.Cut(item, "..")
		if !span {
			last = first
		}
		from, err := time.Parse(time.DateOnly, first)
		to, errTo := time.Parse(time.DateOnly, last)
		if err != nil || errTo != nil || to.Before(from) || to.Sub(from) > maxSpan*24*time.Hour {
			return nil, item
		}
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			dates = append(dates, d.Format(time.DateOnly))
		}
	}
	slices.Sort(dates)
	return slices.Compact(dates), ""
}

// readMinutes reads delays in minutes, in order.
func readMinutes(text string) (list []time.Duration, fault string) {
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n,，、;；/", r) }) {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(item, "分钟"), "min"))
		if err != nil || n < 1 || n > 24*60 {
			return nil, item
		}
		list = append(list, time.Duration(n)*time.Minute)
	}
	slices.Sort(list)
	return slices.Compact(list), ""
}

// settings are what a form sets, by the names under which changes are recorded.
func settings(t *store.Team) map[string]any {
	return map[string]any{"name": &t.Name, "escalation": &t.Escalation, "help": &t.Help, "digest": &t.Digest, "leads": &t.Leads, "duty_leads": &t.DutyLeads,
		"lang": &t.Lang, "zone": &t.Zone, "hours": &t.Hours, "holidays": &t.Holidays, "make_up": &t.MakeUp, "digest_at": &t.DigestAt,
		"digest_days": &t.DigestDays, "remind": &t.Remind, "hide_names": &t.HideNames, "rotation": &t.Rotation, "rotate_after": &t.RotateAfter}
}

// differences names the settings in which two teams differ, in order.
func differences(a, b store.Team) (names []string) {
	was, is := settings(&a), settings(&b)
	for name := range was {
		x, y := reflect.ValueOf(was[name]).Elem(), reflect.ValueOf(is[name]).Elem()
		if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(x.Interface(), y.Interface()) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// assign sets one setting as another team has it. A name that is none, of a newer version say, is left alone.
func assign(t *store.Team, wanted store.Team, name string) {
	if to, ok := settings(t)[name]; ok {
		reflect.ValueOf(to).Elem().Set(reflect.ValueOf(settings(&wanted)[name]).Elem())
	}
}

// clearedBy are the settings that are empty on purpose once some were changed.
func clearedBy(t store.Team, changed []string) []string {
	all := settings(&t)
	cleared := slices.DeleteFunc(slices.Clone(t.Cleared), func(name string) bool { return slices.Contains(changed, name) })
	for _, name := range changed {
		if v := reflect.ValueOf(all[name]).Elem(); v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
			cleared = append(cleared, name)
		}
	}
	slices.Sort(cleared)
	return cleared
}
