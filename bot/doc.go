// Package bot is the application: it turns Slack's deliveries into jobs of one
// durable queue, does them with the pure rooms (coach, guard, blocks), and posts.
//
// The life of one message: intake.go decodes a delivery and stores it as a job,
// which is then acknowledged; work.go takes jobs, in order within a lane;
// message.go reads, advises and decides; post.go claims the post in the store,
// sends it at Slack's pace and records it; catchup.go reads what came while no
// connection was open. One file a feature: check.go, playbook.go, watch.go,
// why.go, buttons.go, shortcuts.go.
package bot
