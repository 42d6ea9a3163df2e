package printer

import (
	"os"
	"testing"
)

// TestDropWhileClosing: a port that is given up may be closed by another in the
// same moment; nothing is done to whatever file has its number then.
func TestDropWhileClosing(t *testing.T) {
	for range 20 {
		file, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		line, closed := ttyLine{file}, make(chan error, 1)
		go func() { closed <- line.Close() }()
		line.drop()
		if err := <-closed; err != nil {
			t.Error(err)
		}
		line.drop()
	}
}
