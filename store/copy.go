package store

import (
	"context"
	"fmt"
)

// A copy is put in batches of at most so many records and about so many bytes of payload.
const (
	copyRecords = 256
	copyBytes   = 4 << 20
)

// Copy puts every record of one store into another, which must be empty
// (ErrNotEmpty), and makes sure that all have arrived (else ErrCorrupt). It
// returns what it copied. A copy that failed midway leaves the target with a
// part of the records: begin again with an empty one.
func Copy(ctx context.Context, from, to Maintenance) (Stats, error) {
	var copied Stats
	switch there, err := to.Stats(ctx); {
	case err != nil:
		return copied, fmt.Errorf("look at the target: %w", err)
	case there != Stats{}:
		return copied, fmt.Errorf("%w: %+v", ErrNotEmpty, there)
	}
	var batch []Record
	size := 0
	flush := func() error {
		if err := to.Put(ctx, batch...); err != nil {
			return fmt.Errorf("write to the target: %w", err)
		}
		batch, size = batch[:0], 0
		return nil
	}
	err := from.Walk(ctx, func(r Record) error {
		copied.add(r)
		batch = append(batch, r)
		if r.Job != nil {
			size += len(r.Job.Payload)
		}
		if len(batch) < copyRecords && size < copyBytes {
			return nil
		}
		return flush()
	})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	if err != nil {
		return copied, err
	}
	arrived, err := to.Stats(ctx)
	if err != nil {
		return copied, fmt.Errorf("count what arrived: %w", err)
	}
	if arrived != copied {
		return copied, fmt.Errorf("%w: of %+v there arrived %+v", ErrCorrupt, copied, arrived)
	}
	return copied, nil
}

// add counts a record.
func (s *Stats) add(r Record) {
	switch {
	case r.Job != nil && !r.Job.BuriedAt.IsZero():
		s.Buried++
	case r.Job != nil:
		s.Jobs++
	case r.Key != nil:
		s.Keys++
	case r.Case != nil:
		s.Cases++
	case r.Post != nil:
		s.Posts++
	case r.Channel != nil:
		s.Channels++
	case r.Decision != nil:
		s.Decisions++
	case r.Evidence != nil:
		s.Evidence++
	case r.Installation != nil:
		s.Installations++
	case r.Team != nil:
		s.Teams++
	case r.HelpRequest != nil:
		s.HelpRequests++
	case r.KnowledgeCard != nil:
		s.KnowledgeCards++
	case r.Promise != nil:
		s.Promises++
	case r.Spending != nil:
		s.Spendings++
	case r.Embedding != nil:
		s.Embeddings++
	case r.RolePlay != nil:
		s.RolePlays++
	case r.Digest != nil:
		s.Digests++
	case r.Slips != nil:
		s.Slips++
	case r.Person != nil:
		s.People++
	}
}
