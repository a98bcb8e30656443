package coach

import "testing"

// The agent's own words, after a hard conversation, are told from customers' and from reports of them.
func TestOwn(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for words, want := range map[string]bool{
		"I'm shaking after that call, he called me every name under the sun and I can't stop crying": true,
		"honestly I don't think I can do this job any more":                                          true,
		"Took a nasty call at nine, still shaky, I need some air":                                    true,
		"she screamed at me for half an hour and I cried in the loo. I can't face the next call":     true,
		"刚才那通电话骂了我二十分钟，我现在手还在抖，想哭":                                                                   true,
		"接完那个客户我心慌得不行，真的撑不住了":                                                                        true,
		"still shaking after that call":                                                              true,
		"that caller really rattled me, hands are shaking":                                           true,
		"刚接完电话，我被那个客户骂到崩溃":                                                                           true,
		"客户骂得我手还在抖，刚接完":                                                                              true,
		"今日被客人闹足成个钟，收工个阵我真系好想喊，呢份工顶唔顺":                                                               true,

		"Customer: I'm shaking after that call, your colleague was so rude":           false,
		"> I'm shaking after that call, I can't do this any more":                     false,
		"I'm shaking after that call with your team, I want to cry":                   false,
		"that customer is furious, third call today about the same invoice":           false,
		"Lady on the line says she can't cope, the boiler has been off for a week":    false,
		"she says she can't do this anymore, third call about her internet":           false,
		"caller was in tears after the call with billing, wants her money":            false,
		"那个客户崩溃了，在电话里一直哭，说我们骂她":                                                       false,
		"客户接完电话心慌，手在抖，问药什么时候到":                                                        false,
		"客户：刚才那通电话气得我手还在抖":                                                            false,
		"你们那个客服骂我，我现在手还在抖":                                                            false,
		"客户骂了我十分钟，要求退押金":                                                              false,
		"I need a break from these shoes, the left one rubs":                          false,
		"after that call I'm shaking, I want to kill myself":                          false,
		"anyone free to take the next call?":                                          false,
		"The customer is still shaking after the call with billing, what do I say?":   false,
		"caller says her hands are shaking, she wants an ambulance, this call is bad": false,
		"The customer told me she's feeling low after the call":                       false,
		"customer still shaken after being shouted at by our driver":                  false,
		"I'm done in ten minutes, who takes the next call?":                           false,
		"I need a minute to check with billing, the customer is on hold and furious":  false,
		"我们骗不了他，客户心慌得不行，我接电话时他说胸口疼":                                                   false,
		"客户说不想干了，接完电话就要退会员":                                                           false,
		"客户说手还在抖，刚才那通电话吓的":                                                            false,
		"我朋友崩溃了，接完电话就哭":                                                               false,
		"下一通谁接": false,
	} {
		if got := e.Advise(Message{ID: "1", Text: words, Ask: true}).Own; got != want {
			t.Errorf("%q: own words %v, want %v", words, got, want)
		}
		if e.Advise(Message{ID: "1", Text: words}).Own {
			t.Errorf("%q: nobody asked", words)
		}
	}
}
