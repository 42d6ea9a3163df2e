package hall_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"petitionhall/hall"
)

// TestDocumentIsFresh: the document in the repository, from which the pages'
// client is generated, is the one that the hall serves. `make generate` renews it.
func TestDocumentIsFresh(t *testing.T) {
	kept, err := os.ReadFile("../frontend/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	made, err := json.Marshal(hall.Document(""))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(plain(t, kept), plain(t, made)) {
		t.Fatal("frontend/openapi.json is stale: run make generate")
	}
}

// plain drops what may differ: order, blanks and the program's version.
func plain(t *testing.T, document []byte) []byte {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal(document, &d); err != nil {
		t.Fatal(err)
	}
	d["info"].(map[string]any)["version"] = ""
	out, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
