// Package script is a server for tests that speaks OpenAI's protocol and answers
// as told: well, badly, slowly or not at all.
package script

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
)

// Question is what was asked of the server.
type Question struct {
	Task         string // name of the schema asked for; "" without one
	Model        string
	System, User string
	MaxTokens    int
	Texts        []string // of an embedding
	Key          string   // the bearer token
}

// Answer is what it answers. The zero value is an empty completion.
type Answer struct {
	Text       string          // the completion
	Status     int             // 0: 200
	RetryAfter string          // the header's value
	Raw        string          // the body as it is, instead of a completion
	Hold       <-chan struct{} // closed: go on; the asker may leave before
	NoUsage    bool            // tokens are not counted
}

// Server answers questions. It is safe for concurrent use.
type Server struct {
	http   *httptest.Server
	answer func(Question) Answer

	mu    sync.Mutex
	asked []Question
}

// New starts a server that answers with answer, which may be called from many goroutines.
func New(answer func(Question) Answer) *Server {
	s := &Server{answer: answer}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.complete)
	mux.HandleFunc("POST /v1/embeddings", s.embed)
	s.http = httptest.NewServer(mux)
	return s
}

// URL is the base address, as OPENAI_BASE_URL has it.
func (s *Server) URL() string { return s.http.URL + "/v1" }

// Close ends it.
func (s *Server) Close() { s.http.CloseClientConnections(); s.http.Close() }

// Asked are the questions so far.
func (s *Server) Asked() []Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Question(nil), s.asked...)
}

func (s *Server) take(r *http.Request, q Question) Answer {
	q.Key = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	return s.answer(q)
}

func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model    string
		Messages []struct{ Role, Content string }
		Max      int `json:"max_tokens"`
		MaxNew   int `json:"max_completion_tokens"`
		Format   struct {
			Schema struct{ Name string } `json:"json_schema"`
		} `json:"response_format"`
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil || len(req.Messages) != 2 {
		http.Error(w, "a system and a user message are needed", http.StatusBadRequest)
		return
	}
	q := Question{Task: req.Format.Schema.Name, Model: req.Model, System: req.Messages[0].Content, User: req.Messages[1].Content, MaxTokens: req.Max + req.MaxNew}
	a := s.take(r, q)
	body := map[string]any{"id": "c", "object": "chat.completion", "model": req.Model,
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]string{"role": "assistant", "content": a.Text}}}}
	if !a.NoUsage {
		in, out := len(q.System+q.User)/4, len(a.Text)/4
		body["usage"] = map[string]int{"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out}
	}
	write(w, r, a, body)
}

func (s *Server) embed(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model string
		Input []string
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, "a list of texts is needed", http.StatusBadRequest)
		return
	}
	a := s.take(r, Question{Task: "embed", Model: req.Model, Texts: req.Input})
	var data []any
	for i, text := range req.Input {
		data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": Vector(text)})
	}
	write(w, r, a, map[string]any{"object": "list", "data": data, "usage": map[string]int{"prompt_tokens": len(req.Input), "total_tokens": len(req.Input)}})
}

func write(w http.ResponseWriter, r *http.Request, a Answer, body any) {
	if a.Hold != nil {
		select {
		case <-a.Hold:
		case <-r.Context().Done():
			return
		}
	}
	if a.RetryAfter != "" {
		w.Header().Set("Retry-After", a.RetryAfter)
	}
	w.Header().Set("Content-Type", "application/json")
	if a.Status != 0 {
		w.WriteHeader(a.Status)
	}
	if a.Raw != "" || a.Status >= 400 {
		_, _ = w.Write([]byte(a.Raw))
		return
	}
	_ = json.NewEncoder(w).Encode(body)
}

// Vector is the embedding of a text: texts that share words lie near each other.
func Vector(text string) []float32 {
	v := make([]float32, 64)
	for _, word := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(strings.Trim(word, ".,!?'\"")))
		v[h.Sum32()%64]++
	}
	return v
}

// Phrases is a well-formed answer to a suggestion: steps and texts by turns.
func Phrases(stepsAndTexts ...string) string {
	var list []map[string]string
	for i := 0; i+1 < len(stepsAndTexts); i += 2 {
		list = append(list, map[string]string{"step": stepsAndTexts[i], "text": stepsAndTexts[i+1]})
	}
	data, _ := json.Marshal(map[string]any{"phrases": list})
	return string(data)
}

// Text is a well-formed answer of the tasks that want one text.
func Text(text string) string { return `{"text":` + strconv.Quote(text) + `}` }
