package guard

import "testing"

// Words of others need no quotation marks, what is denied is not said, and colleagues are no customers;
// the same words to a customer are found.
func TestWhoseWords(t *testing.T) {
	t.Parallel()
	g := New()
	for draft, want := range map[string]bool{
		"As your husband put it, you don't understand the bill, so let's go line by line.": false,
		"Your neighbour says you know nothing about the fence, so I'll ask him.":           false,
		"A lazier garage would leave it at that's not my fault; we'd rather mend it.":      false,
		"I'd never say you don't understand, you read it better than me.":                  false,
		"Night shift, I don't know where the keys are, please leave a note.":               false,
		"Before: wait. After: I'll be with you at ten past.":                               false,
		"Hurry Up, Franklin is back on the shelf in the kids' corner.":                     false,
		"The Dunno lamp comes with a spare bulb.":                                          false,
		"我哪敢说您不懂，您可是老茶客了。":                                                                 false,
		"烦您？怎么会，您问得越细我越省心。":                                                                false,
		"徽章刻字：别再来烦我。数量：五十。":                                                                false,
		"As I told you, you don't understand the bill.":                                    true,
		"Mrs Byrne, I don't know who's on lates.":                                          true,
		"Mr Singh, leave me alone.":                                                        true,
		"Hurry up, Franklin, the shop is closing.":                                         true,
		"Scram. Refunds are on Mondays.":                                                   true,
		"我跟您说过，您不懂。":                                                                       true,
		"烦您？对，烦死您了，别来烦我。":                                                                  true,
	} {
		if got := g.Forbidden(draft); got != want {
			t.Errorf("%q: found is %v, want %v", draft, got, want)
		}
	}
}
