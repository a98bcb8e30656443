package bolt

import (
	"context"
	"errors"

	"coachbot/store"
)

// ClaimPost stores p if its key is new.
func (s *Store) ClaimPost(ctx context.Context, p store.Post) (now store.Post, fresh bool, err error) {
	p = p.Clean()
	if err := p.Validate(); err != nil {
		return store.Post{}, false, err
	}
	err = s.update(ctx, func(b *batch) error {
		stands, err := postTable.get(b.tx, []byte(p.Key))
		if err == nil {
			now, fresh = *stands, false
			return nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		now, fresh = p, true
		return postTable.put(b, &p)
	})
	if err != nil {
		return store.Post{}, false, err
	}
	return now, fresh, nil
}

// UpdatePost applies fn to the post and stores it.
func (s *Store) UpdatePost(ctx context.Context, key string, fn func(*store.Post) error) (store.Post, error) {
	return revise(ctx, s, postTable, []byte(store.Text(key)), nil, fn)
}

// Post returns the post with that key.
func (s *Store) Post(ctx context.Context, key string) (store.Post, error) {
	return find(ctx, s, postTable, []byte(store.Text(key)))
}

// PostAt returns the post that is that message of Slack.
func (s *Store) PostAt(ctx context.Context, workspace, channel, ts string) (store.Post, error) {
	return last(ctx, s, postTable, "posts_by_ts", joinText(workspace, channel, ts))
}
