package voice

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// Hall is what the voice speaks of.
type Hall interface {
	// View shows the committed state.
	View(look func(s *queue.State, revision journal.Revision))
	// Subscribe begins to follow what is committed, at the state that look is shown.
	Subscribe(room int, look func(s *queue.State, revision journal.Revision)) *runner.Subscription
	// Configuration is the one in force, with its revision.
	Configuration() (*queue.Configuration, uint64)
	// Clock is the hall's clock, in its zone.
	Clock() time.Time
}

// Screens are the boards that speak.
type Screens interface {
	// Say tells all of them what is said from now on for so long.
	Say(s view.Say, lasts time.Duration)
	// Speakers are the boards whose sound is on.
	Speakers() []string
	// SpeakersChanged receives after one came or went.
	SpeakersChanged() <-chan struct{}
}

// Packs are the voices there are.
type Packs interface {
	// Recorded is a pack of the hall's own, by its name; nil when there is none.
	Recorded(name string) *pack.Pack
	// Synthesised is the pack that comes with the program in a language; nil when there is none.
	Synthesised(language string) *pack.Pack
}

// Options are what an announcer stands on.
type Options struct {
	Hall    Hall
	Screens Screens
	Packs   Packs
	// Player plays on the hub's own loudspeaker; nil for Aplay.
	Player Player
	// Log hears what an operator must know; nil for the default.
	Log *slog.Logger
}

const (
	// backlog is how many commits the announcer may be behind before it begins anew.
	backlog = 256
	// lookEvery is how often the clock is looked at.
	lookEvery = time.Second
)

// Announcer says what happens. Run drives it.
type Announcer struct {
	Options
	// prefix makes ids of this run unlike those of any other.
	prefix string
	// began is the zero of all durations here; the hall's clock may be set, this one runs on.
	began  time.Time
	sounds *Sounds
	// played tells how the hub's loudspeaker did.
	played chan error

	mu     sync.Mutex // guards the rest
	news   *runner.Subscription
	queue  speak.Queue
	serial int
	// today is the day that the events belong to.
	today day
	// due is what the clock brought about already.
	due map[string]bool
	// saying is the kind of what is said until over.
	saying  queue.Announcement
	over    time.Duration
	speaker loudspeaker
}

// New makes an announcer. It is silent until it runs.
func New(o Options) *Announcer {
	if o.Player == nil {
		o.Player = Aplay{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Announcer{Options: o, prefix: rand.Text()[:10], began: time.Now(), sounds: newSounds(), played: make(chan error, 1), due: map[string]bool{}}
}

// Sounds serves what is said, and what was said last, as files.
func (a *Announcer) Sounds() *Sounds { return a.sounds }

// elapsed is the time of the queue.
func (a *Announcer) elapsed() time.Duration { return time.Since(a.began) }

// settings are those of the configuration in force.
func (a *Announcer) settings() *queue.VoiceConfig {
	c, _ := a.Hall.Configuration()
	if c.Voice == nil {
		return &queue.VoiceConfig{}
	}
	return c.Voice
}

// Run speaks until ctx ends, and returns nil then.
func (a *Announcer) Run(ctx context.Context) error {
	a.begin(true)
	defer a.end()
	look, next := time.NewTicker(lookEvery), time.NewTimer(time.Hour)
	defer look.Stop()
	defer next.Stop()
	for {
		a.speak(ctx)
		next.Reset(a.rest())
		select {
		case <-ctx.Done():
			return nil
		case c, ok := <-a.news.Feed():
			if !ok {
				a.Log.Warn("the voice fell behind and begins anew")
				a.begin(false)
				continue
			}
			a.follow(c)
		case <-look.C:
			a.look()
		case <-a.Screens.SpeakersChanged():
		case err := <-a.played:
			a.finished(err)
		case <-next.C:
		}
	}
}

// end gives the seat up, and waits for the loudspeaker.
func (a *Announcer) end() {
	a.news.Close()
	a.mu.Lock()
	playing := a.speaker.playing
	a.mu.Unlock()
	if playing {
		a.finished(<-a.played)
	}
}

// rest is how long nothing can begin, if nothing happens.
func (a *Announcer) rest() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if free := a.queue.Free() - a.elapsed(); free > 0 {
		return free
	}
	return time.Hour
}

// speak lets the next announcement begin, if it is time and there is one.
func (a *Announcer) speak(ctx context.Context) {
	said, ok := a.next()
	if !ok {
		return
	}
	if len(said.wav) > 0 {
		a.play(ctx, said)
	}
	a.Screens.Say(said.Say, said.lasts)
}

// next is the announcement whose turn has come.
func (a *Announcer) next() (*announcement, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	settings := a.settings()
	if settings.Off {
		a.queue.Clear()
		return nil, false
	}
	if waiting, _ := a.queue.Waiting(); waiting == 0 || a.speaker.playing { // a device that is slow is not spoken over
		return nil, false
	}
	t := turns{Announcer: a, settings: settings, who: a.hearers(settings)}
	if _, ok := a.queue.Begin(a.elapsed(), &t); !ok {
		return nil, false
	}
	a.serial++
	a.saying, a.over = queue.Announcement(t.made.Kind), a.elapsed()+t.made.lasts
	a.speaker.playing = len(t.made.wav) > 0
	return t.made, true
}
