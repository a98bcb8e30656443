package mask

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// surnames are the common ones; "老先生" and "那位女士" name nobody.
const surnames = `欧阳|司马|上官|诸葛|司徒|端木|夏侯|皇甫|尉迟|公孙|慕容|令狐|歐陽|司馬|諸葛|` +
	`[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇盧鍾譚陸錢嚴呂賈韋鄒閻賀顧龔邵萬湯溫齊喬龐顏莊聶魯關蘭俞寧紀畢單駱藍農連盧費衛應邊師]`

var (
	nameZh = regexp.MustCompile(`(` + surnames + `)(\p{Han}{0,2}?) ?(先生|女士|小姐|太太|夫人|阿姨|大爷|大叔|大妈|大姐|大哥|奶奶|爷爷|叔叔|姑娘|师奶|師奶)`)
	// what cannot be a given name: the surname before it was part of another word
	notGiven = regexp.MustCompile(`[的了是上下让给跟把被说请和与对找这那位个名各老大在叫问骂催等来去就又也还不很太时先从向到过着吗呢吧嘛家里边带替为帮一二三两几]`)
	selfZh   = regexp.MustCompile(`(?:我叫|名字是|名字叫|姓名[:：是]|本人叫|客户叫|顾客叫|联系人[:：是]|收件人[:：是]|收货人[:：是]|户主[:：是]) ?((` + surnames + `)\p{Han}{1,2})`)

	nameEn  = regexp.MustCompile(`\b((?i:mr|mrs|ms|mx|miss|dr|prof|mister|madam|sir|madame|mme|mlle|herr|frau|señora|señor))(?:(\.) {0,2}| {1,2})((?:\p{Lu}\. ?){0,3}(?:(?:de|van|von|der|den|la|le|al|bin|el) )*\p{Lu}[\p{L}'-]+(?: (?:(?:de|van|von|der|den|la|le|al|bin|el) )*\p{Lu}[\p{L}'-]+){0,2})`)
	lowerEn = regexp.MustCompile(`\b((?i:mr|mrs|ms))(\.?)( )([a-z][a-z'-]+)`)
	selfEn  = regexp.MustCompile(`\b(?i:my name is|name is|name's|customer name:?|customer called|client called|caller called|surname:?|addressed to) (\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+){0,2})`)
)

// named are names with a title, and names that are told to be one.
func (t *reading) named(names Names) []span {
	return append(t.namedZh(names), t.namedEn(names)...)
}

func (t *reading) namedZh(names Names) (found []span) {
	for _, m := range nameZh.FindAllStringSubmatchIndex(t.plain, -1) {
		given := t.plain[m[4]:m[5]]
		if given != "" && notGiven.MatchString(given) || t.titleGoesOn(m[7]) {
			continue
		}
		surname, title := t.plain[m[2]:m[3]], t.plain[m[6]:m[7]]
		if names == KeepSurnames {
			found = append(found, span{m[0], m[1], kindName, surname + title})
		} else {
			found = append(found, span{m[0], m[1], kindName, "[姓名]" + title})
		}
	}
	for _, m := range selfZh.FindAllStringSubmatchIndex(t.plain, -1) {
		if !notGiven.MatchString(t.plain[m[5]:m[3]]) {
			found = append(found, span{m[2], m[3], kindName, "[姓名]"})
		}
	}
	return found
}

// titleGoesOn reports whether a title is the beginning of another word: 姑娘家.
func (t *reading) titleGoesOn(at int) bool {
	r, _ := utf8.DecodeRuneInString(t.plain[at:])
	return r == '家' || r == '们'
}

func (t *reading) namedEn(names Names) (found []span) {
	hide := "[name]"
	for _, m := range nameEn.FindAllStringSubmatchIndex(t.plain, -1) {
		m[7] -= possessive(t.plain[m[6]:m[7]])
		title, name := t.plain[m[2]:m[3]], t.plain[m[6]:m[7]]
		if m[4] >= 0 {
			title += "."
		}
		if strings.EqualFold(title, "sir") || strings.EqualFold(title, "madam") {
			if strings.ToLower(title) == title && !strings.Contains(name, " ") {
				continue // "thank you sir Please": a new sentence
			}
		}
		instead := hide
		if names == KeepSurnames {
			instead = surnameOf(name)
		}
		found = append(found, span{m[6], m[7], kindName, instead})
	}
	for _, m := range lowerEn.FindAllStringSubmatchIndex(t.plain, -1) {
		m[9] -= possessive(t.plain[m[8]:m[9]])
		front := strings.TrimRight(t.before(m[0], 8), " ")
		if front != "" && front[len(front)-1] >= '0' && front[len(front)-1] <= '9' || plainWord(t.plain[m[8]:m[9]]) {
			continue // 40 ms delay
		}
		instead := hide
		if names == KeepSurnames {
			instead = t.plain[m[8]:m[9]]
		}
		found = append(found, span{m[8], m[9], kindName, instead})
	}
	for _, m := range selfEn.FindAllStringSubmatchIndex(t.plain, -1) {
		found = append(found, span{m[2], m[3], kindName, hide})
	}
	return found
}

// possessive is how long the 's at the end of a name is.
func possessive(name string) int {
	if strings.HasSuffix(name, "'s") {
		return len("'s")
	}
	return 0
}

// surnameOf drops the given names: Mary Anne Li is Li, Anna van der Berg van der Berg.
func surnameOf(name string) string {
	words := strings.Fields(name)
	last := len(words) - 1
	for last > 0 && strings.ToLower(words[last-1]) == words[last-1] {
		last--
	}
	return strings.Join(words[last:], " ")
}

// plainWord reports words that follow "ms" or "mr" without being a name.
func plainWord(s string) bool {
	switch s {
	case "office", "word", "excel", "teams", "outlook", "windows", "and", "or", "is", "was", "has", "had", "who", "he", "she", "the", "to", "for", "delay", "latency", "timeout", "nobody", "angry":
		return true
	}
	return false
}
