package slacksim_test

import (
	"slices"
	"testing"

	"github.com/slack-go/slack"

	"coachbot/bot/slacksim"
)

// A chart is drawn as bars of the right height, in light and dark and on a phone, and is
// read as a table.
func TestChartInABrowser(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.stub()
	axis := slack.NewDataVisualizationAxisConfig()
	axis.Categories = []string{"24 Nov", "25 Nov", "26 Nov"}
	chart := slack.NewDataVisualizationBarChart(axis)
	for name, values := range map[string][]float64{"Cases": {8, 4, 0}, "Calmed": {2, 4, 0}} {
		s := slack.DataVisualizationDataSeries{Name: name}
		for i, v := range values {
			s.Data = append(s.Data, slack.NewDataVisualizationDataPoint(axis.Categories[i], v))
		}
		chart.Series = append(chart.Series, s)
	}
	if _, _, err := x.client().PostMessage(x.desk, slack.MsgOptionText("Cases by day", false), slack.MsgOptionBlocks(slack.NewDataVisualizationBlock("Cases by day", chart))); err != nil {
		t.Fatal(err)
	}
	s := x.page(slacksim.WebOptions{Title: "coachbot demo", Channel: "escalations", People: []slacksim.WebPerson{{ID: "U0MEI", Role: "agent"}}})
	c := openChrome(t)
	const height = `(n, s) => document.querySelectorAll(".b-chart .point")[n].querySelectorAll("." + s + " i")[0].getBoundingClientRect().height`
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{1280, 390} {
			c.open(s.URL+"/", width, 800, scheme)
			c.until("the chart", `document.querySelector(".b-chart figcaption")?.innerText === "Cases by day"`)
			for what, expr := range map[string]string{
				"three days of two bars":         `document.querySelectorAll(".b-chart .point").length === 3 && document.querySelectorAll(".b-chart .bars span").length === 6`,
				"the bars are as high as told":   `(f => { const all = [0, 1].flatMap(n => ["bar-0", "bar-1"].map(b => Math.round(f(n, b)))).sort((a, b) => a - b); return String(all) === "24,48,48,96" })(` + height + `)`,
				"nothing is a line":              `(f => f(2, "bar-0") <= 2)(` + height + `)`,
				"colours differ":                 `getComputedStyle(document.querySelector(".b-chart .bar-0 i")).backgroundColor !== getComputedStyle(document.querySelector(".b-chart .bar-1 i")).backgroundColor`,
				"the key names them":             `document.querySelector(".b-chart .key").innerText.includes("Calmed")`,
				"read as a table":                `document.querySelectorAll(".b-chart table tbody tr").length === 3 && document.querySelector(".b-chart .plot").getAttribute("aria-hidden") === "true"`,
				"nothing is wider than the page": `document.documentElement.scrollWidth <= innerWidth`,
			} {
				if got := c.eval(expr); got != "true" {
					t.Errorf("%s, %d wide: not so: %s (%s)", scheme, width, what, got)
				}
			}
		}
	}
	// Who comes to the direct message by its address has come all the same.
	c.open(s.URL+"/#U0MEI/"+x.mei.DMChannel(), 1280, 800, "light")
	if err := x.Wait(x.ctx, func() bool {
		return slices.ContainsFunc(x.Deliveries(), func(d slacksim.Delivery) bool { return d.Type == "app_home_opened" })
	}); err != nil {
		t.Error("the bot does not hear that its Home tab may be wanted")
	}
}
