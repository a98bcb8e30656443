package mask

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms are compiled once and never change.
var (
	referenceForm = regexp.MustCompile(`<[@#!][^<>]*>|https?://[\w.-]+\.slack\.com/archives/[\w/?=&.;-]+`)
	emailForm     = regexp.MustCompile(`(?i)<mailto:[^<>]*>|[a-z0-9][a-z0-9._%+'-]{0,63}@(?:[a-z0-9-]+\.)+[a-z]{2,24}`)
	digitsForm    = regexp.MustCompile(`[0-9](?:[ -]?[0-9]){11,21}`)
	residentForm  = regexp.MustCompile(`[0-9]{6} ?(?:18|19|20)[0-9]{2} ?[01][0-9][0-3][0-9] ?[0-9]{3}[0-9Xx]`)
	hongKongForm  = regexp.MustCompile(`[A-Z]{1,2}[0-9]{6}\([0-9A]\)`)
	taiwanForm    = regexp.MustCompile(`[A-Z][1289][0-9]{8}`)
	socialForm    = regexp.MustCompile(`[0-9]{3}-[0-9]{2}-[0-9]{4}`)
	insuranceForm = regexp.MustCompile(`(?i)[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]`)
	ibanForm      = regexp.MustCompile(`[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?`)
	passportForm  = regexp.MustCompile(`(?i)(?:passport|id card|identity card|护照|護照|通行证|通行證|身份证|身份證|证件)(?: (?:no|number|num)\b\.?|号码?|號碼?)?(?: is|是|为)?[ :#：]*([a-z]{0,2}[0-9]{6,17}[0-9a-z]?)`)
)

// references are Slack's mentions and links to messages: no customer's.
func references(t *reading) []span {
	return t.each(referenceForm, kindReference, func(from, to int) (string, bool) { return "", true })
}

func emails(t *reading) []span {
	return t.each(emailForm, kindEmail, func(from, to int) (string, bool) { return t.label("e-mail", "邮箱"), true })
}

// each finds a form; what says what stands instead, or false when it is a near miss.
func (t *reading) each(form *regexp.Regexp, k kind, what func(from, to int) (string, bool)) (found []span) {
	for _, m := range form.FindAllStringIndex(t.plain, -1) {
		if instead, ok := what(m[0], m[1]); ok {
			found = append(found, span{m[0], m[1], k, instead})
		}
	}
	return found
}

// cards are payment cards: 12 to 19 digits of an issuer's range with the right check digit.
func cards(t *reading) []span {
	return t.each(digitsForm, kindCard, func(from, to int) (string, bool) {
		d := digits(t.plain[from:to])
		ok := t.alone(from, to) && len(d) >= 13 && len(d) <= 19 && strings.ContainsRune("34569", rune(d[0])) && luhn(d)
		return t.label("card number", "卡号"), ok
	})
}

// identities are identity, passport, social security and bank account numbers.
func identities(t *reading) (found []span) {
	instead := t.label("ID number", "证件号")
	for form, right := range map[*regexp.Regexp]func(string) bool{
		residentForm:  resident,
		hongKongForm:  hongKong,
		taiwanForm:    taiwan,
		socialForm:    social,
		insuranceForm: func(string) bool { return true },
		ibanForm:      iban,
	} {
		found = append(found, t.each(form, kindIdentity, func(from, to int) (string, bool) {
			return instead, t.alone(from, to) && right(t.plain[from:to])
		})...)
	}
	for _, m := range passportForm.FindAllStringSubmatchIndex(t.plain, -1) {
		found = append(found, span{m[2], m[3], kindIdentity, instead})
	}
	return found
}

// luhn checks the last digit of a card.
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// resident checks a Chinese identity number: a day of birth and a check digit (GB 11643).
func resident(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	if _, err := time.Parse("20060102", s[6:14]); err != nil {
		return false
	}
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return "10X98765432"[sum%11] == strings.ToUpper(s)[17]
}

// hongKong checks the digit in brackets of a Hong Kong identity card.
func hongKong(s string) bool {
	s = strings.NewReplacer("(", "", ")", "").Replace(s)
	if len(s) == 8 {
		s = " " + s
	}
	sum := 0
	for i := range 9 {
		v := 36
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 10
		}
		sum += v * (9 - i)
	}
	return sum%11 == 0
}

// taiwan checks the last digit of a Taiwanese identity number.
func taiwan(s string) bool {
	n := strings.IndexByte("ABCDEFGHJKLMNPQRSTUVXYWZIO", s[0]) + 10
	sum := n/10 + n%10*9
	for i := 1; i < 9; i++ {
		sum += int(s[i]-'0') * (9 - i)
	}
	return (sum+int(s[9]-'0'))%10 == 0
}

// social knows the numbers that were never given out.
func social(s string) bool {
	return s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[4:6] != "00" && s[7:] != "0000"
}

// iban checks an account number (ISO 7064).
func iban(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, c := range s[4:] + s[:4] {
		part := string(c)
		if c >= 'A' {
			part = strconv.Itoa(int(c-'A') + 10)
		}
		for _, d := range part {
			rest = (rest*10 + int(d-'0')) % 97
		}
	}
	return rest == 1
}
