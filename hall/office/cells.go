package office

import (
	"math"
	"slices"
	"strconv"
)

// The small-cell rule, in the one place where it stands: in whatever leaves the
// hall, a count of 1 to 4 is shown as "<5", for a village may know who the one
// visitor was. Where totals beside it would still give it away, a second cell is
// withheld.

// smallCell is the largest count that is not shown.
const smallCell = 4

// Cell is a count as it may leave the hall.
type Cell struct {
	n     int
	shown cellState
}

type cellState int

const (
	plain    cellState = iota
	small              // 1 to 4, shown as "<5"
	withheld           // not shown, so that a small one cannot be told from what stands around it
)

// Count is the count; false when it must not be shown.
func (c Cell) Count() (int, bool) { return c.n, c.shown == plain }

// String is what stands in the table: the count, "<5", or "…" for what is withheld.
func (c Cell) String() string {
	switch c.shown {
	case small:
		return "<5"
	case withheld:
		return "…"
	case plain:
	}
	return strconv.Itoa(c.n)
}

// Cells makes a table of counts fit to leave the hall. The rows are of equal
// length and without their totals; the result has one row and one column more,
// which are the totals.
func Cells(counts [][]int) [][]Cell {
	t := withTotals(counts)
	for t.disclosed() {
		if !t.withhold() && !t.blur() {
			break // nothing is left to hide
		}
	}
	return t.cells
}

// cellTable is a table whose last row and column are the totals of the others,
// with what a reader could conclude of each cell.
type cellTable struct {
	cells     [][]Cell
	low, high [][]int
	// row and column are of a small cell of which a reader would know the count.
	row, column int
}

func withTotals(counts [][]int) *cellTable {
	width := 0
	if len(counts) > 0 {
		width = len(counts[0])
	}
	t := &cellTable{cells: make([][]Cell, len(counts)+1), low: make([][]int, len(counts)+1), high: make([][]int, len(counts)+1)}
	for i := range t.cells {
		t.cells[i], t.low[i], t.high[i] = make([]Cell, width+1), make([]int, width+1), make([]int, width+1)
	}
	for i, row := range counts {
		for j, n := range row {
			for _, cell := range []*Cell{&t.cells[i][j], &t.cells[i][width], &t.cells[len(counts)][j], &t.cells[len(counts)][width]} {
				cell.n += n
			}
		}
	}
	for i := range t.cells {
		for j := range t.cells[i] {
			if n := t.cells[i][j].n; n >= 1 && n <= smallCell {
				t.cells[i][j].shown = small
			}
		}
	}
	return t
}

// disclosed concludes what a reader can, and finds a small cell of which the count is then known.
func (t *cellTable) disclosed() bool {
	for i := range t.cells {
		for j, c := range t.cells[i] {
			switch c.shown {
			case small:
				t.low[i][j], t.high[i][j] = 1, smallCell
			case withheld:
				t.low[i][j], t.high[i][j] = 0, t.most()
			default:
				t.low[i][j], t.high[i][j] = c.n, c.n
			}
		}
	}
	for t.conclude() {
	}
	for i := range t.cells {
		for j, c := range t.cells[i] {
			if c.n >= 1 && c.n <= smallCell && t.low[i][j] == t.high[i][j] {
				t.row, t.column = i, j
				return true
			}
		}
	}
	return false
}

// most is more than any cell can be.
func (t *cellTable) most() int {
	last := t.cells[len(t.cells)-1]
	return last[len(last)-1].n + smallCell
}

// conclude narrows what each cell can be, line by line; false when nothing is new.
func (t *cellTable) conclude() (narrowed bool) {
	for i := range t.cells {
		narrowed = t.line(len(t.cells[i]), func(k int) (int, int) { return i, k }) || narrowed
	}
	for j := range t.cells[0] {
		narrowed = t.line(len(t.cells), func(k int) (int, int) { return k, j }) || narrowed
	}
	return narrowed
}

// line uses that the last cell of a line is the sum of the others.
func (t *cellTable) line(n int, at func(k int) (i, j int)) bool {
	sumLow, sumHigh := 0, 0 // of the parts less the total: it must hold 0
	for k := range n {
		i, j := at(k)
		if k < n-1 {
			sumLow, sumHigh = sumLow+t.low[i][j], sumHigh+t.high[i][j]
		} else {
			sumLow, sumHigh = sumLow-t.high[i][j], sumHigh-t.low[i][j]
		}
	}
	for k := range n {
		i, j := at(k)
		low, high := t.low[i][j], t.high[i][j]
		if k < n-1 { // part = total - the other parts
			low, high = max(low, high-sumHigh), min(high, low-sumLow)
		} else {
			low, high = max(low, high+sumLow), min(high, low+sumHigh)
		}
		if low > t.low[i][j] || high < t.high[i][j] {
			t.low[i][j], t.high[i][j] = low, high
			return true // the sums are no longer those; it goes on from here
		}
	}
	return false
}

// withhold hides the small cell that is known behind three others, which stand
// with it at the corners of a rectangle: one more here and one less there adds up
// as well, so no sum tells. Of all rectangles it takes the one that hides least.
func (t *cellTable) withhold() bool {
	var best []*Cell
	least := math.MaxInt
	for i := range t.cells {
		for j := range t.cells[i] {
			if i == t.row || j == t.column {
				continue
			}
			corners, loss := []*Cell{}, 0
			for _, at := range [][2]int{{t.row, j}, {i, t.column}, {i, j}} {
				if c := &t.cells[at[0]][at[1]]; c.shown == plain {
					corners, loss = append(corners, c), loss+t.worth(at[0], at[1])
				}
			}
			if len(corners) > 0 && loss < least {
				best, least = corners, loss
			}
		}
	}
	for _, c := range best {
		c.shown = withheld
	}
	return len(best) > 0
}

// blur says nothing of a cell that was said to be small, where all around is
// hidden already and small counts give each other away: the known one, or one beside it.
func (t *cellTable) blur() bool {
	beside := []*Cell{&t.cells[t.row][t.column]}
	for j := range slices.Backward(t.cells[t.row]) {
		beside = append(beside, &t.cells[t.row][j])
	}
	for i := range slices.Backward(t.cells) {
		beside = append(beside, &t.cells[i][t.column])
	}
	for _, c := range beside {
		if c.shown == small {
			c.shown = withheld
			return true
		}
	}
	return false
}

// worth is how dear a cell is to the reader: a total more than a part, and
// behind a nothing little can be hidden.
func (t *cellTable) worth(i, j int) int {
	n := t.cells[i][j].n
	switch all := t.most(); {
	case i == len(t.cells)-1 || j == len(t.cells[i])-1:
		return 20*all + n
	case n == 0:
		return 5 * all
	default:
		return all + n
	}
}
