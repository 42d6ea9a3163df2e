package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"petitionhall/hall/simulation"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
	"petitionhall/queue/simulate"
)

const (
	configurationFile = "hall.json"
	// days are played; the pictures are of the last one, a Friday, at pictureTime.
	days        = 12
	pictureTime = "2026-01-16T10:20:00+08:00"
	seed        = 3
	// busy is how many times an ordinary day's visitors come.
	busy = 1.8
	// runs is how many runs each told wait is made of.
	runs = 30
)

// playDays fills a data directory with days that were played, and gives the
// moment up to which it was: the middle of the last morning.
func playDays(ctx context.Context, dir string) (moment time.Time, err error) {
	if moment, err = time.Parse(time.RFC3339, pictureTime); err != nil {
		return moment, err
	}
	scenario, err := simulation.Read("", "")
	if err != nil {
		return moment, err
	}
	for i := range scenario.Arrivals {
		scenario.Arrivals[i] *= busy
	}
	furnish(scenario.Configuration, moment)
	data, err := json.Marshal(scenario.Configuration)
	if err != nil {
		return moment, err
	}
	if err := os.WriteFile(filepath.Join(dir, configurationFile), data, 0o600); err != nil {
		return moment, err
	}
	store, err := boltstore.Open(filepath.Join(dir, "hall.db"), boltstore.Options{Name: "hall"})
	if err != nil {
		return moment, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	k := keeper{ctx: ctx, store: store, until: moment}
	_, err = simulate.Run(scenario, simulate.Options{Seed: seed, Days: days, Runs: runs, Trace: k.keep})
	return moment, errors.Join(err, k.err)
}

// keeper writes what is played into a journal, up to a moment.
type keeper struct {
	ctx   context.Context
	store journal.Journal
	until time.Time
	head  journal.Revision
	day   string
	over  bool
	err   error
}

func (k *keeper) keep(batch []byte) {
	if k.err != nil || k.over {
		return
	}
	events, err := queue.DecodeEvents(batch)
	if err != nil {
		k.err = err
		return
	}
	if k.over = events[0].At.After(k.until); k.over {
		return
	}
	if opened, ok := events[0].Data.(*queue.DayOpened); ok {
		k.day = opened.Date
	}
	k.head, k.err = k.store.Append(k.ctx, k.head, journal.Batch{ID: fmt.Sprintf("played-%d", k.head), Day: k.day, Data: batch})
}

// furnish gives the hall what a hall of the pictures has: a leader on duty,
// boards for different places, a window on call and one by rota, a notice.
func furnish(c *queue.Configuration, moment time.Time) {
	date := moment.Format(time.DateOnly)
	c.Services = append(c.Services, queue.ServiceConfig{ID: "leader", Series: "X",
		Name: queue.Text{ZH: "领导接访", EN: "Leader on Duty"}, FullName: queue.Text{ZH: "领导接访室", EN: "Leader on Duty"},
		Topic: queue.Topic{Head: queue.Text{ZH: "要见领导", EN: "See a leader"}, About: queue.Text{ZH: "今天值班的领导当面听您说", EN: "The leader on duty listens to you"}, Words: []string{}, Icon: "leader"}})
	c.Windows = append(c.Windows, queue.WindowConfig{ID: "21", Number: 21, Services: []queue.ServiceID{"leader"}, Presence: queue.Resident, Room: queue.LeaderRoom, Strip: &queue.StripConfig{HalfWidths: 16, Lines: 2}})
	c.LeaderService = "leader"
	c.Leaders = []queue.LeaderTurn{{Date: date, From: "09:00", Until: "11:30", Window: "21",
		Post: queue.Text{ZH: "副县长", EN: "Deputy County Head"}, Name: queue.Text{ZH: "某某某", EN: "N. N."}}}
	c.Windows[16].Presence, c.Windows[16].OnCallMinutes = queue.OnCall, 15
	c.Windows[17].Presence = queue.Rota
	c.Windows[17].Hours = &queue.Hours{Dates: []queue.DateHours{{Date: date, Spans: []queue.Span{{From: "14:30", Until: "17:00"}}}}}
	c.Notices = []queue.Text{{ZH: "多人来反映同一件事，可推选不超过5名代表到窗口，其他人请坐着等", EN: "For one shared matter, please choose up to five people to speak; everyone else is welcome to sit."}}
	near := []queue.WindowID{"1", "2", "3", "4", "5", "6", "7", "8"}
	c.Boards = []queue.BoardConfig{{ID: "main", Speaks: true},
		{ID: "door", Name: queue.Text{ZH: "一楼大厅", EN: "Ground floor"}, Windows: near, DistanceMetres: 5, Orientation: "portrait"},
		{ID: "far", DistanceMetres: 10, HideNotices: true}}
}
