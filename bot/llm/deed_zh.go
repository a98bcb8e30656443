package llm

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode/utf8"
)

//go:embed feeling_zh.txt
var everydayZh string

// littleZh are characters without weight.
const littleZh = `我们咱您你的了吧呢吗啊给把就会能这那个来去在到一下先再也都还和跟与是有要想为帮替得着过很好请让对从而且但可以如果`

// harmlessZh and passiveZh take what gives nothing out, giveZh finds what gives,
// reflectZh what only repeats the customer. firstZh finds us and what stands before the
// deed, attendZh the deeds of attention, attendedZh those behind their object, heardZh
// those that may be said to be done. boastZh assures, futureZh foretells, statusZh says
// that a matter is done, youZh and biddenZh tell the customer what to get and to do.
var (
	harmlessZh    = regexp.MustCompile(`添堵|堵心|换(?:了)?(?:谁|我|哪个|哪位|任何人|作|做|成(?:我|谁)|位思考|个说法|句话)|(?:发|出)(?:火|脾气|生|现|愁|闷|慌|作|懵|蒙)|让人发|还(?:没|是|有|能|好|在|要|得|不|想|可以|差|被|把|给您添|给您打电话)|免不了|避免|难免|以免|不免|送到(?:的时候|时|手|家就)|补充|送货|收发|转达|转告|来回|退一步|退让|返回的|付出|支付|付了|付的|转念|减轻|减少您|送来|修了|寄来|寄到|打交道|打扰|发货|收到的`)
	giveZh        = regexp.MustCompile(`少收|给您$|(?:按|都是|就是|算|只收|收您|只要)\d|放您|让您(?:免|走|退|省|用上|拿到|享)|[退赔赠寄返免减抵充]|补(?:发|偿|给|一|您|上|贴|寄)|换|送|还[给您钱款到清]|付|报销|派|上门|开除|辞退|处分|处罚(?:他|她)|处理掉|取消|撤销|冲销|划掉|划回|打到|打给您(?:卡|账)|转给您|转到|到账|到手|入账|兜底|全包|都包|包了|包在|一切费用|费用我|算我们?的|我们?出|不收|不要钱|不花钱|不用(?:付|交|花|给)|延(?:长|保)|升级|加倍|翻倍|双倍|带台|带个|新的|全新|再发|重发|安装|维修|修好|弄好|搞定|摆平|解决好|破例|特批|特例|批了|批准|解封|解锁|恢复了|找到了|召回`)
	reflectZh     = regexp.MustCompile(`^(?:所以|那么?|也就是|也就是说|听起来|我(?:理解|明白|听到|知道|听出)|看得出来?)?(?:是)?您(?:是)?(?:这边)?(?:说|提|想|要|希望|觉得|认为|本来|原本|等|盼|花|付|打|跑|问|买|订|已经|刚|一直|当初|当时|最|心里|的意思|担心|怕|在意|申请|来|也|都|为)`)
	passiveZh     = regexp.MustCompile(`(?:不能|不可以|无法|不予|没法)[退赔换补免减]|没(?:有)?(?:弄|修|解决|处理|装|办|搞)|(?:想|要|申请|打算)[退换]|被拒|拒(?:绝|了|退|赔)|没[退赔换补送寄返免给收到]|未[退赔换补送寄返]|不[退赔换]|[退赔换]不了|迟迟|遭`)
	denyZh        = regexp.MustCompile(`不会?(?:让|再让|推|绕|催|打断|走|挂|把您)|没(?:能|有|法)|不能|无法|不让|不该|不应|没人`)
	firstZh       = regexp.MustCompile(`(?:我们?|咱们?|我这边|这边|本人)(?:也|都|再|就|又)*((?:会|能|可以|来|去|先|这就|马上|立刻|立即|现在就?|现在|今天|一定|亲自|自己|再|也|就|都|一起|直接|接着|继续|尽快|帮您|替您|给您|为您|跟您|向您|陪您|和您|同您|把|已经|刚刚?|刚才|想|要|得|需要|一直|全程|愿意|试着|在|边|原样|慢慢|一点点|一块儿|原原本本|如实|当面|一字不差|立马|一步步|一件件|一条条|一样样|一句句|一项项|逐条|逐项|好好|认真|仔细|真的|完全|非常|很|特别|十分|能够|正|正在|马上就|帮|替|给|为|跟|向|同|和|您)*)`)
	attendZh      = regexp.MustCompile(`^\s*(?:过一[遍下]|走一遍|线|到底|slot|(?:门店|公司|同事|他们?|她|团队|大家)(?:向|跟|和|给)您|查|核|看|问|听|记|说|讲|解释|理|盯|跟|陪|回话|回电|回复|回您|联系|打(?:个|通)?电话|打给您|打过去|告诉|了解|弄(?:清|明白)|搞(?:清|明白)|道歉|认|确认|对|整理|转告|反映|上报|催|守|留|想|明白|懂|体会|感|负责|尽|陪|带|写|翻|调(?:出|取|记录|监控)|复述|念|读|不|没|做|知道|心|抱歉|替|难|同|着急|表|请教|请您|谢|尊重|重视|面对|办(?:到底|完)?$|帮(?:您|到底|忙)?$|答|交代|交待|谈|聊|商量|找|追|梳|列|核|明|清楚|用心|努力|争取|站|在|是|的|跟进|沟通|协|关|希望|相信|承认|错|多|少|耽|误|疏|怎|如|一(?:步|件|条|样|句|项|笔|页|段|直|起|遍|一)|两(?:步|件|条|句)|还|放|接|停|坐|急|气|怪|打扰|占|耐|问问|您|换位|感同|这|那|$|[（(])`)
	boastZh       = regexp.MustCompile(`轮到您|就是您$|下一[个位]|(?:^|[^我])马上(?:来|到|有|好)|不会(?:耽误|误|错过)|不耽误|[内前]就?(?:恢复|解决|处理|搞定|到|送|修|好|办)|正在|马上就|不用(?:怕|交|付|看|管|理)|有保险|(?:^|[^我])一定(?:能|会|出|到|可以|没)|(?:跑|丢|少|错|误|坏|亏)不了|一会儿就|很快就|作废|绝对|百分百|百分之百|肯定(?:能|会|在|给|可以|是|有|没问题)|包您|没问题|没事[的了儿]|没有危险|很安全|是安全|保您|保准|一准|准能|准到|铁定|必定|必须给您`)
	futureZh      = regexp.MustCompile(`(?:也能|都能|还能|会|将|就能|就可以|就到|就来|就送|就好了|要来)`)
	firstFutureZh = regexp.MustCompile(`[我您咱谁哪换].*(?:会|将|能|要)`)
	notFuture     = regexp.MustCompile(`不会|机会|会员|体会|不理会|没理会|误会|社会|开会|才会|谁.{0,4}会|都会|难免会|也会|会(?:着急|生气|急|火|气|难|觉得|想|担心|心|不|很|这么|有这)|怎么会|哪会|会不会|将心比心|将近|还会|领会|一会儿?`)
	youZh         = regexp.MustCompile(`您(?:就|也|都|马上|很快|一定|今天|随时)*(?:会|将|能|可以|就等着)(?:就|马上|很快|直接|随时)*`)
	youMayZh      = regexp.MustCompile(`^(?:打(?:过|来|给|电话)|提出|来|过来|告诉|说|讲|选|决定|听|提|问|找我|直接找|打给我|骂|放心|相信|跟我|和我|随时|生气|不|再|先|信|指着|这么|有|明白|理解|看出|感|想)`)
	biddenZh      = regexp.MustCompile(`(?:^|[^给为帮替跟向])您(?:先|再|自己|赶紧|赶快|直接|尽管|只管|得|必须|需要|只要|就)*(打(?:我们|热线|客服|[0-9零一二三四五六七八九]|电话)|加(?:我|个|微信|一下)|上(?:官网|网|我们)|去(?:官|网|门|店|那|找)|扫|点(?:击|开|一下|链接)|搜|下载|登录|登陆|拿(?:好|去|着)|留着|扔|丢|接着用|继续用|拍(?:张|个|一)|用(?:测试|别的|这个|那个)|别(?:[^挂担怕慌放]|$)|不要|不用管|给个|用着|自己|重新|再等|等(?:着|通知|等|一等)|耐心|冷静|撤|删|签|转账|汇|交|付|补(?:个|一)|寄|发)`)
	statusZh      = regexp.MustCompile(`(?:已经?|已).{0,6}(?:好了?|完了?|成|妥|掉|出(?:来|去|库|发)|发|寄|到|退|改|查到|找到|联系|催|安排|报|处|通过|通了?|在(?:路上|派|送|处理|退|办|修|查)|批|同意|解|恢复|说|通知|派|打)|(?:昨天|刚才|刚刚|上午|下午).{0,8}了$`)
)

// freeZh reports whether a clause says no deed, or only deeds of attention.
func (g *grounds) freeZh(c clause) bool {
	text := harmlessZh.ReplaceAllString(c.text, "·")
	reflects := reflectZh.MatchString(text) && !strings.Contains(text, "给您") && !strings.Contains(text, "为您")
	if !reflects && !passiveZh.MatchString(text) && giveZh.MatchString(text) && !(c.asks && strings.HasPrefix(text, "您")) {
		return false
	}
	if strings.Contains(text, "slotamount") && !reflects && strings.Contains(text, "给您") {
		return false
	}
	if boastZh.MatchString(text) && !reflects && !c.asks {
		return false
	}
	for _, m := range firstZh.FindAllStringSubmatchIndex(text, -1) {
		done := strings.Contains(text[m[2]:m[3]], "已") || strings.Contains(text[m[2]:m[3]], "刚")
		if before, _ := utf8.DecodeLastRuneInString(text[:m[0]]); strings.ContainsRune("到给对跟找信被让和在为怪骂打", before) {
			continue // it is not we who do it
		}
		rest := text[m[1]:]
		if strings.HasSuffix(text[m[2]:m[3]], "把") || strings.HasSuffix(text[m[2]:m[3]], "去") {
			rest = attendedZh.FindString(rest)
		}
		if done && !heardZh.MatchString(rest) || rest == "" && m[1] < len(text) || !attendZh.MatchString(rest) {
			return false
		}
	}
	for _, m := range youZh.FindAllStringIndex(text, -1) {
		if !c.asks && !youMayZh.MatchString(text[m[1]:]) && !denyZh.MatchString(text) {
			return false
		}
	}
	if biddenZh.MatchString(text) && !reflects {
		return false
	}
	if statusZh.MatchString(text) && !reflects && !g.tells(text) {
		return false
	}
	if m := forYouZh.FindStringIndex(text); m != nil && !reflects && !strings.Contains(text, "我") && !doneForYouZh.MatchString(text[m[1]:]) && !attendZh.MatchString(text[m[1]:]) {
		return false
	}
	others := notFuture.ReplaceAllString(text, "")
	if futureZh.MatchString(others) && !firstFutureZh.MatchString(others) && !c.asks {
		return false
	}
	return c.asks || reflects || passiveZh.MatchString(text) && !strings.Contains(text, "给您") || effectZh.MatchString(text) || spokenZh.MatchString(text) || g.everyday(text)
}

// forYouZh is a clause in which nobody is named who does something for the customer.
var (
	forYouZh     = regexp.MustCompile(`(?:给|[^难]为|^为|帮|替|跟|向)您`)
	doneForYouZh = regexp.MustCompile(`^(?:添|带来|造成|惹|气|一个|个|的|这么|不|打|slot|赔(?:个)?不是|道|说|讲)`)
	effectZh     = regexp.MustCompile(`(?:让|害|叫|使|弄得)(?:您|人|大家)`)
	spokenZh     = regexp.MustCompile(`[我咱]|^您(?:说|先|慢|看|愿|方便|觉|当|本|一|白|受|辛|等|跑|请|也|都|又|心|现在|这)|slot`)
)

// everyday reports whether all that a clause tells is in the case or the company's
// texts, or about people, time and how they feel.
func (g *grounds) everyday(text string) bool {
	actor := actorZh.MatchString(text) && !strings.Contains(text, "没") // what our own people do is no matter of feeling
	if actor && len(quantities(text)) > 0 && !g.tells(text) {
		return false
	}
	for _, w := range contentOf(text, "zh") {
		if !g.told[w] && !g.ours[w] && (actor || !strings.Contains(everydayZh, w)) {
			return false
		}
	}
	return true
}

// actorZh is somebody of the company, or whom it works with.
var actorZh = regexp.MustCompile(`^(?:那个|这个|那位|前面那个|之前的|我们的?)?(?:师傅|店长|总?经理|同事|司机|快递员?|工程师|系统|仓库|后厨|厨师|销售|推销员|客服|前台|保洁|门店|公司|银行|技术|抢修队|大使馆|网上|医生|护士|大夫|服务员|店员|老板|主管|专员|专家|律师|警察|技师|老师|房东|物业|技术部|仓管|财务)`)

// attendedZh is a deed of attention behind what it is done to.
var attendedZh = regexp.MustCompile(`(?:弄(?:清|明白|懂)|搞(?:清|懂|明白)|找|过一[遍下]|走一遍|说|讲|记|查|理|弄清|列|对|核|看|写|念|听|问|转告|整理|告诉)[^，]*$`)

// heardZh are deeds of hearing.
var heardZh = regexp.MustCompile(`^(?:记|听|看到|明白|了解|收到|知道|懂|写(?:下|在)|在|理解|意识)`)

// tells reports whether the case tells all that a clause does.
func (g *grounds) tells(text string) bool {
	for _, w := range contentOf(text, "zh") {
		if !g.told[w] {
			return false
		}
	}
	return true
}
