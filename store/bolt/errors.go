package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"coachbot/store"
)

// translate puts the errors of bbolt and the system into the store's words.
// Others pass unchanged.
func (s *Store) translate(err error) error { return translate(s.path, err) }

func translate(path string, err error) error {
	if _, own := errors.AsType[*callerError](err); own {
		return err
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return store.ErrClosed
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w: %s; stop that process or give this one another path", store.ErrLocked, path)
	case errors.Is(err, berrors.ErrDatabaseReadOnly):
		return fmt.Errorf("%w: %s was opened to be read only", store.ErrNoRoom, path)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, berrors.ErrMaxSizeReached):
		return fmt.Errorf("%w: no room left for %s: %w", store.ErrNoRoom, path, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: check the permissions of %s and its folder: %w", store.ErrNoRoom, path, err)
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.EFBIG):
		return fmt.Errorf("%w: %s: %w", store.ErrNoRoom, path, err)
	}
	return err
}

// damaged is the error for a panic of bbolt or a fault while reading its
// memory-mapped file: both mean that a page does not hold what it should.
func (s *Store) damaged(p any) error {
	s.log.Error("the store is damaged", "path", s.path, "fault", fmt.Sprint(p), "stack", string(debug.Stack()))
	return fmt.Errorf("%w: %s: %v", store.ErrCorrupt, s.path, p)
}

// callerError carries what a caller's function came to back to the caller: an
// error as it is, and a panic that is neither taken for damage nor ends the writer.
type callerError struct {
	err      error
	panicked any
}

func (e *callerError) Error() string { return fmt.Sprintf("%v %v", e.err, e.panicked) }

// protect calls a caller's function; what it returns is for release.
func protect(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &callerError{panicked: p}
		}
	}()
	if err := fn(); err != nil {
		return &callerError{err: err}
	}
	return nil
}

// release lets the caller have its own error or panic; others pass unchanged.
func release(err error) error {
	own, ok := errors.AsType[*callerError](err)
	if !ok {
		return err
	}
	if own.panicked != nil {
		panic(own.panicked)
	}
	return own.err
}

// usable says why a call cannot even begin.
func (s *Store) usable(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.closed.Load() {
		return store.ErrClosed
	}
	return nil
}

// view runs fn in a read transaction: the store as it stood at one moment.
func (s *Store) view(ctx context.Context, fn func(tx *bbolt.Tx) error) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	return release(s.read(fn))
}

// read is view without a context, and works before the store is handed out.
func (s *Store) read(fn func(tx *bbolt.Tx) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = s.damaged(p)
		}
	}()
	return s.translate(s.db.View(fn))
}
