package office_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"petitionhall/hall/office"
)

func TestCells(t *testing.T) {
	for _, c := range []struct {
		counts [][]int
		want   string
	}{
		{[][]int{{12, 7, 0}}, "[[12 7 0 19] [12 7 0 19]]"},
		{[][]int{{3}}, "[[<5 <5] [<5 <5]]"},
		// The total would give the single small one away: the next smallest is withheld, everywhere it could be told from.
		{[][]int{{12, 3, 7}, {10, 10, 10}}, "[[12 <5 … 22] [10 … … 30] [22 13 17 52]]"},
		{[][]int{}, "[[0]]"},
	} {
		if got := fmt.Sprint(office.Cells(c.counts)); got != c.want {
			t.Errorf("%v: got %s, want %s", c.counts, got, c.want)
		}
	}
}

// TestNoSmallCellCanBeTold: whoever reads the table, and tries every count that
// could stand behind what is hidden, finds at least two for each small cell.
func TestNoSmallCellCanBeTold(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rows, columns := rapid.IntRange(1, 2).Draw(r, "rows"), rapid.IntRange(1, 3).Draw(r, "columns")
		counts := make([][]int, rows)
		for i := range counts {
			counts[i] = rapid.SliceOfN(rapid.SampledFrom([]int{0, 0, 1, 1, 2, 3, 4, 5, 6, 7}), columns, columns).Draw(r, "row")
		}
		table := office.Cells(counts)
		possible := map[[2]int]map[int]bool{}
		guess := make([][]int, rows)
		for i := range guess {
			guess[i] = make([]int, columns)
		}
		try(table, guess, 0, possible)
		for i := range rows {
			for j := range columns {
				n := counts[i][j]
				if _, shown := table[i][j].Count(); shown && n >= 1 && n <= 4 {
					r.Fatalf("%v: %d is shown in %v", counts, n, table)
				}
				if n >= 1 && n <= 4 && len(possible[[2]int{i, j}]) < 2 {
					r.Fatalf("%v: behind %v only %v can stand at %d, %d", counts, table, possible[[2]int{i, j}], i, j)
				}
			}
		}
	})
}

// most is the largest count that the reader tries; the tables hold none above 7.
const most = 8

// try fills the table from a place on with every count that what is shown allows.
func try(table [][]office.Cell, guess [][]int, place int, possible map[[2]int]map[int]bool) {
	rows, columns := len(guess), len(guess[0])
	if place == rows*columns {
		if agrees(table, guess) {
			for i := range guess {
				for j, n := range guess[i] {
					at := [2]int{i, j}
					if possible[at] == nil {
						possible[at] = map[int]bool{}
					}
					possible[at][n] = true
				}
			}
		}
		return
	}
	i, j := place/columns, place%columns
	low, high := 0, most
	switch n, shown := table[i][j].Count(); {
	case shown:
		low, high = n, n
	case table[i][j].String() == "<5":
		low, high = 1, 4
	}
	for n := low; n <= high; n++ {
		guess[i][j] = n
		if j < columns-1 || fits(table[i][columns], total(guess[i])) {
			try(table, guess, place+1, possible)
		}
	}
	guess[i][j] = 0
}

func agrees(table [][]office.Cell, guess [][]int) bool {
	rows, columns, all := len(guess), len(guess[0]), 0
	for j := range columns {
		column := 0
		for i := range rows {
			column += guess[i][j]
		}
		if !fits(table[rows][j], column) {
			return false
		}
		all += column
	}
	return fits(table[rows][columns], all)
}

func fits(shown office.Cell, n int) bool {
	known, plain := shown.Count()
	switch {
	case plain:
		return n == known
	case shown.String() == "<5":
		return n >= 1 && n <= 4
	}
	return true
}

func total(row []int) (all int) {
	for _, n := range row {
		all += n
	}
	return all
}
