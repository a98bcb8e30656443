package guard

import "regexp"

// wordings is one phrase's families: what says it, and what in the same sentence
// excuses it (the match stands between \x01 and \x02).
type wordings struct {
	phrase string
	needs  string // stems, one of which every wording holds: a text without any is passed over
	match  []string
	unless *regexp.Regexp
}

const (
	me     = `(我|我们|俺|咱|咱们|本人|偶)`
	you    = `(你|您|你们|您们|恁|妳)`
	softly = `(也|真|都|真的|确实|实在|可|又|就|现在|暂时|目前|根本|完全|压根|并|还|哪|哪里|怎么|早|早就|已经|全|老实说|这边|很|非常|最|一点都|一点也|压根儿|什么都|一早|更|特别|跟|与|和)*`
	enI    = `\b(i|we|im|were)( (really|honestly|just|simply|actually|also|personally|truly|frankly|still))*`
	enYou  = `\byou( (really|clearly|obviously|just|simply|still))*`
)

// builtInFamilies are the wordings of the ten phrases in both languages.
func builtInFamilies() []wordings {
	return []wordings{
		{"dont-know", "知 晓 清楚 造 know idea clue dunno idk beats guess", []string{
			me + softly + `(不知道|不造|不晓得|不清楚|唔知|毋知|不晓|不知情)`, `(^|[\n,])(不知道|不晓得|不清楚)(啊|呀|呢|哦)?($|[\n,])`, `(谁|鬼|天)(才)?(知道|晓得)(呢|啊|呀)?`, me + `(哪|怎么会|怎么)(里|能|会)?(知道|晓得)`,
			enI + ` (dont|do not|dunno|didnt even|do n t) ?know\b`, `\b(dunno|idk)\b`, `\b(no|havent a|have no|not a) (idea|clue)\b`, `\bbeats me\b`, `\bhow (should|would) i know\b`, `\byour guess is as good as mine\b`, `\bwo ?bu ?zhi ?dao\b`,
		}, regexp.MustCompile(`(感谢|谢|报答)|know how to thank|you have \x01?no|\x01[^\x02]*\x02 ?(how|what)( else)? to (thank|say to thank)|wonder`)},
		{"dont-like", "喜欢 讨厌 爱听 钟意 烦 反感 待见 like hate stand detest", []string{
			me + softly + `(不喜欢|讨厌|不爱听|唔钟意|烦透|反感|不待见)`, `(你|您)的?[^\n]{1,12}` + me + softly + `(不喜欢|讨厌)`, enI + ` (dont|do not|didnt|dislike|hate|detest|cant stand)( (like|love|appreciate|care for))? (your|the|this|that|these|those|how|it|dealing|being|handling|such|when|requests?|questions?|complaints?)\b`,
		}, regexp.MustCompile(`\x02(让|叫|使)您|(keeping|to keep|having|making|leaving) you|\x02 you (to|having)`)},
		{"dont-bother-me", "打 扰 烦 吵 缠 静 走开 离我 bother disturb bug pester harass annoy alone back", []string{
			`(别|不要|少|甭|勿|莫|休|唔好)(再|老|总|一直|来)*(打搅|打扰|烦|吵|缠|骚扰)(着)?` + me, `让` + me + `(静静|安静|清静)`, `(离我远点|走开别)`,
			`\b(dont|do not|stop|quit) (bother|bothering|disturb|disturbing|bug|bugging|pester|pestering|harass|harassing|annoy|annoying)( me| us)\b`, `\bleave (me|us) alone\b`, `\bget off (my|our) back\b`, `\bbie ?da ?(jiao|rao) ?wo\b`,
		}, nil},
		{"dont-like-you", "喜欢 讨厌 烦 看不惯 待见 顺眼 来气 like hate stand detest fond", []string{
			me + softly + `(不喜欢|讨厌|烦|看不惯|不待见)` + you, `看` + you + `(就|很|真|实在|这个人)?(不顺眼|来气)`, enI + ` (dont like|do not like|dislike|hate|cant stand|detest|am not fond of|m not fond of|not fond of) (you\b|你|您)`, `\bwo ?bu ?xi ?huan ?ni\b`,
		}, regexp.MustCompile(`\x02 (to|having|being|wait)|\x02(等|这样|这么|的|为)`)},
		{"know-already", "知 晓 清楚 know aware", []string{
			me + `(都|早就|早|全都|全|早都|已经|已经都)+(知道|晓得|清楚)(了|啦)?`, `(这些|这个|那些)` + me + `(都|早)(就)?知道`, `(知道了|晓得了)[,，]?(知道了|晓得了)`, me + softly + `知道晒`,
			enI + ` already know\b`, enI + ` know (all|everything) (of )?(that|this|about)\b`, `\bi know[, ]+i know\b`, enI + ` know( that| this| it)? already\b`, enI + ` am (well|already|fully|quite) aware\b`, `\bim (well|already|fully|quite) aware\b`, `\b(yeah|yes|ok)[ ,]+(yeah[ ,]+)?i know($|[\n,])`, `\bwo ?dou ?zhi ?dao ?le\b`,
		}, regexp.MustCompile(`我们都\x02?知道\x02?您|\x02 (how|you)`)},
		{"you-dont-know", "知 懂 明白 了解 晓 明 know understand idea clue get", []string{
			you + `(根本|完全|压根|就|又|也|真|什么都|啥都|都|并|自己)*(不知道|不懂|不明白|不了解|不晓得|唔知|唔明)`, you + `(知道|懂|明白)(什么|个啥|啥)`,
			enYou + ` (dont|do not|wouldnt|clearly dont|cant|cannot|didnt) (know|understand|get it|have a clue)\b`, enYou + ` have no (idea|clue)\b`, `\bdont you (know|understand|get)\b`, `\bni ?bu ?zhi ?dao\b`,
		}, regexp.MustCompile(`\x02的|不知道\x02?(您|你)|grateful|thankful|appreciate|\x02 (your (pin|order|password|number)|it yet)`)},
		{"your-kind", "这 那 people customers clients callers someone folks persons your you", []string{
			`(不喜欢|讨厌|最烦|烦|看不惯|受不了|见多了|不欢迎|恶心|瞧不起|看不起|懒得理)(像)?` + you + `(这种|这类|这样的|那种|这号|这路)(人|客户|顾客|客人|货|东西)?`, `(像)?` + you + `(这种|这类|这号)(人|客户|顾客|客人|货)[^\n]{0,6}(讨厌|烦|见多|恶心|不欢迎|难缠|没救|谁会喜欢)`, `像` + you + `(这样|这种)的?(人|客户|顾客)[^\n]{0,4}(讨厌|烦|恶心)`, `(讨厌|烦|不喜欢)people like you`, `不喜欢(跟|和|与)` + you + `这(种|类)人`,
			`\b(dont|do not|hate|dislike|cant stand|sick of|tired of|fed up with|despise|seen)( [a-z]+){0,4} (people|customers|clients|callers|someone|folks|persons) (like|such as) you\b`, `\b(your|you) (kind|type|sort|lot)( (of (people|person|customer))| is| are|s)?( (not|never|arent|isnt) welcome)?($|[\n,])`, `\bof your (kind|sort|type)\b`,
		}, regexp.MustCompile(`your (kind|type|sort) (words|of (message|patience|help|support))|of your (kind|type) (words|help|support|offer|message|patience|reply)`)},
		{"dont-come-back", "来 回 光顾 登门 再 欢迎 back return come show", []string{
			`(别|不要|甭|莫|勿|永远别|以后别|休想)(再|又)?(回来|来了|过来|上门|来我们|来这|来店|光顾|登门)`, `(以后|下次|今后)(都|就|也)?(别|不要|甭)(再)?来`, `(不想|不要|不希望)再(看到|见到)` + you,
			`\b(dont|do not|never|no need to|dont you)( (ever|you|bother))* (come|coming|return|show up)( back| here| again)+\b`, `\b(dont|do not) want you( to come)? back\b`, `\b(dont|do not|never) (ever )?(return|come) to (our|this|my)\b`, `(请|麻烦)?(别|不要)再来($|[\n,了])`, `(不|唔)欢迎` + you + `($|[\n,再回来])`, `\bnot (welcome|come) back\b`,
		}, regexp.MustCompile(`跑一趟|白跑|送过去|寄|上门(取|维修)|奔波|\x02(折腾|回)|(fault|error|light|noise|smell|stain|it|symptom|problem|pain)( [a-z]+){0,3} \x01?(does|do|will|should)|save you|so you (dont|do not)`)},
		{"not-my-fault", "错 责 问题 锅 过 怪 赖 怨 事 关 造成 弄 搞 导致 fault mistake doing error responsib blame nothing on", []string{
			`(不是|又不是|并不是|可不是|不能算|不算|非)` + me + `(这边|公司|店)?(的)?(错|责任|问题|锅|过错|过失)`, `(别|不要|不能|不)(怪|赖|怨)` + me, `(不关|唔关|跟|和|与)` + me + `(的|们)?(事|没关系|无关|没有关系|毫无关系|啥关系)`, me + `(没有|没|概不|不)(错|负责|担责|背这个锅|承担责任)`,
			`\b(not|isnt|wasnt|aint|hardly|never) (my|our) (fault|mistake|doing|error|responsibility|blame)\b`, `\bdont blame (me|us)\b`, enI + ` (am not|not|are not|cant be|cannot be|wont be) (to blame|responsible|at fault)\b`, `\bnothing to do with (me|us)\b`, `\b(i|we) had nothing to do with\b`, `不是` + me + `(造成|弄坏|搞错|导致)的`, `\b(not|isnt) on (me|us)\b`,
		}, regexp.MustCompile(`(是不是|是否|不管是不是)|whether|if it`)},
		{"hurry-or-wait", "快 赶 抓紧 麻利 等 hurry quick move chop speed wait", []string{
			`(^|[\n,]|请|麻烦|你|您|给我|能不能)(动作)?(快点|快一点|快些|赶紧|赶快|抓紧|抓紧时间|快快|麻利点|快d)(的|吧|啊|啦|说|弄|办|讲|填|决定)?($|[\n,]|儿|说|弄|办|讲|付|填|决定|回|给|提供|把|签|选)`, `(^|[\n,]|你|您|先|就|给我|慢慢)(等着|等候|等一下|等会儿|等会|等等|先等着|等着吧|慢慢等|在那等着|等一会|等,着)(吧|就行|呗|,吧)?($|[\n,])`,
			`\bhurry( it)?( up)?\b`, `\b(make it quick|get a move on|chop chop|speed it up|quickly now)\b`, `(^|[\n,])(just |please )?(wait|wait there|wait here|wait your turn|hang on and wait)($|[\n,])`, `(^|[\n,]|你|您|就|那您就|请)(快点|赶紧|赶快)(填|回|说|付|决定|签)`, `\byou(ll| will)?( just)?( have to| need to| must| can) wait\b`, `\bkuai ?dian\b`,
		}, regexp.MustCompile(`感谢|谢谢|抱歉|让您久等|祝您|希望您|(我|我们|同事|帮您|为您|给您|正在|已经|马上)[^\n]{0,10}\x01|(no|not|dont|without|never|in a|need to|rush) \x01|thank|sorry|apolog|so that|because|while i|\x02[^\n]*(我(马上|这就|现在|立刻)|i (will|am|ll)|ill |im )`)},
	}
}
