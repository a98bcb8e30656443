// Package openai asks any server that speaks OpenAI's protocol. It knows no
// limits and no checks: package llm has both.
package openai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	api "github.com/sashabaranov/go-openai"

	"coachbot/bot/llm"
)

// Options say which server and models to ask.
type Options struct {
	Key            string // may be empty: servers of one's own often need none
	BaseURL        string // "": OpenAI's
	Model          string
	EmbeddingModel string       // "": no embeddings
	HTTPClient     *http.Client // nil: http.DefaultClient
	Now            func() time.Time
}

// Client is the adapter.
type Client struct {
	o   Options
	api *api.Client
	// plain remembers that the server refuses a schema for its answers; prompts
	// hold the schema too.
	plain atomic.Bool
}

// New makes a client. Nothing is asked yet.
func New(o Options) *Client {
	if o.HTTPClient == nil {
		o.HTTPClient = http.DefaultClient
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	cfg := api.DefaultConfig(o.Key)
	if o.BaseURL != "" {
		cfg.BaseURL = strings.TrimRight(o.BaseURL, "/")
	}
	// A redirect would take the customer's words to a place that nobody configured.
	direct := *o.HTTPClient
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	cfg.HTTPClient = door{&direct, o.Now}
	return &Client{o: o, api: api.NewClientWithConfig(cfg)}
}

// temperature keeps answers near the playbook.
const temperature = 0.3

// Complete asks for one answer.
func (c *Client) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	plain := c.plain.Load()
	out, err := c.complete(ctx, r, plain)
	var status *llm.StatusError
	if !plain && errors.As(err, &status) && (status.Code == http.StatusBadRequest || status.Code == http.StatusUnprocessableEntity) {
		if out, err = c.complete(ctx, r, true); err == nil {
			c.plain.Store(true)
		}
	}
	return out, err
}

func (c *Client) complete(ctx context.Context, r llm.Request, plain bool) (llm.Response, error) {
	req := api.ChatCompletionRequest{Model: c.o.Model, Messages: []api.ChatCompletionMessage{
		{Role: api.ChatMessageRoleSystem, Content: r.System}, {Role: api.ChatMessageRoleUser, Content: r.User}}}
	if reasons(c.o.Model) { // these take neither a temperature nor max_tokens
		req.MaxCompletionTokens = r.MaxTokens
		req.ReasoningEffort = "low"
	} else {
		//lint:ignore SA1019 compatible servers that run models of their own know max_tokens alone
		req.MaxTokens = r.MaxTokens
		req.Temperature = temperature
	}
	if !plain && r.Schema != "" {
		req.ResponseFormat = &api.ChatCompletionResponseFormat{Type: api.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &api.ChatCompletionResponseFormatJSONSchema{Name: r.Task, Schema: json.RawMessage(r.Schema), Strict: true}}
	}
	resp, err := c.api.CreateChatCompletion(ctx, req)
	if err != nil {
		return llm.Response{}, ended(ctx, err)
	}
	out := llm.Response{Tokens: resp.Usage.TotalTokens}
	if len(resp.Choices) > 0 {
		out.Text = resp.Choices[0].Message.Content
	}
	return out, nil
}

// Embed makes a vector of each text.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, int, error) {
	resp, err := c.api.CreateEmbeddings(ctx, api.EmbeddingRequestStrings{Input: texts, Model: api.EmbeddingModel(c.o.EmbeddingModel)})
	if err != nil {
		return nil, 0, ended(ctx, err)
	}
	vectors := make([][]float32, len(texts))
	for _, d := range resp.Data {
		if d.Index >= 0 && d.Index < len(vectors) {
			vectors[d.Index] = d.Embedding
		}
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return nil, resp.Usage.TotalTokens, errors.New("the AI service left vectors out")
		}
	}
	return vectors, resp.Usage.TotalTokens, nil
}

// reasons tells the models that think before they answer by their names.
func reasons(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// ended puts the end of ctx before whatever the library made of it.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var status *llm.StatusError
	if errors.As(err, &status) {
		return status
	}
	return err
}

// What is read of one answer: the words of a completion, a batch of large vectors.
const (
	maxAnswer  = 1 << 20
	maxVectors = 32 << 20
)

// door turns refusals into errors that keep Retry-After, which the library loses.
type door struct {
	http *http.Client
	now  func() time.Time
}

func (d door) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.http.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 300 {
		most := int64(maxAnswer)
		if strings.HasSuffix(req.URL.Path, "/embeddings") {
			most = maxVectors
		}
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, most), resp.Body}
		return resp, nil
	}
	resp.Body.Close()
	return nil, &llm.StatusError{Code: resp.StatusCode, RetryAfter: d.after(resp.Header)}
}

// after reads how long to wait: seconds, or a date.
func (d door) after(h http.Header) time.Duration {
	if ms, err := strconv.Atoi(h.Get("Retry-After-Ms")); err == nil && ms > 0 {
		return time.Duration(ms) * time.Millisecond
	}
	text := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(text, 64); err == nil && s > 0 {
		return time.Duration(min(s, 3600) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(d.now()), 0), time.Hour)
	}
	return 0
}
