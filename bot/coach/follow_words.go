package coach

import "regexp"

// followWords are the turns of phrase by which people in a case's thread tell
// what became of it. They are matched in the folded text; what stands first in a
// message says whom it is about.
type followWords struct {
	customer *regexp.Regexp // the customer says or does something
	about    *regexp.Regexp // the customer is spoken of at all
	tried    *regexp.Regexp // the agent said or did something
	next     *regexp.Regexp // what comes now?
	calmed   *regexp.Regexp // it is over
	denied   *regexp.Regexp // it is not, or not yet
	another  *regexp.Regexp // a second customer
	asks     *regexp.Regexp // a question among colleagues
	wonders  *regexp.Regexp // perhaps one
	others   *regexp.Regexp // news from another department
	lately   *regexp.Regexp // it happens now
	heated   *regexp.Regexp // words that make a colleague's remark news of the customer
}

// The words of the agent's own deeds, past.
const (
	deedsEn = `told|said|apologi[sz]ed|offered|explained|promised|asked|read|used|tried|sent|gave|mentioned|summed|let (?:him|her|them|the)|escalated|went with|did|repeated|acknowledged|suggested|showed|transferred|reassured|confirmed|booked|refunded|arranged|listened|proposed|stayed|went through|put it|kept (?:it|calm|my)|left (?:him|her|them)|walked (?:him|her|them)|put (?:him|her|them)|called (?:him|her|them)|rang (?:him|her|them)`
	deedsZh = `道歉|致歉|说|讲|解释|安抚|安慰|提|照|按|用|问|给|转|告诉|发|答应|承诺|复述|总结|表示|建议|约|承认|确认|登记|申请|听|念|回`
)

var followTables = map[string]followWords{
	"en": {
		customer: regexp.MustCompile(`\b(?:he|she|customer|client|caller|guest|passenger|tenant|(?:her|his) (?:husband|wife|partner|son|daughter|mother|father|lawyer))\b|` +
			`^(?:(?:and|so|now|ok|update|fyi|heads up|well|but|still|just|it)[ ,:.-]+)*(?:they(?:'ve|'re|'d)?|told (?:me|us)|says?|said (?:he|she|they)|saying|wants?|wrote|writes|replied|refus\w+|not (?:accepting|having|happy|willing|buying)|gets? worse|threaten\w*|demand\w*|insist\w*|blam(?:es|ed|ing)|complain\w*|accus\w*|claim(?:s|ed|ing)|thinks|believes|swears|calls|expects|denies|mentions|hates|seems|sounds furious|again |asks|asking|keeps|hung up|came back|called (?:again|back)|rang (?:again|back)|turns out|won't|doesn't|left a|reported|posted|new (?:e-?mail|message|call|chat|review) from|back on)\b`),
		about: regexp.MustCompile(`\b(?:he|she|him|her|his|hers|mr|mrs|ms|customer|client|caller|guest|passenger|tenant|lady|gentleman|woman|man|guy|bride|groom|couple|family|father|mother|mum|mom|dad|son|daughter|husband|wife|parents?|patient|student|member)(?:'s|'d|'ll)?\b`),
		tried: regexp.MustCompile(`\b(?:i|we)(?:'ve|'d|(?: have| had| already| just| then| also| only|n't))* (?:` + deedsEn + `|didn't|was|were|[a-z]{2,}ed)\b|` +
			`^(?:[a-z' -]{0,30}\b)?(?:i've|we've|i have|we have)\b|` +
			`^(?:(?:ok|okay|so|and|then|just|already|right|well|yes|yep)[ ,:.-]+)*(?:` + deedsEn + `|[a-z]{2,}ed|done|resent|no luck|no change|same result)\b`),
		next:    regexp.MustCompile(`\b(?:what(?:'s| is| comes)? next|now what|what now|next step|how (?:do|should|can|would) i (?:say|put|word|phrase|tell|answer)|what (?:do|should|can|would) i (?:say|do|tell|write|offer|answer))\b|\bnext ?\?`),
		calmed:  regexp.MustCompile(`\b(?:calm(?:ed|er)?(?: down)?|calming|sorted|solved|resolved|fixed|all good|we(?:'re| are) good|case closed|clos(?:e|ed|ing) (?:this|it|the case)|(?:he's|she's|they're|is|are|was|seems|sounds|feels) (?:now |much |all |quite |very )*(?:fine|ok|okay|happy|happier|pleased|satisfied|relieved|alright|reassured|over it)|(?:now|very|quite) (?:happy|pleased|satisfied)|happy customer|(?:happy|fine|ok|okay) (?:to|with)|closed|parted|(?:thank.you|nice) (?:note|card|mail|letter)|accept(?:s|ed)|(?:he|she|they|customer|client|guest) (?:then |has |finally )*(?:agreed|agrees) to|(?:took|takes|taken) (?:the|our|a) (?:\w+ )?(?:replacement|credit|refund|voucher|offer|exchange|deal|discount)|no further action|phew|done and dusted|(?:that|which) (?:worked|did (?:it|the trick))|worked (?:well|wonders)|signed|smil(?:es|ed|ing)|another chance|with(?:drew|drawn|drawing)|forgave|(?:gone|went|gotten|got) quiet and|polite(?: now)?|friendly|grateful|delighted|over the moon|deal done|shook|all(?:'s| is) well|problem(?:'s| is)? (?:gone|over)|no longer (?:wants?|angry|upset)|joking|no hard feelings|good terms|appreciates?|wrapped up|made up|(?:accepting|taking) (?:the|our)|backed down|relieved|settled)\b|\b(?:he|she|they|customer|client|guest)\b[^.!?;]*\b(?:apologi[sz]ed|said sorry|said thank\w*|thanked|will wait|laugh(?:ed|s|ing) (?:about|with|in the end|at the end|together))\b`),
		denied:  regexp.MustCompile(`\b(?:still|not|isn't|aren't|wasn't|doesn't|don't|didn't|won't|can't|never|until|unless|if|nothing|hasn't|haven't)\b`),
		another: regexp.MustCompile(`\b(?:another|second|different|new) (?:customer|client|caller|guest|person|passenger|user|one|case)\b|\bgot another\b|\bone more:`),
		asks:    regexp.MustCompile(`^(?:@?\w+[,:] )?(?:do|does|did|is|are|was|were|can|could|may|might|which|what|who|whose|when|where|why|how|has|have|any|anyone|anybody|somebody|should|shall|would|will|want|need) .*\?`),
		wonders: regexp.MustCompile(`\?\s*$`),
		others:  regexp.MustCompile(`^(?:the |our |update: )?(?:warehouse|depot|finance|billing|it|ops|support|legal|facilities|maintenance|logistics|courier|engineering|tech|marketing|kitchen|housekeeping|security|duty manager|lead|store|bank) (?:says?|said|confirm\w*|told|is|are|has|have|will|just|wants?|needs?|thinks?|replied|found|promis\w*)\b`),
		lately:  regexp.MustCompile(`\b(?:now|just|also|too|again|well|currently|is|\w+ing)\b|'s\b`),
		heated:  regexp.MustCompile(`\b(?:shout\w*|scream\w*|yell\w*|swear\w*|swore|cry|crying|demand\w*|threat\w*|press|media|tv|lawyer|police|regulator|ombudsman|furious|livid|raging|insult\w*|abus\w*|violent)\b`),
	},
	"zh": {
		customer: regexp.MustCompile(`(?:^|[，。！？；：、,.!?;: \n]|现在|刚才|刚刚|刚|今天|原来|结果|但是|可是|同一个|这位|那位|但|又|后来)(?:她|他|客户|客人|顾客|对方|人家|旅客|业主|乘客|患者|家属|那人|这人)(?:的)?(?:老公|老婆|家人|儿子|女儿|爸|妈|律师|丈夫|妻子)?|` +
			`^(?:更新[:：]?|补充[:：]?|刚才|刚刚|刚|现在|今天|又|还|直接|突然|结果|而且|原来|一直|就|人|已经)*(?:又打|又发|又来|打回来|发来|回复说|改口|扬言|威胁|要求|要我|要投诉|要退|要赔|要找|问我|挂我|挂了我|挂断|说[^了过完明好]|[^，。她他我]{0,2}(?:质问|追问|反问|咬定|坚持|非要|死活|宁可|嚷|冷笑|嘲)|要[^不是么]|骂我|怪我|笑我|不要|不肯|不接受|不信|不买账|不走|拒绝|哭|吼|骂|录音|不止|人就|点名|嫌)|没影|^(?:先|还|又|都|光|只|就)*(?:怪|嫌|不给|不肯|不让|不听|不认|光说|死咬)|到现在(?:还)?没|今天必须|不然就|否则就`),
		about: regexp.MustCompile(`[她他]|客户|客人|顾客|对方|人家|女士|先生|小姐|太太|新娘|新郎|老公|老婆|儿子|女儿|孩子|家长|大爷|大妈|阿姨|老太太|病人|学生|会员|旅客|业主|老人|那人|这人`),
		tried: regexp.MustCompile(`(?:我|我们|咱们)(?:已经|已|刚才|刚刚|刚|就|也|先|都|又|再|按|照|跟|和|给|把|对|向|用|让|替|帮)*[^，。！？；,!?;]{0,12}?(?:` + deedsZh + `)[^，。！？；,!?;]{0,8}?(?:了|过|完|回电|方案)|` +
			`^(?:好的?[，, ]*|嗯[，, ]*|已经|已|刚才|刚|也|都|先|又|再|就)*(?:为[^，。！？；,!?;]{0,8}?)?(?:(?:` + deedsZh + `)[^，。！？；,!?;]{0,14}?(?:了|过|完|遍)|(?:跟|和|给|把|向|对|让|替|照|按|用)[^，。！？；,!?;]{0,14}?(?:了|过|完|遍))|` +
			`^[^，。！？；,!?;她他客]*?(?:谢谢|感谢|给|跟|和|带|让|把|对|向|陪|替|帮|告诉|答应|提醒|问)(?:他|她|客户|客人|对方|顾客|人家)|` +
			`^[^，。！？；,!?;她他客人]{0,10}(?:退|寄|换|补|送|改|开|办|安排|讲|念)(?:好|过|完|出|的)?(?:了|的)|` +
			`^[^，。！？；,!?;她他客户人又还]{1,14}了[^，。！？；,!?;她他客户人]{0,12}[，,。][^。]*[她他]|` +
			`^我(?:没|只是|就是)|` +
			`^[^，。！？；,!?;她他客人]{0,12}(?:告诉|答应|承诺|道歉|致歉|倾听|安抚|解释|请|转给|转交|通知)|` +
			`^[^，。！？；,!?;她他]{0,10}(?:提了|说了|说完了|讲了|告诉他了|告诉她了|解释了|发了|给了|用了|念了|问了|试了|试过)`),
		next:    regexp.MustCompile(`下一步|接下来|什么方案|还能给什么|给什么|然后呢|之后呢|后面呢|(?:该|再|还能|要|应该)(?:怎么)?(?:说|回|讲|做|办)(?:什么|些什么|啥)|(?:该|要|应该|接着|现在)怎么(?:说|回|办|讲|做|措辞)`),
		calmed:  regexp.MustCompile(`消气|消火|冷静了|冷静下来|平静|平复|没事了|没事啦|搞定|搞掂|解决(?:了|好|啦)|(?:已|已经|问题)解决|处理好|处理完|办好了|同意了|同意等|愿意|接受了|接受换|接受退|收了|满意|高兴|松口|笑了|心平气和|(?:她|他|客户|客人|对方|顾客)[^，。！？；,!?;]{0,6}(?:道歉|说了声抱歉|说抱歉|谢谢|感谢|谅解|理解了|认可)|不用再跟|可以结|结案|这单关|关单|不追究|不投诉了|撤(?:销|了)投诉|和解|好了[，,]|管用|见效|缓和|缓下来|笑脸|签字了|完事|松了(?:一)?口气|谈妥|谈好|说好了|谈拢|答应(?:再|等|了)|撤了|(?:这下|现在|终于)好了|接受|认了|不气了|不生气|消停|道了?谢|夸我|[她他户人方][^，。]{0,10}也(?:可以|行)|就?结了|没投诉|没再|安静下来|客气(?:了|多了)|高兴坏|^成了|握了?手|都好了|(?:问题|事情?|气)没了|[她他户人方][^，。]{0,4}(?:多谢|谢谢|感谢)|不(?:想|要|打算)?(?:取消|退|投诉|换|走)了|缓过来|感谢信|表扬|锦旗|聊得`),
		denied:  regexp.MustCompile(`只愿意|不(?:太|怎么|大|是很|够|肯|再)?(?:同意|愿意|接受|满意|高兴|管用|见效|松口|消气|理解|认可)|没(?:有)?(?:同意|接受|解决|消气|搞定|处理好|冷静|用)|还(?:没|在|是|不)|仍|依然|但|不过|可是|才(?:能)?(?:满意|同意|接受|消气)|如果|除非`),
		another: regexp.MustCompile(`另一(?:个|位)?(?:客户|客人|顾客|人|单|旅客|业主)|另外一(?:个|位)|又来(?:了)?一(?:个|位|单)|又接到?一?(?:个|位|单)|(?:换|来)了一位|不是同一(?:个)?人|第二(?:个|位|单)(?:客户|客人)?|新的?一(?:个|单)|还有一(?:个|位)(?:客户|客人)`),
		asks:    regexp.MustCompile(`吗[。.?？ ]*$`),
		wonders: regexp.MustCompile(`[?？]\s*$|(?:呢|么)[。. ]*$|(?:怎么|有没有|有人知道|谁能|谁有|谁在|谁值班|哪个|哪位|几点|多少|能不能|可不可以|要不要|是不是|可以给)`),
		others:  regexp.MustCompile(`^(?:我们)?(?:仓库|技术|运维|财务|物流|站点|门店|法务|客房|工程部?|维修|快递公司|供应商|银行|系统|主管|经理|领导|前台|产品|后台|总部|厂家)[^，。！？；,!?;]{0,4}(?:说|确认|回复|反馈|通知|讲|在|已|会|查)`),
		lately:  regexp.MustCompile(`刚|正|在|现在|又|也|这会|呢`),
		heated:  regexp.MustCompile(`骂|吼|闹|喊|哭|威胁|媒体|记者|律师|曝光|投诉|报警|点名|经理|领导|抖音|微博|发火|大火|砸|打人|12315`),
	},
}
