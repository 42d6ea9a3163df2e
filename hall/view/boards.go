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

// boards shows the wall boards, and what they leave to the hall.
func boards(c *queue.Configuration) []Board {
	configured := c.Boards
	if len(configured) == 0 {
		configured = []queue.BoardConfig{{ID: firstBoard, Speaks: true}}
	}
	shown := make([]Board, 0, len(configured))
	for i := range configured {
		shown = append(shown, ofBoard(c, &configured[i]))
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
