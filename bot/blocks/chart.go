package blocks

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"
)

// Limits of charts.
const (
	maxChartTitle  = 50
	maxChartLabel  = 20
	maxChartPoints = 20
)

// series is one line or row of bars of a chart.
type series struct {
	name   string
	values []int
}

// bars adds a chart, and for readers and for a Slack that knows no charts a table in
// words. Labels must differ.
func (p *page) bars(w *words, title string, labels []string, all ...series) {
	if len(labels) == 0 {
		return
	}
	from := max(0, len(labels)-maxChartPoints)
	labels = labels[from:]
	axis := slack.NewDataVisualizationAxisConfig()
	for _, l := range labels {
		axis.Categories = append(axis.Categories, line(settled(p.lang, l), maxChartLabel))
	}
	chart := slack.NewDataVisualizationBarChart(axis)
	for _, s := range all {
		one := slack.DataVisualizationDataSeries{Name: line(settled(p.lang, s.name), maxChartLabel)}
		for i, v := range s.values[from:] {
			one.Data = append(one.Data, slack.NewDataVisualizationDataPoint(axis.Categories[i], float64(v)))
		}
		chart.Series = append(chart.Series, one)
	}
	table := tableOf(w, title, labels, all, from)
	n := size(table)
	if n > maxSection || !p.room(n) {
		return
	}
	p.charts = true
	p.blocks = append(p.blocks, slack.NewDataVisualizationBlock(line(settled(p.lang, title), maxChartTitle), chart))
	p.plain = append(p.plain, slack.NewSectionBlock(markupText(table), nil, nil))
	p.left -= n
	p.say(table)
}

// tableOf says the same as a chart: a line a label.
func tableOf(w *words, title string, labels []string, all []series, from int) string {
	var b strings.Builder
	b.WriteString("*" + lineEscaped(title, maxChartTitle) + "*")
	for i, l := range labels {
		b.WriteString("\n" + lineEscaped(l, maxChartLabel) + w.colon)
		for k, s := range all {
			if k > 0 {
				b.WriteString(w.comma)
			}
			fmt.Fprintf(&b, "%s %d", lineEscaped(s.name, maxChartLabel), s.values[from+i])
		}
	}
	return b.String()
}
