package printer

import (
	"os"
	"regexp"
	"testing"
)

// TestEveryReasonHasWords: nobody at a desk reads a code.
func TestEveryReasonHasWords(t *testing.T) {
	source, err := os.ReadFile("printer.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`\tReason\w+\s+Reason = "([a-z-]+)"`).FindAllSubmatch(source, -1)
	if len(codes) < 20 {
		t.Fatalf("only %d reasons were found in the source", len(codes))
	}
	for _, code := range codes {
		if w := Reason(code[1]).Words(); w.ZH == string(code[1]) || w.ZH == "" || w.EN == "" {
			t.Errorf("reason %s has no words", code[1])
		}
	}
}

func TestWords(t *testing.T) {
	for want, got := range map[string]Words{
		"正常":               Status{OK, "", PaperEnough}.Words(),
		"纸快用完了，请备纸":        Status{OK, "", PaperNearEnd}.Words(),
		"没纸了，请换纸":          Status{PaperOut, ReasonPaperOut, PaperGone}.Words(),
		"小票还在出纸口":          Status{OK, ReasonSlipWaiting, PaperEnough}.Words(),
		"打印机没回应，请看电源和线":    Status{Silent, ReasonSilent, PaperUnknown}.Words(),
		"已打印，打印机确认过":       Outcome{State: Confirmed}.Words(),
		"已发送，打印机没有确认":      Outcome{Sent, ReasonUnconfirmed}.Words(),
		"不确定打出来没有：没纸了，请换纸": Outcome{Unknown, ReasonPaperOut}.Words(),
		"没打出来：盖子没盖好":       Outcome{Failed, ReasonCoverOpen}.Words(),
	} {
		if got.ZH != want {
			t.Errorf("%q, want %q", got.ZH, want)
		}
	}
}
