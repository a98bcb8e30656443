package bolt

import (
	"slices"
	"time"

	"coachbot/store"
)

const (
	bucketMeta     = "meta"
	bucketCounts   = "counts"
	bucketPayloads = "payloads"
	bucketBuried   = "jobs_buried"
)

// jobRecord is a job as stored, without its payload.
type jobRecord struct {
	Seq      uint64    `json:"seq"`
	ID       string    `json:"id"`
	Keys     []string  `json:"keys"`
	Lane     string    `json:"lane"`
	Kind     string    `json:"kind"`
	RunAt    time.Time `json:"run_at"`
	At       time.Time `json:"at"`
	Place    time.Time `json:"place"`           // in the line of its lane
	Timed    bool      `json:"timed,omitempty"` // was enqueued to run later
	Tries    int       `json:"tries"`           // attempts that may have had effects
	Cause    string    `json:"cause,omitempty"`
	BuriedAt time.Time `json:"buried_at"`
}

// keyRecord is a deduplication key as stored; Seq is 0 when no job was known.
type keyRecord struct {
	Key string    `json:"key"`
	At  time.Time `json:"at"`
	Seq uint64    `json:"seq"`
}

// The tables; they are never changed.
var (
	jobTable = &table[jobRecord]{
		bucket: "jobs",
		key:    func(j *jobRecord) []byte { return seqKey(j.Seq) },
		indexes: []index[jobRecord]{{bucketBuried, func(j *jobRecord) []byte {
			if j.BuriedAt.IsZero() {
				return nil
			}
			return timeKey(j.BuriedAt, string(seqKey(j.Seq)))
		}}},
	}
	keyTable = &table[keyRecord]{
		bucket:  "keys",
		key:     func(k *keyRecord) []byte { return []byte(k.Key) },
		indexes: []index[keyRecord]{{"keys_by_time", func(k *keyRecord) []byte { return timeKey(k.At, k.Key) }}},
	}
	caseTable = &table[store.Case]{
		bucket: "cases",
		key:    func(c *store.Case) []byte { return []byte(c.ID) },
		indexes: []index[store.Case]{
			{"cases_opened", func(c *store.Case) []byte { return timeKey(c.OpenedAt, c.ID) }},
			{"cases_by_channel", func(c *store.Case) []byte {
				return append(appendTime(join(c.Channel), c.OpenedAt), c.ID...)
			}},
			{"cases_by_thread", func(c *store.Case) []byte {
				if c.Thread == "" {
					return nil
				}
				return append(appendTime(join(c.Workspace, c.Channel, c.Thread), c.OpenedAt), c.ID...)
			}},
		},
	}
	postTable = &table[store.Post]{
		bucket: "posts",
		key:    func(p *store.Post) []byte { return []byte(p.Key) },
		indexes: []index[store.Post]{
			{"posts_by_ts", func(p *store.Post) []byte {
				if p.TS == "" {
					return nil
				}
				return append(join(p.Workspace, p.Channel, p.TS), p.Key...)
			}},
			{"posts_by_time", func(p *store.Post) []byte { return timeKey(p.ClaimedAt, p.Key) }},
		},
	}
	channelTable = &table[store.Channel]{
		bucket: "channels",
		key:    func(c *store.Channel) []byte { return join(c.Workspace, c.ID) },
	}
	decisionTable = &table[store.Decision]{
		bucket: "decisions",
		key:    decisionKey,
		indexes: []index[store.Decision]{{"decisions_by_time", func(d *store.Decision) []byte {
			return timeKey(d.At, string(decisionKey(d)))
		}}},
	}
	evidenceTable = &table[store.Evidence]{
		bucket: "evidence",
		key:    func(e *store.Evidence) []byte { return []byte(e.ID) },
		indexes: []index[store.Evidence]{
			{"evidence_by_case", func(e *store.Evidence) []byte { return append(appendTime(join(e.Case), e.At), e.ID...) }},
			{"evidence_by_time", func(e *store.Evidence) []byte { return timeKey(e.At, e.ID) }},
		},
	}
	installationTable = &table[store.Installation]{
		bucket: "installations",
		key:    func(i *store.Installation) []byte { return []byte(i.Workspace) },
	}
)

func decisionKey(d *store.Decision) []byte { return join(d.Workspace, d.Channel, d.TS) }

// buckets names every bucket of a store.
func buckets() []string {
	return slices.Concat(firstBuckets(), teamTable.names(), helpTable.names(), knowledgeTable.names(), promiseTable.names(),
		spendingTable.names(), embeddingTable.names(), rolePlayTable.names(), digestTable.names(), slipsTable.names(), personTable.names())
}

// firstBuckets are those of the first layout.
func firstBuckets() []string {
	names := []string{bucketMeta, bucketCounts, bucketPayloads}
	for _, more := range [][]string{
		jobTable.names(), keyTable.names(), caseTable.names(), postTable.names(), channelTable.names(),
		decisionTable.names(), evidenceTable.names(), installationTable.names(),
	} {
		names = append(names, more...)
	}
	return names
}

func (t *table[T]) names() []string {
	names := []string{t.bucket}
	for _, ix := range t.indexes {
		names = append(names, ix.bucket)
	}
	return names
}
