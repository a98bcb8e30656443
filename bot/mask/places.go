package mask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	orderForm = regexp.MustCompile(`(?i)(?:\b(?:order|booking|reference|ref|ticket|invoice|case|account|policy|tracking|consignment|parcel|serial|claim|membership|member|confirmation)(?: (?:no|number|num|id|code|ref)\b\.?)?(?: is| was)?|` +
		`(?:订单|訂單|工单|工單|单子|运单|運單|快递单|快递|物流单|流水|保单|保單|会员|會員|预约|預約|发票|發票|合同|维修单|报修单|单|單|编|編|账|賬|帐)(?:号码|號碼|编号|編號|号|號)|订单|訂單|工单|运单)(?:是|为|為|:|：|#|\s)*([a-z]{0,5}[-_]?[0-9][a-z0-9_-]{4,29})`)
	hashForm    = regexp.MustCompile(`#([A-Za-z]{0,4}-?[0-9][A-Za-z0-9-]{4,19})`)
	carrierForm = regexp.MustCompile(`(?:SF|YT|JD[A-Z]?|JT|ZTO|STO|YUNDA|EMS|1Z|RR|CP|LX)[0-9A-Z]{8,18}`)
	longForm    = regexp.MustCompile(`[0-9]{10,30}[Xx]?|[0-9]{3,8}(?:[ -][0-9]{3,8}){2,5}`)

	streetEn = regexp.MustCompile(`(?:(?i:flat|apt|apartment|unit|suite|room) ?[0-9]{1,5}[A-Za-z]?,? )?\b[0-9]{1,5}[A-Za-z]?,? (?:[A-Z][\p{L}'.-]+ |[0-9]{1,3}(?:st|nd|rd|th) ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Way|Close|Crescent|Cres|Terrace|Place|Pl|Boulevard|Blvd|Square|Sq|Parkway|Pkwy|Highway|Hwy|Gardens|Grove|Mews|Row|Hill)\b\.?` +
		`(?:,? (?i:flat|apt|apartment|unit|suite|room|#) ?[0-9]{1,5}[A-Za-z]?)?(?:, [A-Z][a-z][\p{L}'-]*(?: [A-Z][a-z][\p{L}'-]*)?)?(?:,? [A-Z]{2} [0-9]{5}(?:-[0-9]{4})?|,? [A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b)?`)
	postcode = regexp.MustCompile(`\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) [0-9]{5}(?:-[0-9]{4})?)\b`)
	boxForm  = regexp.MustCompile(`(?i)\bp\.?\s?o\.? box [0-9]{1,6}`)

	number    = `[0-9一二三四五六七八九十百]{1,6}`
	regionZh  = `(?:[\p{Han}]{2,8}?(?:省|自治区|自治區))?(?:[\p{Han}]{2,6}?(?:市|自治州))?(?:[\p{Han}]{1,6}?(?:区|區|县|縣|镇|鎮|乡|鄉|街道|新区|新區))?`
	streetZh  = regexp.MustCompile(regionZh + `[\p{Han}A-Za-z0-9]{1,8}(?:路|街|大道|巷|弄|胡同|大街|道)(?:[东南西北中東一二三四五六七八九]段)? ?[甲乙丙丁]?` + number + `(?:-[0-9]{1,4})? ?[号弄號](?:院)?(?:之[0-9]{1,3})?` + insideZh)
	villageZh = regexp.MustCompile(regionZh + `[\p{Han}]{2,6}(?:村|屯|庄|莊)(?:[0-9一二三四五六七八九十]{1,3}(?:组|組|队|隊|社|鄰|邻))[0-9]{1,4}[号號]`)
	gateZh    = regexp.MustCompile(`[\p{Han}]{2,8}(?:小区|花园|公寓|家园|新村|苑|城)[0-9]{1,3}-[0-9]{1,3}-[0-9]{2,4}`)
	estateZh  = regexp.MustCompile(regionZh + `[\p{Han}A-Za-z0-9]{2,10}(?:小区|花园|公寓|家园|新村|大厦|苑|城|广场|村|府|里|湾|庭)` + `(?:[\p{Han}]{0,2}[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|幢|栋|座|期|区|单元|楼|号))+(?:[0-9A-Za-z-]{1,6}(?:室|房|号|户|层)?)?`)
	doorZh    = regexp.MustCompile(`[0-9A-Za-z]{1,4}(?:号楼|幢|栋|座)(?:[0-9一二三四五六]{1,2}单元)?[0-9]{1,4}-?[0-9]{0,4}(?:室|房|号)?`)
)

// insideZh is the way on from a house number: estate, building, stairs and door, whose number may stand bare after them.
const insideZh = `(?:(?:[\p{Han}A-Za-z]{0,10}(?:小区|花园|公寓|家园|大厦|苑|城|广场)?[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|號樓|幢|栋|棟|座|单元|單元|楼|樓|层|層)(?:之[0-9]{1,3})?)+(?:[0-9A-Za-z-]{1,6}(?:室|房|户|戶|号|號)?)?|[0-9A-Za-z-]{1,6}(?:室|房|户|号))?`

// orders are numbers by which a company finds what a customer bought. Their last
// characters stay, so that colleagues know which one is meant.
func orders(t *reading) (found []span) {
	for _, form := range []*regexp.Regexp{orderForm, hashForm} {
		for _, m := range form.FindAllStringSubmatchIndex(t.plain, -1) {
			code := t.plain[m[2]:m[3]]
			if len(digits(code)) >= 4 && t.alone(m[2], m[3]) && !dateForm.MatchString(code) {
				found = append(found, span{m[2], m[3], kindOrder, ending(code)})
			}
		}
	}
	for _, form := range []*regexp.Regexp{carrierForm, longForm} {
		found = append(found, t.each(form, kindOrder, func(from, to int) (string, bool) {
			code := t.plain[from:to]
			ok := t.alone(from, to) && len(digits(code)) >= 8 && !dateForm.MatchString(code) &&
				!t.amount(from, to)
			return ending(code), ok
		})...)
	}
	return found
}

// ending shows at most the last four characters of a code, and never more than half of it.
func ending(code string) string {
	code = strings.NewReplacer(" ", "", "-", "", "_", "").Replace(code)
	return "…" + code[len(code)-min(4, len(code)/2):]
}

func addresses(t *reading) (found []span) {
	instead := t.label("address", "地址")
	for _, form := range []*regexp.Regexp{streetEn, postcode, boxForm, streetZh, villageZh, gateZh, estateZh, doorZh} {
		for _, s := range t.each(form, kindAddress, func(from, to int) (string, bool) {
			end := to
			last, _ := utf8.DecodeLastRuneInString(t.plain[from:to])
			if unicode.Is(unicode.Han, last) { // 88号3天没到: the number behind it is another's
				to = len(t.plain)
			}
			return instead, t.alone(from, to) && (form != streetZh || street(t.plain[from:end], t.plain[end:]))
		}) {
			if t.chinese {
				s.from = t.placeBegins(s.from, s.to)
			}
			found = append(found, s)
		}
	}
	return found
}

// noStreet are words that end like a street's name and are none, before a day of the
// month or a number: 我知道12号会到, 修路8号开始. onwards is what then goes on.
var (
	noStreet = regexp.MustCompile(`(?:[知难難味频頻街报報轨軌渠说說同人称稱公打柏]道|[在修走上的问問带帶赶趕迷半铁鐵线線网網电電出让讓绕繞条條路]路|[上逛条條的沿满滿临臨]街|(?:^|[^东東南西北中新环環\p{Han}]|[们們你我他过過])一[路道]|[^\p{Han}](?:大道|路|街|道)) ?` + number + ` ?[号號]`)
	onwards  = regexp.MustCompile(`^(?:线|線|窗|口|门口|車|车)`)
)

// street reports whether a match of streetZh is an address.
func street(place, after string) bool {
	return !noStreet.MatchString("\x00"+place) && !onwards.MatchString(after)
}

// placeBegins leaves the words before a place where they are: 送到, 住, 地址是.
func (t *reading) placeBegins(from, to int) int {
	end := from + strings.IndexAny(t.plain[from:to], "0123456789")
	if end < from {
		end = to
	}
	if at := strings.LastIndexAny(t.plain[from:end], "到在住是往给去来，：:"); at >= 0 {
		_, size := utf8.DecodeRuneInString(t.plain[from+at:])
		from += at + size
	}
	return from
}
