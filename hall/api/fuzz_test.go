package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzRequests: whatever comes as path, key and body, the answer is a success, a
// problem of the asker's, or nothing to do; never a fault of the hall.
func FuzzRequests(f *testing.F) {
	f.Add("tickets", "a-key-of-the-test", visitor)
	f.Add("tickets", "a-key-of-the-test", `{"service":"housing","persons":1e309,"priority":null}`)
	f.Add("windows/2/finish", "a-key-of-the-test", `{"outcome":"resolved","persons":-1}`)
	f.Add("windows/2/pause", "", `{"reason":"meal","until":"9999-12-31T23:59:59+23:59"}`)
	f.Add("windows/2/transfer", "a-key-of-the-test", `{"window":"2","service":""}`)
	f.Add("windows/%2e%2e/open", "", "")
	f.Add("tickets/20261123-99999999999999999999/print", "", `{"printer":"hub"}`)
	f.Add("tickets/AAAA/cancel", "", "\x00")
	f.Add("print-jobs/1-1-1/outcome", "", `{"state":"sent","reason":"x"}`)
	f.Add("day/close", "", `{"deferred":["20261123-1","20261123-1"]}`)
	f.Fuzz(func(t *testing.T, path, key, body string) {
		h := newHall(t)
		h.post(t.Context(), "/windows/2/open", "a-key-to-open", "")
		h.post(t.Context(), "/tickets", "a-key-to-take", visitor)
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		request.URL.Path = "/api/v1/" + path
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
		recorder := httptest.NewRecorder()
		h.mux.ServeHTTP(recorder, request)
		if recorder.Code >= http.StatusInternalServerError {
			t.Errorf("%d %s", recorder.Code, recorder.Body)
		}
	})
}
