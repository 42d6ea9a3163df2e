package queue

// rank is a class of one line: tickets in the order of arrival, each with how
// often it was passed over. It is a treap whose nodes lie in one slice, so that
// every operation takes about log n steps, a whole stretch of tickets is counted
// as passed over in one, and a copy is a single copy of memory. The shape depends
// on the tickets alone, never on chance. Reading changes nothing.
type rank struct {
	nodes []rankNode // nodes[0] stands for none
	root  int32
	free  []int32
}

// rankNode is one ticket of a rank.
type rankNode struct {
	place
	weight      uint32 // shapes the treap
	left, right int32
	size        int32
	since       int32 // the lineup's clock when it came
	passed      int32 // without what the nodes above it still owe
	most        int32 // the largest passed of this node and those below, likewise
	owed        int32 // what the nodes below are still to be given
}

// place is where a ticket stands in the order of arrival. Equal arrivals stand
// in the order of the takes.
type place struct {
	at int64 // the arrival, in nanoseconds of Unix time
	id TicketID
}

func (p place) before(q place) bool { return p.at < q.at || p.at == q.at && p.id < q.id }

func (r *rank) len() int {
	if r.root == 0 {
		return 0
	}
	return int(r.nodes[r.root].size)
}

// standing is what a rank knows of a ticket beside its place.
type standing struct {
	passed int // how often it was passed over
	since  int // the lineup's clock when it came
}

// insert puts a ticket into the rank.
func (r *rank) insert(p place, s standing) {
	before, after := r.split(r.root, p)
	r.root = r.merge(r.merge(before, r.fresh(p, s)), after)
}

// remove takes a ticket out and tells how it stood; false when it is not there.
func (r *rank) remove(p place) (was standing, found bool) {
	before, rest := r.split(r.root, p)
	one, after := r.split(rest, place{p.at, p.id + 1})
	if one != 0 {
		was, found = standing{int(r.nodes[one].passed), int(r.nodes[one].since)}, true
		r.free = append(r.free, one)
	}
	r.root = r.merge(before, after)
	return was, found
}

// pass counts all tickets before a place as passed over by times more (or fewer).
func (r *rank) pass(p place, times int) {
	before, after := r.split(r.root, p)
	r.owe(before, int32(times))
	r.root = r.merge(before, after)
}

// first is the earliest ticket.
func (r *rank) first() (place, bool) {
	n := r.root
	if n == 0 {
		return place{}, false
	}
	for r.nodes[n].left != 0 {
		n = r.nodes[n].left
	}
	return r.nodes[n].place, true
}

// firstPassed is the earliest ticket that was passed over at least so often.
func (r *rank) firstPassed(times int) (place, bool) {
	n, bound := r.root, int32(times)
	if n == 0 || r.nodes[n].most < bound {
		return place{}, false
	}
	for {
		node := &r.nodes[n]
		below := bound - node.owed
		switch {
		case node.left != 0 && r.nodes[node.left].most >= below:
			n, bound = node.left, below
		case node.passed >= bound:
			return node.place, true
		default:
			n, bound = node.right, below
		}
	}
}

// passedOf tells how often a ticket was passed over; 0 when it is not there.
func (r *rank) passedOf(p place) int {
	owed := int32(0)
	for n := r.root; n != 0; {
		node := &r.nodes[n]
		switch {
		case p == node.place:
			return int(node.passed + owed)
		case p.before(node.place):
			n = node.left
		default:
			n = node.right
		}
		owed += node.owed
	}
	return 0
}

// before counts the tickets before a place.
func (r *rank) before(p place) int {
	count := int32(0)
	for n := r.root; n != 0; {
		node := &r.nodes[n]
		if !node.before(p) {
			n = node.left
			continue
		}
		count += r.sizeOf(node.left) + 1
		n = node.right
	}
	return int(count)
}

// each visits the tickets in order.
func (r *rank) each(visit func(p place, s standing)) { r.walk(r.root, 0, visit) }

func (r *rank) walk(n, owed int32, visit func(place, standing)) {
	if n == 0 {
		return
	}
	node := r.nodes[n]
	r.walk(node.left, owed+node.owed, visit)
	visit(node.place, standing{int(node.passed + owed), int(node.since)})
	r.walk(node.right, owed+node.owed, visit)
}

func (r *rank) sizeOf(n int32) int32 {
	if n == 0 {
		return 0
	}
	return r.nodes[n].size
}

func (r *rank) fresh(p place, s standing) int32 {
	node := rankNode{place: p, weight: scatter(uint64(p.id)), size: 1, since: int32(s.since), passed: int32(s.passed), most: int32(s.passed)}
	if last := len(r.free) - 1; last >= 0 {
		n := r.free[last]
		r.free = r.free[:last]
		r.nodes[n] = node
		return n
	}
	if len(r.nodes) == 0 {
		r.nodes = append(r.nodes, rankNode{})
	}
	r.nodes = append(r.nodes, node)
	return int32(len(r.nodes) - 1)
}

// scatter makes a weight of a ticket's id: the finishing step of splitmix64
// (Steele, Lea and Flood 2014), which leaves neighbours far apart.
func scatter(x uint64) uint32 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return uint32((x ^ x>>31) >> 32)
}

// owe counts a node and all below it as passed over so many times more.
func (r *rank) owe(n, times int32) {
	if n == 0 {
		return
	}
	node := &r.nodes[n]
	node.passed += times
	node.most += times
	node.owed += times
}

// settle gives the nodes below what they are owed, before their shape changes.
func (r *rank) settle(n int32) {
	if owed := r.nodes[n].owed; owed != 0 {
		r.owe(r.nodes[n].left, owed)
		r.owe(r.nodes[n].right, owed)
		r.nodes[n].owed = 0
	}
}

// sum renews what a node says of those below it.
func (r *rank) sum(n int32) int32 {
	node := &r.nodes[n]
	node.size, node.most = 1, node.passed
	for _, below := range [2]int32{node.left, node.right} {
		if below != 0 {
			node.size += r.nodes[below].size
			node.most = max(node.most, r.nodes[below].most)
		}
	}
	return n
}

// split parts the nodes before a place from the others.
func (r *rank) split(n int32, p place) (before, after int32) {
	if n == 0 {
		return 0, 0
	}
	r.settle(n)
	if r.nodes[n].before(p) {
		right, rest := r.split(r.nodes[n].right, p)
		r.nodes[n].right = right
		return r.sum(n), rest
	}
	rest, left := r.split(r.nodes[n].left, p)
	r.nodes[n].left = left
	return rest, r.sum(n)
}

// merge joins two parts, all of the first before all of the second.
func (r *rank) merge(a, b int32) int32 {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	case r.nodes[a].weight > r.nodes[b].weight:
		r.settle(a)
		joined := r.merge(r.nodes[a].right, b)
		r.nodes[a].right = joined
		return r.sum(a)
	}
	r.settle(b)
	joined := r.merge(a, r.nodes[b].left)
	r.nodes[b].left = joined
	return r.sum(b)
}
