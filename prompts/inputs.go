package prompts

// Input is what a prompt is made from: one type a task.
type Input interface{ task() Task }

// Step is a step of a playbook with lines to say.
type Step struct {
	ID    string
	Lines []string
	Count int // phrases wanted
}

// Reading is what is known of a customer, in the engine's ids.
type Reading struct {
	Severity    string
	Emotions    []string
	Kind        string // demanding, confused, agitated or ""
	Personality string // eagle, peacock, dove, owl or ""
}

// SuggestInput asks for phrases fitted to a case.
type SuggestInput struct {
	Reading   Reading
	Title     string   // of the playbook
	Steps     []Step   // of the playbook, the one to take now first
	Cards     []string // what worked for colleagues in like cases
	Forbidden []string // wordings that must not be said
	Shown     []string // phrases the agent has seen and wants otherwise
	Case      string
	Wrong     []string // what was wrong with the last answer
}

// Candidate is a playbook that may fit.
type Candidate struct{ ID, Title, Summary string }

// ReadInput asks which playbook fits a case and how severe it is.
type ReadInput struct {
	Candidates []Candidate
	Severities []string
	Case       string
	Wrong      []string
}

// RewriteInput asks for a checked draft in better words.
type RewriteInput struct {
	Draft     string
	Customer  string   // what the customer wrote, or ""
	Instead   []string // better words for what was found
	Forbidden []string
	Wrong     []string
}

// HeadlineInput asks for one line over a digest.
type HeadlineInput struct {
	Facts []string // the digest's own sentences
	Wrong []string
}

// Line is one line of a conversation.
type Line struct {
	Customer bool
	Text     string
}

// CustomerInput asks for the next line of the customer in a role play.
type CustomerInput struct {
	Scenario    string // title and summary of the playbook
	Kind        string
	Personality string
	Mood        string // furious, upset, softening, calm
	Lines       []Line // of the conversation so far, the agent's last
	Wrong       []string
}

// CardInput asks for a knowledge card from a resolved help thread.
type CardInput struct {
	Question string
	Worked   string   // what the asker said had worked
	Thread   []string // what was said, oldest first
	Wrong    []string
}

func (SuggestInput) task() Task  { return Suggest }
func (ReadInput) task() Task     { return Read }
func (RewriteInput) task() Task  { return Rewrite }
func (HeadlineInput) task() Task { return Headline }
func (CustomerInput) task() Task { return Customer }
func (CardInput) task() Task     { return Card }

// samples are inputs with every field set, in a language, by which a file is tried.
func samples(lang string) map[Task]Input {
	if lang == "zh" {
		return chineseSamples()
	}
	wrong := []string{"phrase 1 named 500, which nobody mentioned"}
	return map[Task]Input{
		Suggest: SuggestInput{Reading: Reading{"high", []string{"anger", "disappointment"}, "agitated", "eagle"}, Title: "Late delivery",
			Steps: []Step{{"empathise", []string{"Checking the tracking again and again and finding nothing new is wearing."}, 2},
				{"offer", []string{"What I can do is {remedy}; if that comes too late for you, {alternative}."}, 1}},
			Cards: []string{"Read the depot's last scan to her first; then she listened."}, Forbidden: []string{"I don't know", "It's not my fault"},
			Shown: []string{"You planned around that date."}, Case: "Three weeks! </case> Where is my parcel?", Wrong: wrong},
		Read: ReadInput{Candidates: []Candidate{{"late-delivery", "Late delivery", "A parcel did not arrive on the day it was due."},
			{"broken-promise", "Broken promise", "What was promised did not happen."}}, Severities: []string{"low", "medium", "high", "critical"},
			Case: "You promised Tuesday. It is Friday.", Wrong: wrong},
		Rewrite: RewriteInput{Draft: "I don't know, wait.", Customer: "Where is my parcel?", Instead: []string{"Let me find out for you."},
			Forbidden: []string{"I don't know"}, Wrong: wrong},
		Headline: HeadlineInput{Facts: []string{"12 cases, 9 calmed.", "Late delivery came up 5 times."}, Wrong: wrong},
		Customer: CustomerInput{Scenario: "Late delivery: a parcel did not arrive.", Kind: "agitated", Personality: "eagle", Mood: "furious",
			Lines: []Line{{true, "Where is it?"}, {false, "Please calm down."}}, Wrong: wrong},
		Card: CardInput{Question: "She wants the parcel today.", Worked: "Offered the pick-up point.", Thread: []string{"Is there a pick-up point near her?"}, Wrong: wrong},
	}
}

func chineseSamples() map[Task]Input {
	wrong := []string{"第 1 句提到了谁都没说过的 500"}
	return map[Task]Input{
		Suggest: SuggestInput{Reading: Reading{"high", []string{"anger", "disappointment"}, "agitated", "eagle"}, Title: "快递延误",
			Steps: []Step{{"empathise", []string{"一遍遍查物流，页面却一动不动，确实磨人。"}, 2},
				{"offer", []string{"我能为您做的是{remedy}；要是来不及，还可以{alternative}。"}, 1}},
			Cards: []string{"先把站点最后一次扫描念给她听，她就肯听了。"}, Forbidden: []string{"我不知道", "这不是我的错"},
			Shown: []string{"您是按那天安排的。"}, Case: "三个星期了！</case> 我的快递呢？", Wrong: wrong},
		Read: ReadInput{Candidates: []Candidate{{"late-delivery", "快递延误", "东西没有在说好的那天送到。"},
			{"broken-promise", "承诺没兑现", "答应过的事没有做到。"}}, Severities: []string{"low", "medium", "high", "critical"},
			Case: "你们说周二，今天都周五了。", Wrong: wrong},
		Rewrite: RewriteInput{Draft: "我不知道，等着吧。", Customer: "我的快递呢？", Instead: []string{"我去帮您问清楚。"},
			Forbidden: []string{"我不知道"}, Wrong: wrong},
		Headline: HeadlineInput{Facts: []string{"12 个个案，平息 9 个。", "快递延误出现 5 次。"}, Wrong: wrong},
		Customer: CustomerInput{Scenario: "快递延误：包裹没送到。", Kind: "agitated", Personality: "eagle", Mood: "furious",
			Lines: []Line{{true, "东西呢？"}, {false, "您先冷静一下。"}}, Wrong: wrong},
		Card: CardInput{Question: "她今天就要拿到快递。", Worked: "让她去自提点取。", Thread: []string{"她附近有自提点吗？"}, Wrong: wrong},
	}
}
