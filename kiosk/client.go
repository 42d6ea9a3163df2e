package kiosk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// answerTimeout is how long a call may take. The screen says after 3 s that
	// it still waits and after 15 s that the number is not confirmed.
	answerTimeout = 20 * time.Second
	// answerLimit bounds an answer, in bytes; a whole hall is some 20 KB.
	answerLimit = 4 << 20
)

// client speaks the hall's HTTP API, version 1. It may be used by several
// goroutines at once.
type client struct {
	base *url.URL
	http *http.Client
	// before, if there is one, waits for what the hall must know ahead of any
	// command.
	before func(context.Context) error
}

// newClient returns a client of the hall at base. Transport nil is the network.
func newClient(base string, transport http.RoundTripper) (*client, error) {
	address, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("kiosk: address of the hall: %w", err)
	}
	return &client{base: address, http: &http.Client{Transport: transport}}, nil
}

// get asks for a resource. The path elements are escaped here.
func (c *client) get(ctx context.Context, path ...string) (json.RawMessage, error) {
	return c.call(ctx, http.MethodGet, path, "", nil)
}

// post sends a command. An empty key sends no Idempotency-Key.
func (c *client) post(ctx context.Context, key string, body []byte, path ...string) (json.RawMessage, error) {
	return c.call(ctx, http.MethodPost, path, key, body)
}

// call returns the body of a successful answer; every error is a *Problem.
func (c *client) call(ctx context.Context, method string, path []string, key string, body []byte) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if c.before != nil && method == http.MethodPost {
		if err := c.before(ctx); err != nil {
			return nil, ownProblem(codeUnreachable, err)
		}
	}
	request, err := c.request(ctx, method, path, body)
	if err != nil {
		return nil, ownProblem(codeFailed, err)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, ownProblem(codeUnreachable, err)
	}
	defer func() { _ = response.Body.Close() }() // whatever it says, the body was read or is given up
	answer, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	if err != nil {
		return nil, ownProblem(codeUnreachable, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return nil, hallProblem(response.StatusCode, answer)
	}
	if !json.Valid(answer) {
		return nil, ownProblem(codeUnreachable, fmt.Errorf("status %d without JSON", response.StatusCode))
	}
	return answer, nil
}

// request makes a request below /api/v1.
func (c *client) request(ctx context.Context, method string, path []string, body []byte) (*http.Request, error) {
	for i, element := range path {
		if element == "" || element == "." || element == ".." {
			return nil, fmt.Errorf("kiosk: %q cannot stand in a path", element)
		}
		path[i] = url.PathEscape(element)
	}
	address := c.base.JoinPath("api", "v1")
	address = address.JoinPath(strings.Join(path, "/"))
	request, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}
