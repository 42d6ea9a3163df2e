package view

import (
	"cmp"

	"petitionhall/queue"
)

const (
	// firstBoard is the board of a hall that has configured none.
	firstBoard = "main"
	// usualInches is the diagonal of a screen of which nothing is told.
	usualInches = 55
)

// configured are the boards of a hall: at least one, which speaks.
func configured(c *queue.Configuration) []queue.BoardConfig {
	if len(c.Boards) > 0 {
		return c.Boards
	}
	return []queue.BoardConfig{{ID: firstBoard, Speaks: true}}
}

// SpeakingBoards are the ids of the boards that the voice should come out of.
func SpeakingBoards(c *queue.Configuration) (ids []string) {
	for _, b := range configured(c) {
		if b.Speaks {
			ids = append(ids, string(b.ID))
		}
	}
	return ids
}

// boards shows the wall boards, and what they leave to the hall.
func boards(c *queue.Configuration) []Board {
	all := configured(c)
	shown := make([]Board, 0, len(all))
	for i := range all {
		shown = append(shown, ofBoard(c, &all[i]))
	}
	return shown
}

func ofBoard(c *queue.Configuration, b *queue.BoardConfig) Board {
	v := Board{ID: string(b.ID), Name: b.Name, Windows: []string{}, Columns: b.Columns, DistanceMetres: b.DistanceMetres,
		ScreenInches: cmp.Or(b.ScreenInches, usualInches), Orientation: b.Orientation, Notices: []Text{}, Leader: !b.HideLeader, Speaks: b.Speaks}
	if v.Name.ZH == "" {
		v.Name = c.Name
	}
	for _, id := range b.Windows {
		v.Windows = append(v.Windows, string(id))
	}
	if len(b.Windows) == 0 {
		for i := range c.Windows {
			v.Windows = append(v.Windows, string(c.Windows[i].ID))
		}
	}
	if b.HideNotices {
		return v
	}
	notices := b.Notices
	if len(notices) == 0 {
		notices = c.Notices
	}
	v.Notices = append(v.Notices, notices...)
	return v
}
