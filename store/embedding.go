package store

import (
	"context"
	"fmt"
	"time"
)

// MaxVector is the size of an embedding's vector in bytes.
const MaxVector = 64 << 10

// Embedding is what an AI service made of one text of a playbook, kept so that it is
// asked once. Of what customers wrote none is kept.
type Embedding struct {
	Key    string    `json:"key"` // digest of model and text: the text itself is not kept
	Model  string    `json:"model"`
	Vector []byte    `json:"vector"` // float32, little-endian
	At     time.Time `json:"at"`
}

// Validate says what is wrong with an embedding before it is written.
func (e Embedding) Validate() error {
	if e.Key == "" || e.At.IsZero() || len(e.Vector) == 0 || len(e.Vector)%4 != 0 || len(e.Vector) > MaxVector {
		return fmt.Errorf("%w: embedding %q lacks key or time, or has a vector of %d bytes", ErrInvalid, e.Key, len(e.Vector))
	}
	if err := validKeys("embedding", e.Key, e.Key); err != nil {
		return err
	}
	return validTimes("embedding", e.Key, e.At)
}

// Embeddings keeps them by key.
type Embeddings interface {
	// EmbeddingsOf returns those that are kept under the keys, by key; none is missed.
	EmbeddingsOf(ctx context.Context, keys []string) (map[string]Embedding, error)

	// PutEmbeddings keeps them, all or none, in place of those of the same key.
	PutEmbeddings(ctx context.Context, list ...Embedding) error
}
