package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"coachbot/bot/blocks"
	"coachbot/playbooks"
	"coachbot/playbooks/live"
	"coachbot/store"
)

// kindFaults are jobs to tell of faults in the playbooks' files, or that they are mended.
const kindFaults = "faults"

// maxAdmins is how many people hear of a fault in the playbooks where no admin was named.
const maxAdmins = 5

// faultReport is the state of the playbooks' files as a job carries it.
type faultReport struct {
	Folder string            `json:"folder"`
	Faults []playbooks.Fault `json:"faults"`
}

// foldersFaults logs what is wrong as soon as it is seen and, once the folder has
// held still, has the admins told what is new and what is mended.
func (a *App) foldersFaults(ctx context.Context, s live.State) {
	broken := slices.DeleteFunc(slices.Clone(s.Faults), func(f playbooks.Fault) bool { return f.Warning })
	if !s.Calm {
		for _, f := range broken {
			if f.Used {
				a.log.Warn("a playbook holds a forbidden phrase, which is not suggested", "fault", f.String())
				continue
			}
			a.log.Warn("a playbook has a fault; the last version without one stays in use, if there was one", "fault", f.String())
		}
		return
	}
	job, err := newJob(kindFaults, a.self.Workspace+"/playbooks", "faults:"+strconv.FormatInt(a.now().UnixNano(), 36),
		faultReport{Folder: a.o.Folder.Path(), Faults: broken})
	if err == nil {
		job.At = a.now()
		err = a.enqueue(ctx, *job)
	}
	if err != nil {
		a.log.Error("the admins cannot be told of the playbooks' faults", "cause", err)
	}
}

// reportFaults tells the admins, each once, which faults are new and which files
// are mended. What they were told of is remembered, over restarts too.
func (a *App) reportFaults(ctx context.Context, job store.Job, r faultReport) error {
	told, err := a.store.Installation(ctx, a.self.Workspace)
	if err != nil {
		return err
	}
	var fresh []playbooks.Fault
	var now []store.PlaybookFault
	for _, f := range r.Faults {
		kept := store.PlaybookFault{File: store.Text(f.File), Message: store.Text(f.Message)}
		if !slices.Contains(told.Faults, kept) { // the same in several lines: each is named
			fresh = append(fresh, f)
		}
		if !slices.Contains(now, kept) {
			now = append(now, kept)
		}
	}
	var mended []string
	for _, old := range told.Faults {
		again := slices.ContainsFunc(now, func(f store.PlaybookFault) bool { return f.File == old.File })
		if !again && !slices.Contains(mended, old.File) {
			mended = append(mended, old.File)
		}
	}
	if len(fresh)+len(mended) > 0 {
		if err := a.tellAdmins(ctx, job.ID, func(lang string) blocks.Message {
			return blocks.PlaybookFaults(lang, r.Folder, fresh, mended)
		}); err != nil {
			return err
		}
	}
	if slices.Equal(now, told.Faults) {
		return nil
	}
	_, err = a.store.UpdateInstallation(ctx, a.self.Workspace, func(i *store.Installation) error {
		i.Faults = now
		return nil
	})
	if err != nil {
		return err
	}
	return a.adminHomes(ctx)
}

// adminHomes are the admins' Home tabs, on which the playbooks' faults and the teams' settings show.
func (a *App) adminHomes(ctx context.Context) error {
	admins, err := a.admins(ctx)
	if err != nil {
		return err
	}
	return a.homeLater(ctx, slices.Clone(admins)...)
}

// tellAdmins writes to each admin once, in their language. One who cannot be
// written to keeps the others from nothing.
func (a *App) tellAdmins(ctx context.Context, key string, message func(lang string) blocks.Message) error {
	admins, err := a.admins(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, user := range admins {
		_, err := a.tell(ctx, user, post{key: key + "." + user, kind: "note", message: message(a.readerLang(ctx, user, ""))})
		var permanent permanentError
		if errors.As(err, &permanent) {
			a.log.Warn("an admin cannot be written to", "user", user, "cause", err)
			continue
		}
		failed = errors.Join(failed, err)
	}
	if len(admins) == 0 {
		a.log.Error("no admin is known to be told of the playbooks; name some in COACH_ADMINS")
	}
	return failed
}

// admins are the people named as admins; without any, the workspace's own among
// the members of the channels that the bot watches. The workspace is never listed.
func (a *App) admins(ctx context.Context) ([]string, error) {
	if len(a.o.Admins) > 0 {
		return a.o.Admins, nil
	}
	teams, err := a.teams(ctx)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, t := range teams {
		for _, channel := range t.Escalation {
			members, err := a.members(ctx, channel)
			if refusedWith(err, "channel_not_found", "not_in_channel", "is_archived", "missing_scope") {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("members of %s: %w", channel, err)
			}
			for user := range members {
				p, err := a.person(ctx, user)
				if err != nil {
					return nil, err
				}
				if p.admin && !p.bot && !p.guest && !slices.Contains(list, user) {
					list = append(list, user)
				}
			}
		}
	}
	slices.Sort(list)
	return list[:min(len(list), maxAdmins)], nil
}
