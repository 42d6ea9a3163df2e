package queue_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"petitionhall/queue"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestDrawing holds the drawing in docs against the machine. `make generate` writes it anew.
func TestDrawing(t *testing.T) {
	const file = "../docs/state-machine.md"
	want := drawing()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Fatalf("%s is stale (make generate): %v", file, err)
	}
}

func drawing() string {
	var b strings.Builder
	b.WriteString("<!-- Generated from queue/machine.go by `make generate`. -->\n# A ticket's life\n\n" +
		"Every arrow is one line of `queue.Machine`. Whatever has no arrow is refused; the table below says with which code.\n\n" +
		"```mermaid\nstateDiagram-v2\n")
	for _, s := range queue.TicketStates {
		if s.Terminal() {
			fmt.Fprintf(&b, "  %s --> [*]\n", s)
		}
	}
	type way struct{ from, to queue.TicketState }
	var ways []way
	labels := map[way][]string{}
	for _, a := range queue.Machine {
		w := way{a.From, a.To}
		if labels[w] == nil {
			ways = append(ways, w)
		}
		if !slices.Contains(labels[w], string(a.Move)) {
			labels[w] = append(labels[w], string(a.Move))
		}
	}
	for _, w := range ways {
		from := string(w.from)
		if w.from == queue.Absent {
			from = "[*]"
		}
		fmt.Fprintf(&b, "  %s --> %s: %s\n", from, w.to, strings.Join(labels[w], ", "))
	}
	b.WriteString("```\n\n## Every cell\n\nA move names its new state, or the code of its refusal. A ticket that is not at a window is refused\n" +
		"with `window.no-ticket` where the move is one of the window.\n\n| move |")
	for _, s := range queue.TicketStates {
		fmt.Fprintf(&b, " %s |", s)
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(queue.TicketStates)+1) + "\n")
	for _, m := range queue.Moves {
		if m == queue.MoveTake || m == queue.MoveRelease {
			continue
		}
		fmt.Fprintf(&b, "| %s |", m)
		for _, s := range queue.TicketStates {
			b.WriteString(" " + cell(s, m) + " |")
		}
		b.WriteByte('\n')
	}
	b.WriteString("\n## When\n\n| from | move | to | when |\n| --- | --- | --- | --- |\n")
	for _, a := range queue.Machine {
		if a.Note != "" {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", a.From, a.Move, a.To, a.Note)
		}
	}
	return b.String()
}

// cell says what a move does in a state.
func cell(s queue.TicketState, m queue.Move) string {
	var to []string
	for _, a := range queue.Machine {
		if a.From == s && a.Move == m && !slices.Contains(to, string(a.To)) {
			to = append(to, string(a.To))
		}
	}
	switch {
	case len(to) > 0:
		return strings.Join(to, ", ")
	case m == queue.MoveClose:
		return "stays"
	case s.Terminal():
		return "`" + string(queue.CodeTicketEnded) + "`"
	}
	return "`" + string(queue.Refusals[m]) + "`"
}
