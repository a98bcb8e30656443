package fold

// Letters of other scripts and symbols that a reader takes for the Latin
// letter, mark or character on the left of the colon. Letters that carry an
// accent are not listed: taking off the accent leads to a letter that is.
const lookAlikes = `
a:аαɑᴀАΑ∂ạ
b:ЬьƄʙВΒвбϐ฿
c:сϲᴄСϹⅽ¢ⲥ
d:ԁɗᴅⅾժđδ
e:еєεᴇЕΕҽ℮ɛэ
f:ғƒꜰϝք
g:ɡɢԍց
h:һհʜНΗнℎħɦђ
i:іɪıιӀІΙ¡Ꭵ
j:јʝᴊЈϳ
k:кκᴋКΚĸҝ
l:ⅼʟⳑӏł
m:мᴍМΜⅿ
n:пηɴΝոռ
o:оοσᴏОΟօဝ૦०ø
p:рρᴘРΡ
q:ԛգ
r:гʀᴦя
s:ѕꜱЅ
t:тτᴛТΤŧ
u:υᴜսцʋʉ
v:νᴠѵⅴ
w:ԝᴡшщωѡա
x:хχХΧⅹ×
y:уүуʏУΥγɏ
z:ᴢΖᴢ
':’‘‛ʼʹ′´ʻ＇ʾʿˈꞌ❛❜
`

// letterRows are the first of the letters in black circles and black squares,
// which normalisation leaves alone.
var letterRows = [...]rune{0x1F150, 0x1F170}

const (
	lookAlikeFirst = 0xA1
	lookAlikeLast  = 0x2FFF
)

var lookAlikeRows = lookAlikeTable()

func lookAlikeTable() map[rune]rune {
	rows := make(map[rune]rune)
	var target rune
	for _, r := range lookAlikes {
		switch {
		case r == '\n':
			target = 0
		case target == 0:
			target = r
		case r > 0xA0:
			rows[r] = target
		}
	}
	return rows
}

// lookAlike returns the Latin letter that r imitates, or 0.
func lookAlike(r rune) rune {
	switch {
	case r < lookAlikeFirst:
		return 0
	case r <= lookAlikeLast || r >= 0xA700 && r <= 0xA7FF:
		return lookAlikeRows[r]
	case r >= 0x1F150 && r <= 0x1F189:
		for _, first := range letterRows {
			if r >= first && r < first+26 {
				return 'a' + r - first
			}
		}
	}
	return 0
}
