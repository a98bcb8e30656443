package coach

import "regexp"

// followWords are what is plain in a follow-up, matched in the folded text; all else
// is told by what package followups has learned.
type followWords struct {
	next    *regexp.Regexp // what comes now?
	another *regexp.Regexp // a second customer
}

var followTables = map[string]followWords{
	"en": {
		next:    regexp.MustCompile(`\b(?:what(?:'s| is| comes)? next|now what|what now|next step|how (?:do|should|can|would) i (?:say|put|word|phrase|tell|answer)|what (?:do|should|can|would) i (?:say|do|tell|write|offer|answer))\b|\bnext ?\?`),
		another: regexp.MustCompile(`\b(?:another|second|different|new) (?:customer|client|caller|guest|person|passenger|user|one|case)\b|\bgot another\b|\bone more:`),
	},
	"zh": {
		next:    regexp.MustCompile(`下一步|接下来|什么方案|还能给什么|给什么|然后呢|之后呢|后面呢|(?:该|再|还能|要|应该)(?:怎么)?(?:说|回|讲|做|办)(?:什么|些什么|啥)|(?:该|要|应该|接着|现在)怎么(?:说|回|办|讲|做|措辞)`),
		another: regexp.MustCompile(`另一(?:个|位)?(?:客户|客人|顾客|人|单|旅客|业主)|另外一(?:个|位)|又来(?:了)?一(?:个|位|单)|又接到?一?(?:个|位|单)|(?:换|来)了一位|不是同一(?:个)?人|第二(?:个|位|单)(?:客户|客人)?|新的?一(?:个|单)|还有一(?:个|位)(?:客户|客人)`),
	},
}
