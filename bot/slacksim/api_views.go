package slacksim

import "time"

// triggerLife is how long a trigger_id may be exchanged for a modal.
const triggerLife = 3 * time.Second

type trigger struct {
	user string
	at   time.Time
	used bool
}

// newTrigger makes the trigger_id of an interaction.
func (w *Workspace) newTrigger(user string) string {
	now := w.opts.Now()
	for id, t := range w.triggers {
		if now.Sub(t.at) > time.Hour {
			delete(w.triggers, id)
		}
	}
	id := w.id("8") + "." + w.id("9") + "." + w.id("")
	w.triggers[id] = &trigger{user: user, at: now}
	return id
}

// exchange spends a trigger and returns whose it is.
func (w *Workspace) exchange(r *request) (*Person, *apiError) {
	t := w.triggers[r.arg("trigger_id")]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case w.opts.Now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	return w.person(t.user), nil
}

func (w *Workspace) spend(r *request) { w.triggers[r.arg("trigger_id")].used = true }

func (w *Workspace) viewsOpen(r *request) (obj, *apiError) {
	p, err := w.exchange(r)
	if err != nil {
		return nil, err
	}
	spec, err := w.parseView(r.arg("view"), inModal)
	if err != nil {
		return nil, err
	}
	v, err := w.newView(p.id, spec)
	if err != nil {
		return nil, err
	}
	w.spend(r)
	w.drop(p.stack...)
	p.stack = []*view{v}
	w.changed(Change{Kind: ChangeView, User: p.id})
	return obj{"view": w.wireView(v)}, nil
}

func (w *Workspace) viewsPush(r *request) (obj, *apiError) {
	p, err := w.exchange(r)
	if err != nil {
		return nil, err
	}
	spec, err := w.parseView(r.arg("view"), inModal)
	if err != nil {
		return nil, err
	}
	v, err := w.push(p, spec)
	if err != nil {
		return nil, err
	}
	w.spend(r)
	return obj{"view": w.wireView(v)}, nil
}

// push lays a view on a person's stack.
func (w *Workspace) push(p *Person, spec obj) (*view, *apiError) {
	switch {
	case len(p.stack) == 0:
		return nil, refuse("not_found") // nothing to push onto
	case len(p.stack) >= viewStack:
		return nil, refuse("push_limit_reached")
	}
	v, err := w.newView(p.id, spec)
	if err != nil {
		return nil, err
	}
	v.root, v.previous = p.stack[0].id, p.top().id
	p.stack = append(p.stack, v)
	w.changed(Change{Kind: ChangeView, User: p.id})
	return v, nil
}

func (w *Workspace) viewsUpdate(r *request) (obj, *apiError) {
	v := w.views[r.arg("view_id")]
	if id := r.arg("external_id"); v == nil && id != "" {
		for _, x := range w.views {
			if str(x.spec["external_id"]) == id {
				v = x
			}
		}
	}
	if v == nil {
		return nil, refuse("not_found")
	}
	if h := r.arg("hash"); h != "" && h != v.hash {
		return nil, refuse("hash_conflict")
	}
	where := inModal
	if v.spec["type"] == "home" {
		where = inHome
	}
	spec, err := w.parseView(r.arg("view"), where)
	if err != nil {
		return nil, err
	}
	if err := w.freeExternalID(str(spec["external_id"]), v); err != nil {
		return nil, err
	}
	w.fill(v, spec)
	w.changed(Change{Kind: viewChange(v), User: v.user})
	return obj{"view": w.wireView(v)}, nil
}

func viewChange(v *view) ChangeKind {
	if v.spec["type"] == "home" {
		return ChangeHome
	}
	return ChangeView
}

func (w *Workspace) viewsPublish(r *request) (obj, *apiError) {
	p := w.person(r.arg("user_id"))
	if p == nil {
		return nil, refuse("user_not_found")
	}
	if h := r.arg("hash"); h != "" && (p.home == nil || h != p.home.hash) {
		return nil, refuse("hash_conflict")
	}
	spec, err := w.parseView(r.arg("view"), inHome)
	if err != nil {
		return nil, err
	}
	if err := w.freeExternalID(str(spec["external_id"]), p.home); err != nil {
		return nil, err
	}
	if p.home == nil {
		if p.home, err = w.newView(p.id, spec); err != nil {
			return nil, err
		}
	} else {
		w.fill(p.home, spec)
	}
	w.changed(Change{Kind: ChangeHome, User: p.id})
	return obj{"view": w.wireView(p.home)}, nil
}
