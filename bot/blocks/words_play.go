package blocks

// playWords are those of a role play.
type playWords struct {
	start    string // {1} the scenario's title
	customer string // {1} what the customer says
	how      string
	stop     string            // the button
	end      map[string]string // how it ended
	was      string            // {1} the kind of customer
	done     string            // over the steps taken
	took     string            // {1} the step {2} the agent's words for it
	open     string            // over the steps that were not
	missed   string            // {1} the step {2} a line to say
	all      string            // nothing was left out
	slips    string            // over the slips
	slip     map[string]string // slips that are no forbidden phrase
	again    string
}
