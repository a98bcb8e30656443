// Package store holds the nouns that outlive a message and the contract by
// which they are kept: jobs of the queue, cases, posts, channels, decisions,
// evidence, teams, help requests, knowledge cards, promises, what an AI service cost and made, role plays,
// digests, slips and people. It knows no database; backends live in folders of their own and must pass the suite in storetest.
//
// What every backend promises: times are UTC cut to microseconds, text is valid
// UTF-8 without NUL (Text makes it so, in what is looked up too), an empty list
// comes back as none, keys are at most MaxKey bytes and sort bytewise, and what
// is returned is a copy that the caller may change. A method that returns nil
// has made its change durable: it survives kill -9 and loss of power. Every
// method is safe for concurrent use, returns ctx.Err() when the context ends
// first (a change may then have been made or not) and ErrClosed after Close.
// Functions handed to Update methods must not call the store and do no I/O;
// those handed to methods that call them with one record after the other
// (CasesOpened, EvidenceBetween and their like, not Walk) may call it.
package store

import (
	"context"
	"errors"
	"io"
	"time"
)

// Errors that backends return, wrapped with what they know.
var (
	ErrNotFound = errors.New("not found")                            // no record under that key
	ErrLocked   = errors.New("the store is open in another process") // Bolt: one process at a time
	ErrForeign  = errors.New("not a coachbot store")                 // another program's file, or no store at all
	ErrNewer    = errors.New("written by a newer coachbot")          // schema version above ours
	ErrCorrupt  = errors.New("the store is damaged")                 // found while reading or checking
	ErrInvalid  = errors.New("the record is not valid")              // refused before anything was written
	ErrClosed   = errors.New("the store is closed")                  // used after Close
	ErrNotEmpty = errors.New("the target store is not empty")        // copy into a store that holds records
	ErrNoRoom   = errors.New("the store cannot be written")          // disk full or read-only
)

// Store is everything a backend keeps, by role. Code asks for the role it needs.
type Store interface {
	Queue
	Cases
	Posts
	Channels
	Decisions
	EvidenceLog
	Installations
	Teams
	HelpRequests
	KnowledgeCards
	Promises
	Spendings
	Embeddings
	RolePlays
	Digests
	SlipLog
	People
	Maintenance

	// Close waits for writes under way and releases the store. A second call returns nil.
	Close() error
}

// Maintenance is what an operator does to a store.
type Maintenance interface {
	// Backup writes a copy of the store, consistent at one moment, to w while
	// others read and write. What it writes opens as a store.
	Backup(ctx context.Context, w io.Writer) (int64, error)

	// Check reads everything and returns a line for each fault; none when the store is sound.
	Check(ctx context.Context) (faults []string, err error)

	// Walk calls fn with every record, as they stood at one moment and in a fixed
	// order: jobs in the order in which they were enqueued. A job's Attempt is the
	// number of attempts that may have had effects. fn must not call the store.
	Walk(ctx context.Context, fn func(Record) error) error

	// Put writes records as Walk gave them, all or none, replacing those of the
	// same key. It is how one store is copied to another and is not used by the
	// running bot.
	Put(ctx context.Context, records ...Record) error

	// Delete removes the records of the same keys as those given, all or none; a
	// case goes with its evidence. Missing ones are no error. Jobs and their keys
	// are the queue's: one among them is ErrInvalid.
	Delete(ctx context.Context, records ...Record) error

	// Purge removes at most max records older than the given moments, oldest of
	// each kind first, and returns how many it removed; fewer than max means that
	// it is done. Jobs that still wait and their keys are never purged.
	Purge(ctx context.Context, before PurgeBefore, max int) (int, error)

	// Stats counts the records of each kind without reading them all.
	Stats(ctx context.Context) (Stats, error)
}

// PurgeBefore says what is old. A zero time keeps that kind for ever.
type PurgeBefore struct {
	Keys    time.Time // deduplication keys (by the time of enqueueing) and buried jobs (by BuriedAt)
	Records time.Time // cases and help requests (by OpenedAt), posts (by ClaimedAt), decisions, evidence (by At), knowledge cards (by UpdatedAt), promises (by DueAt), spendings and embeddings (by At), role plays (by StartedAt), digests (by To), slips (by At)
}

// Stats are counts of records by kind. Jobs are those neither finished nor buried.
type Stats struct {
	Jobs, Buried, Keys, Cases, Posts, Channels, Decisions, Evidence, Installations int
	Teams, HelpRequests, KnowledgeCards, Promises                                  int
	Spendings, Embeddings, RolePlays                                               int
	Digests, Slips, People                                                         int
}

// Record is one stored record of any kind; exactly one field is set.
type Record struct {
	Job           *Job           `json:"job,omitempty"`
	Key           *Key           `json:"key,omitempty"`
	Case          *Case          `json:"case,omitempty"`
	Post          *Post          `json:"post,omitempty"`
	Channel       *Channel       `json:"channel,omitempty"`
	Decision      *Decision      `json:"decision,omitempty"`
	Evidence      *Evidence      `json:"evidence,omitempty"`
	Installation  *Installation  `json:"installation,omitempty"`
	Team          *Team          `json:"team,omitempty"`
	HelpRequest   *HelpRequest   `json:"help_request,omitempty"`
	KnowledgeCard *KnowledgeCard `json:"knowledge_card,omitempty"`
	Promise       *Promise       `json:"promise,omitempty"`
	Spending      *Spending      `json:"spending,omitempty"`
	Embedding     *Embedding     `json:"embedding,omitempty"`
	RolePlay      *RolePlay      `json:"role_play,omitempty"`
	Digest        *DigestRecord  `json:"digest,omitempty"`
	Slips         *Slips         `json:"slips,omitempty"`
	Person        *Person        `json:"person,omitempty"`
}
