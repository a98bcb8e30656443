package slacksim

import "maps"

func (w *Workspace) apiTest(r *request) (obj, *apiError) {
	if code := r.arg("error"); code != "" {
		return nil, &apiError{code, obj{"args": r.args}}
	}
	return obj{"args": maps.Clone(r.args)}, nil
}

func (w *Workspace) authTest(*request) (obj, *apiError) {
	return obj{
		"url": "https://" + w.opts.TeamDomain + ".slack.com/", "team": w.opts.TeamName, "user": w.opts.BotName,
		"team_id": w.opts.TeamID, "user_id": w.opts.BotUserID, "bot_id": w.opts.BotID, "is_enterprise_install": false,
	}, nil
}

func (w *Workspace) teamInfo(*request) (obj, *apiError) {
	return obj{"team": obj{
		"id": w.opts.TeamID, "name": w.opts.TeamName, "domain": w.opts.TeamDomain, "email_domain": "",
		"icon": obj{"image_default": true},
	}}, nil
}

func (w *Workspace) botsInfo(r *request) (obj, *apiError) {
	b := w.bots[r.arg("bot")]
	if b == nil {
		return nil, refuse("bot_not_found")
	}
	return obj{"bot": obj{"id": b.botID, "deleted": b.Deleted, "name": b.Name, "updated": 0, "app_id": b.appID, "user_id": b.ID, "icons": obj{}}}, nil
}

func (w *Workspace) usersInfo(r *request) (obj, *apiError) {
	u := w.users[r.arg("user")]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return obj{"user": w.wireUser(u, r.flag("include_locale"))}, nil
}
