package estimate_test

import (
	"fmt"
	"strings"
)

// kind is a kind of log on which the estimators are held against each other.
type kind struct {
	name  string
	hall  hall
	spoil func(i int, cells []string)
	typed float64 // minutes; 0: the log's own mean
	// steady logs have a right typed average: near the best is all that can be asked there.
	steady, mixed bool
}

func noEnds(_ int, cells []string) { cells[3] = "" }

func kinds() []kind {
	steady := hall{days: 1, hours: 250, services: []string{"a"}, rate: []float64{5.4}, windows: []int{1}, mean: 10, spread: 0.6}
	three := steady
	three.rate, three.windows = []float64{16}, []int{3}
	eight := steady
	eight.rate, eight.windows, eight.hours, eight.spread = []float64{46}, []int{8}, 60, 1
	jumping := hall{days: 10, hours: 9, services: []string{"a"}, rate: []float64{10, 22, 26, 14, 10, 20, 24, 12, 6}, windows: []int{2, 3, 6, 4, 1, 3, 5, 4, 2}, mean: 10, spread: 0.6, drift: 0.15}
	mixed := jumping
	mixed.services, mixed.burst, mixed.skip, mixed.order = []string{"a", "b", "c"}, 8, 0.05, "fifo"
	unseen := mixed
	unseen.order = "priority"
	bursts := hall{days: 15, hours: 8, services: []string{"a"}, rate: []float64{8}, windows: []int{2}, mean: 10, spread: 0.6, burst: 15}
	calls := hall{days: 4, hours: 16, services: []string{"PS", "NE", "IN"}, shared: true, rate: []float64{10, 28, 30, 27, 28, 24, 20, 12}, windows: []int{3, 6, 7, 6, 7, 5, 5, 3}, mean: 3.4, spread: 1, patience: 8, order: "priority", breath: 0.3}
	random := calls
	random.order, random.patience = "random", 30
	counters := hall{days: 10, hours: 8, services: []string{"a", "b", "c", "d"}, rate: []float64{4, 6, 5, 5.5, 3}, windows: []int{1}, mean: 9, spread: 0.7, breath: 0.7, noShow: 0.05, early: 30}
	shared := counters
	shared.shared, shared.windows = true, []int{3, 4, 4, 3}
	noon := hall{days: 12, hours: 9, services: []string{"a", "b"}, rate: []float64{14, 16, 14, 3, 8, 12, 14, 12, 6}, windows: []int{3, 3, 3, 0, 0, 3, 3, 3, 3}, mean: 10, spread: 0.6, breath: 0.5, noShow: 0.06, early: 40}
	twenty := counters
	twenty.days, twenty.rate, twenty.mean, twenty.services = 5, []float64{3, 4, 1, 4, 3}, 12, strings.Split("abcdefghijklmnopqrst", "")
	small := steady
	small.hours = 6
	few := steady
	few.hours = 40
	over := steady
	over.days, over.hours, over.rate = 8, 8, []float64{9}
	minute := three
	minute.grain = 60e9
	wrong := func(i int, cells []string) { cells[4] = fmt.Sprint([]int{0, 1, 2, 40, 6, 3, 9, 999999}[i/7%8]) }
	constant := func(_ int, cells []string) { cells[4] = "6" }
	empty := func(_ int, cells []string) { cells[4] = "" }
	some := func(i int, cells []string) {
		if i*7919%10 < 4 {
			cells[3] = ""
		}
	}
	both := func(i int, cells []string) { noEnds(i, cells); empty(i, cells) }
	return []kind{
		{name: "steady, 1 window", hall: steady, steady: true},
		{name: "steady, 3 windows", hall: three, steady: true},
		{name: "steady, 8 windows", hall: eight, steady: true},
		{name: "steady, whole minutes", hall: minute, steady: true},
		{name: "steady, no ends", hall: three, spoil: noEnds, typed: 10, steady: true},
		{name: "steady, 1 window, no ends", hall: steady, spoil: noEnds, typed: 10, steady: true},
		{name: "steady, some ends", hall: three, spoil: some, steady: true},
		{name: "steady, nothing but calls", hall: three, spoil: both, typed: 10},
		{name: "3 windows, typed x 3", hall: three, typed: 30, mixed: true},
		{name: "1 window, typed / 3", hall: steady, typed: 3.3, mixed: true},
		{name: "overload", hall: over},
		{name: "windows jump", hall: jumping, typed: 13.3, mixed: true},
		{name: "windows jump, column wrong", hall: jumping, spoil: wrong, typed: 6.7, mixed: true},
		{name: "windows jump, column constant", hall: jumping, spoil: constant, typed: 13.3, mixed: true},
		{name: "windows jump, column empty", hall: jumping, spoil: empty, typed: 6.7, mixed: true},
		{name: "windows jump, no ends", hall: jumping, spoil: noEnds, typed: 13.3, mixed: true},
		{name: "windows jump, some ends, empty", hall: jumping, spoil: func(i int, c []string) { some(i, c); empty(i, c) }, typed: 13.3, mixed: true},
		{name: "windows jump, nothing but calls", hall: jumping, spoil: both, typed: 13.3, mixed: true},
		{name: "mixed", hall: mixed, typed: 6.7, mixed: true},
		{name: "mixed, no ends", hall: mixed, spoil: noEnds, typed: 6.7, mixed: true},
		{name: "mixed, nothing but calls", hall: mixed, spoil: both, typed: 6.7, mixed: true},
		{name: "mixed, unseen priority", hall: unseen, typed: 6.7, mixed: true},
		{name: "bursts", hall: bursts, typed: 13.3, mixed: true},
		{name: "calls, abandonment", hall: calls, mixed: true},
		{name: "calls, no windows", hall: calls, spoil: empty, mixed: true},
		{name: "calls, random order", hall: random},
		{name: "counters of their own", hall: counters, mixed: true},
		{name: "counters shared", hall: shared, mixed: true},
		{name: "a break at noon", hall: noon, mixed: true},
		{name: "twenty services", hall: twenty, mixed: true},
		{name: "220 rows", hall: few},
		{name: "30 rows", hall: small},
	}
}
