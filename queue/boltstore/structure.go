package boltstore

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"slices"

	"petitionhall/queue/journal"
)

// bbolt maps the file and believes what stands in it: a page that points to itself, or a list that claims to
// be endless, ends the process in a way that no recover can stop. So before bbolt gets the file, its pages
// are looked at here, through plain reads. The format is that of bbolt's internal/common package, version 2:
//
//	page     id u64, flags u16, count u16, overflow u32, then its elements
//	meta     magic, version, page size, flags u32, root u64, sequence u64, freelist, end, transaction, sum u64
//	branch   elements of position u32, key size u32, page u64
//	leaf     elements of flags u32, position u32, key size u32, value size u32
//
// with numbers in the machine's own order, and positions counted from their element.
const (
	pageHeader  = 16
	elementSize = 16
	metaSize    = 64

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	flagBucket   = 0x01 // of a leaf's element

	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = math.MaxUint64

	maxDepth = 32 // of a tree; a full one of this depth would not fit on any disk
)

var native = binary.NativeEndian

// meta is what bbolt's meta page says.
type meta struct {
	root, freelist, end, tx uint64
}

// pages walks the pages of a file. Each page may be met once.
type pages struct {
	file io.ReaderAt
	meta meta
	seen []bool // by page
	// leaves tells to look into every leaf too, which takes a read of the whole file. Without it the walk
	// stops above the leaves, so that opening a year takes hardly longer than opening a day.
	leaves bool
}

// checkFile checks an open and locked file as far as opening it needs.
func checkFile(f *os.File, path string) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(info, now) {
		// While this process waited for the lock, the other has put a new file in this one's place.
		return fmt.Errorf("%w: and is replacing its file", journal.ErrLocked)
	}
	return walk(f, info.Size(), false)
}

// walk checks the structure of a file of this size.
func walk(file io.ReaderAt, size int64, leaves bool) error {
	m, err := readMeta(file, size)
	if err != nil {
		return err
	}
	p := &pages{file: file, meta: m, seen: make([]bool, m.end), leaves: leaves}
	if err := p.buckets(); err != nil {
		return err
	}
	if err := p.freelist(); err != nil {
		return err
	}
	if lost := slices.Index(p.seen[2:], false); leaves && lost >= 0 {
		return damaged("page %d is neither used nor free", lost+2)
	}
	return nil
}

// readMeta returns the newer one of the two metas that are valid.
func readMeta(file io.ReaderAt, size int64) (m meta, err error) {
	start := make([]byte, 2*pageSize)
	n, err := file.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return m, err
	}
	found, claimed := false, false
	for _, at := range []int{0, pageSize} {
		page := make([]byte, pageHeader+metaSize)
		copy(page, start[min(at, n):n])
		body := page[pageHeader:]
		if native.Uint32(body) != boltMagic {
			continue
		}
		claimed = true
		sum := fnv.New64a()
		_, _ = sum.Write(body[:metaSize-8])
		if sum.Sum64() != native.Uint64(body[metaSize-8:]) {
			continue
		}
		if native.Uint32(body[4:]) != boltVersion || native.Uint32(body[8:]) != pageSize {
			return m, fmt.Errorf("%w: a bbolt file of something else", journal.ErrForeign)
		}
		if tx := native.Uint64(body[48:]); !found || tx > m.tx {
			m = meta{root: native.Uint64(body[16:]), freelist: native.Uint64(body[32:]), end: native.Uint64(body[40:]), tx: tx}
			found = true
		}
	}
	switch {
	case !found && !claimed && !isStart(start[:n]):
		return m, fmt.Errorf("%w: not a bbolt file", journal.ErrForeign)
	case n < len(start):
		return m, damaged("cut short, only %d bytes are left", size)
	case !found:
		return m, damaged("both of its meta pages")
	case m.end < 2:
		return m, damaged("it has %d pages", m.end)
	case m.end > math.MaxInt64/pageSize || int64(m.end)*pageSize > size:
		return m, damaged("cut short, %d bytes are left of %d pages", size, m.end)
	}
	return m, nil
}

// isStart tells that a file too short for a meta could be the beginning of one.
func isStart(start []byte) bool {
	whole := make([]byte, pageHeader+4)
	native.PutUint16(whole[8:], 0x04)
	native.PutUint32(whole[pageHeader:], boltMagic)
	return len(start) < len(whole) && bytes.HasPrefix(whole, start)
}

// read returns a page with its overflow, and notes that they are in use.
func (p *pages) read(id uint64) ([]byte, error) {
	if err := p.note(id); err != nil {
		return nil, err
	}
	page := make([]byte, pageSize)
	if _, err := p.file.ReadAt(page, int64(id)*pageSize); err != nil {
		return nil, err
	}
	if got := native.Uint64(page); got != id {
		return nil, damaged("page %d says that it is page %d", id, got)
	}
	more := uint64(native.Uint32(page[12:]))
	if more == 0 {
		return page, nil
	}
	for i := range more {
		if err := p.note(id + 1 + i); err != nil {
			return nil, err
		}
	}
	page = make([]byte, (more+1)*pageSize)
	_, err := p.file.ReadAt(page, int64(id)*pageSize)
	return page, err
}

// note notes that a page is in use.
func (p *pages) note(id uint64) error {
	if id < 2 || id >= p.meta.end {
		return damaged("page %d of %d", id, p.meta.end)
	}
	if p.seen[id] {
		return damaged("page %d is used twice", id)
	}
	p.seen[id] = true
	return nil
}

// buckets checks the root page, which holds our few buckets and no others, and their trees.
func (p *pages) buckets() error {
	page, err := p.read(p.meta.root)
	if err != nil {
		return err
	}
	if native.Uint16(page[8:]) == flagBranch { // far more buckets than four
		return fmt.Errorf("%w: a bbolt file of something else", journal.ErrForeign)
	}
	ours := false
	err = eachInLeaf(page, func(flags uint32, key, value []byte) error {
		if flags != flagBucket || len(value) < 16 {
			return damaged("%q is not a bucket", key)
		}
		ours = ours || bytes.Equal(key, bucketHeader)
		if root := native.Uint64(value); root != 0 {
			return p.tree(root, 0)
		}
		if len(value) < 16+pageHeader {
			return damaged("bucket %q", key)
		}
		return eachInLeaf(value[16:], plain) // a small bucket stands inside its parent
	})
	if err == nil && !ours {
		return fmt.Errorf("%w: a bbolt file of something else", journal.ErrForeign)
	}
	return err
}

// tree checks a page and what is below it.
func (p *pages) tree(id uint64, depth int) error {
	page, err := p.read(id)
	if err != nil {
		return err
	}
	if native.Uint16(page[8:]) == flagLeaf {
		return eachInLeaf(page, plain)
	}
	children, err := branch(page)
	if err != nil {
		return err
	}
	if depth == maxDepth {
		return damaged("its tree has no end")
	}
	below := func(child uint64) error { return p.tree(child, depth+1) }
	if bottom, err := p.aboveLeaves(children); err != nil {
		return err
	} else if bottom && !p.leaves {
		below = p.note
	}
	for _, child := range children {
		if err := below(child); err != nil {
			return err
		}
	}
	return nil
}

// aboveLeaves tells whether these pages are leaves. All leaves of a tree are equally deep, so one tells it.
func (p *pages) aboveLeaves(children []uint64) (bool, error) {
	head := make([]byte, pageHeader)
	id := children[0]
	if id < 2 || id >= p.meta.end {
		return false, damaged("page %d of %d", id, p.meta.end)
	}
	_, err := p.file.ReadAt(head, int64(id)*pageSize)
	return native.Uint16(head[8:]) == flagLeaf, err
}

// branch returns the pages that a branch page points to, of which there is at least one.
func branch(page []byte) (children []uint64, err error) {
	count := int(native.Uint16(page[10:]))
	if native.Uint16(page[8:]) != flagBranch || count == 0 || pageHeader+count*elementSize > len(page) {
		return nil, damaged("page %d is not of a tree", native.Uint64(page))
	}
	var last []byte
	for i := range count {
		at := pageHeader + i*elementSize
		key, err := part(page, at, uint64(native.Uint32(page[at:])), native.Uint32(page[at+4:]))
		if err != nil {
			return nil, err
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return nil, damaged("the keys of page %d are not in order", native.Uint64(page))
		}
		last = key
		children = append(children, native.Uint64(page[at+8:]))
	}
	return children, nil
}

// freelist checks that the pages that bbolt will use next are not in use.
func (p *pages) freelist() error {
	if p.meta.freelist == noFreelist {
		return damaged("it has no list of free pages")
	}
	page, err := p.read(p.meta.freelist)
	if err != nil {
		return err
	}
	if native.Uint16(page[8:]) != flagFreelist {
		return damaged("page %d is not the list of free pages", p.meta.freelist)
	}
	count, list := uint64(native.Uint16(page[10:])), page[pageHeader:]
	if count == math.MaxUint16 { // the count did not fit
		count, list = native.Uint64(list), list[8:]
	}
	if count > uint64(len(list)/8) {
		return damaged("%d free pages are too many", count)
	}
	for i := range count {
		id := native.Uint64(list[8*i:])
		if err := p.note(id); err != nil {
			return fmt.Errorf("in the list of free pages: %w", err)
		}
	}
	return nil
}

// eachInLeaf calls do for the elements of a leaf.
func eachInLeaf(page []byte, do func(flags uint32, key, value []byte) error) error {
	count := int(native.Uint16(page[10:]))
	if native.Uint16(page[8:]) != flagLeaf || pageHeader+count*elementSize > len(page) {
		return damaged("page %d is not a leaf", native.Uint64(page))
	}
	var last []byte
	for i := range count {
		at := pageHeader + i*elementSize
		position, keySize := uint64(native.Uint32(page[at+4:])), native.Uint32(page[at+8:])
		key, err := part(page, at, position, keySize)
		if err != nil {
			return err
		}
		value, err := part(page, at, position+uint64(keySize), native.Uint32(page[at+12:]))
		if err != nil {
			return err
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return damaged("the keys of page %d are not in order", native.Uint64(page))
		}
		last = key
		if err := do(native.Uint32(page[at:]), key, value); err != nil {
			return err
		}
	}
	return nil
}

func plain(flags uint32, key, _ []byte) error {
	if flags != 0 {
		return damaged("%q is not a plain entry", key)
	}
	return nil
}

// part returns size bytes of a page, which stand position bytes after an element.
func part(page []byte, element int, position uint64, size uint32) ([]byte, error) {
	from := uint64(element) + position
	if from+uint64(size) > uint64(len(page)) {
		return nil, damaged("an element of page %d is outside of it", native.Uint64(page))
	}
	return page[from : from+uint64(size)], nil
}
