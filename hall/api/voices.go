package api

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/queue"
)

// MaxClipBody is the largest recording of one clip that is read, in bytes: 40 s of
// it, where the longest notice takes 20.
const MaxClipBody = 2 << 20

// VoicePack is a voice that the hall records.
type VoicePack struct {
	ID       string      `json:"id"`
	Language string      `json:"language"`
	Title    string      `json:"title"`
	Done     int         `json:"done" doc:"how many of the clips that this hall needs are there"`
	All      int         `json:"all" doc:"how many clips this hall needs"`
	Fault    *queue.Text `json:"fault,omitempty" doc:"why the whole voice cannot be used"`
}

// VoicePackClips is a voice with every clip that the hall needs.
type VoicePackClips struct {
	VoicePack
	Clips []VoiceClip `json:"clips" doc:"in the order in which they are best read"`
}

// VoiceClip is one clip: what is to be said, and what there is of it.
type VoiceClip struct {
	phrase.Clip
	State   string      `json:"state" enum:"missing,recorded,redo"`
	Later   bool        `json:"later,omitempty" doc:"for announcements that this hall does not make now; it counts neither in done nor in all"`
	Seconds float64     `json:"seconds,omitempty"`
	Fault   *queue.Text `json:"fault,omitempty" doc:"why it is to be recorded anew"`
}

// NewVoicePack is what is told before anybody speaks. Nobody's name is asked.
type NewVoicePack struct {
	Language string `json:"language" pattern:"^[a-z]{2,8}(-[a-z0-9]{1,8})*$" maxLength:"24" doc:"a short tag, such as zh or dong"`
	Title    string `json:"title" minLength:"1" maxLength:"40" doc:"what people call it; nobody's name"`
	Consent  bool   `json:"consent" doc:"the speaker agrees to the use of the recordings; without it nothing is recorded"`
}

// VoicePhrase is a whole announcement of this hall, for listening to a voice.
type VoicePhrase struct {
	Kind   queue.Announcement `json:"kind" enum:"call,recall,precall,missed,transfer,pause,resume,opens,leader,morning,closingSoon,closed,staff,recovery"`
	Ticket string             `json:"ticket,omitempty"`
	Window int                `json:"window,omitempty"`
	Room   queue.Room         `json:"room,omitempty"`
	At     queue.Clock        `json:"at,omitempty"`
	Text   string             `json:"text" doc:"in Chinese, or in English for an English voice"`
	Clips  []string           `json:"clips" doc:"what it is joined from"`
	Lacks  []string           `json:"lacks" doc:"those of them that are not there"`
}

// VoiceFault is what is wrong with a voice or one of its clips.
type VoiceFault struct {
	Clip    string     `json:"clip,omitempty"`
	Code    string     `json:"code" doc:"as in docs/voice.md"`
	Message queue.Text `json:"message"`
}

// VoiceCheck is what was found in a voice, and whole announcements to listen to.
type VoiceCheck struct {
	Faults  []VoiceFault  `json:"faults"`
	Phrases []VoicePhrase `json:"phrases"`
}

// VoicePath names a voice.
type VoicePath struct {
	Pack string `path:"pack" maxLength:"64"`
}

// VoiceClipPath names a clip of a voice.
type VoiceClipPath struct {
	VoicePath
	Clip string `path:"clip" maxLength:"64"`
}

type newVoiceInput struct{ Body NewVoicePack }

type clipInput struct {
	VoiceClipPath
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"audio/wav"`
}

type phraseInput struct {
	VoicePath
	Kind   string `query:"kind" required:"true" maxLength:"16"`
	Ticket string `query:"ticket" maxLength:"16"`
	Window int    `query:"window"`
	Room   string `query:"room" maxLength:"16"`
	At     string `query:"at" maxLength:"5"`
}

type soundOutput struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) registerVoices() {
	const voices, voice, clip = "/voices", "/voices/{pack}", "/voices/{pack}/clips/{clip}"
	huma.Register(a.huma, operation("voices", http.MethodGet, voices, "The voices that the hall records"),
		func(context.Context, *struct{}) (*Body[[]VoicePack], error) {
			return &Body[[]VoicePack]{a.voices()}, nil
		})
	create := operation("createVoice", http.MethodPost, voices, "Begin a voice; the speaker has agreed")
	create.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, create, a.createVoice)
	huma.Register(a.huma, operation("voiceClips", http.MethodGet, voice, "A voice, with every clip that this hall needs"), a.voiceClips)
	huma.Register(a.huma, operation("deleteVoice", http.MethodDelete, voice, "Delete a voice with all that was recorded"),
		func(_ context.Context, in *VoicePath) (*struct{}, error) {
			return nil, a.voiceProblem(a.hall.Voices().Remove(in.Pack))
		})
	huma.Register(a.huma, operation("checkVoice", http.MethodGet, voice+"/check", "What is wrong with a voice, and announcements to listen to"), a.checkVoice)

	keep := operation("keepClip", http.MethodPut, clip, "Keep a recorded clip: a WAV file of one channel of 16 bits, in place of what was there")
	keep.MaxBodyBytes = MaxClipBody + 1 // huma refuses what reaches it
	huma.Register(a.huma, keep, a.keepClip)
	huma.Register(a.huma, operation("forgetClip", http.MethodDelete, clip, "Delete one clip"),
		func(_ context.Context, in *VoiceClipPath) (*Body[VoiceClip], error) {
			if err := a.hall.Voices().Delete(in.Pack, in.Clip); err != nil {
				return nil, a.voiceProblem(err)
			}
			return a.clipNow(*in)
		})
	huma.Register(a.huma, soundOf(operation("clipSound", http.MethodGet, clip, "The sound of a clip")), a.clipSound)
	huma.Register(a.huma, soundOf(operation("phraseSound", http.MethodGet, voice+"/phrase", "The sound of an announcement, joined from the clips of a voice")), a.phraseSound)
}

// soundOf says in the document that a call answers with a sound.
func soundOf(op huma.Operation) huma.Operation {
	op.Responses = map[string]*huma.Response{"200": {Description: "The sound, 16-bit mono PCM", Content: map[string]*huma.MediaType{"audio/wav": {}}}}
	return op
}

// aSound answers with a sound. It is somebody's voice: nothing on the way keeps it.
func aSound(s pack.Sound) *soundOutput {
	return &soundOutput{ContentType: "audio/wav", CacheControl: "no-store", Body: s.WAV()}
}

func (a *API) voices() []VoicePack {
	all := []VoicePack{}
	for _, v := range a.hall.Voices().List() {
		all = append(all, a.voiceOf(v.ID, v.Pack).VoicePack)
	}
	return all
}

// needed are the clips that this hall needs in a language, and those that it would
// need if it switched every announcement on.
func (a *API) needed(language string) (now, later []phrase.Clip) {
	c, _ := a.hall.Configuration()
	h := phrase.Of(c)
	now = phrase.Needed(language, h)
	h.Kinds = queue.Announcements()
	later = slices.DeleteFunc(phrase.Needed(language, h), func(c phrase.Clip) bool { return slices.Contains(now, c) })
	return now, later
}

func (a *API) voiceOf(id string, p *pack.Pack) VoicePackClips {
	v := VoicePackClips{VoicePack: VoicePack{ID: id, Language: p.Manifest.Language, Title: p.Manifest.Title}, Clips: []VoiceClip{}}
	if p.Manifest.Format == 0 { // the manifest could not be read
		for _, f := range p.Faults {
			v.Fault = &queue.Text{ZH: f.ZH, EN: f.EN}
		}
		return v
	}
	now, later := a.needed(v.Language)
	for _, c := range now {
		clip := clipOf(c, p)
		if clip.State == clipRecorded {
			v.Done++
		}
		v.Clips = append(v.Clips, clip)
	}
	v.All = len(now)
	for _, c := range later {
		clip := clipOf(c, p)
		clip.Later = true
		v.Clips = append(v.Clips, clip)
	}
	return v
}

// The states of a clip.
const (
	clipMissing  = "missing"
	clipRecorded = "recorded"
	clipRedo     = "redo"
)

// clipOf tells what a voice has of a clip.
func clipOf(c phrase.Clip, p *pack.Pack) VoiceClip {
	clip := VoiceClip{Clip: c, State: clipMissing}
	if s, ok := p.Clip(c.Name); ok {
		clip.State, clip.Seconds = clipRecorded, float64(s.Duration().Milliseconds())/1000
	}
	for _, f := range p.Faults {
		if f.Clip == c.Name {
			clip.State, clip.Fault = clipRedo, &queue.Text{ZH: f.ZH, EN: f.EN}
		}
	}
	otherWords := func(e pack.Entry) bool { return e.Name == c.Name && e.Prompt != "" && e.Prompt != pack.Prompt(c) }
	if clip.State == clipRecorded && slices.ContainsFunc(p.Manifest.Clips, otherWords) {
		clip.State, clip.Fault = clipRedo, &queue.Text{ZH: "要念的话改过了", EN: "its words have changed since"}
	}
	return clip
}

func (a *API) createVoice(_ context.Context, in *newVoiceInput) (*Body[VoicePack], error) {
	n := pack.New{Language: in.Body.Language, Title: strings.TrimSpace(in.Body.Title), Consent: in.Body.Consent, ID: in.Body.Language}
	err := a.hall.Voices().Create(n)
	for i := 2; taken(err); i++ { // a second speaker of the same language
		n.ID = in.Body.Language + "-" + strconv.Itoa(i)
		err = a.hall.Voices().Create(n)
	}
	if err != nil {
		return nil, a.voiceProblem(err)
	}
	v, err := a.voice(n.ID)
	return &Body[VoicePack]{v.VoicePack}, err
}

func taken(err error) bool {
	var f *pack.Fault
	return errors.As(err, &f) && f.Code == "pack.exists"
}

// read gives a voice as it is stored.
func (a *API) read(id string) (*pack.Pack, error) {
	p, ok := a.hall.Voices().Pack(id)
	if !ok {
		return nil, problem.New("voice.unknown")
	}
	return p, nil
}

func (a *API) voice(id string) (VoicePackClips, error) {
	p, err := a.read(id)
	if err != nil {
		return VoicePackClips{}, err
	}
	return a.voiceOf(id, p), nil
}

func (a *API) voiceClips(_ context.Context, in *VoicePath) (*Body[VoicePackClips], error) {
	v, err := a.voice(in.Pack)
	if err != nil {
		return nil, err
	}
	return &Body[VoicePackClips]{v}, nil
}

func (a *API) keepClip(_ context.Context, in *clipInput) (*Body[VoiceClip], error) {
	if !isWAV(in.ContentType) {
		p := problem.New("voice.clip-refused").With("header.Content-Type")
		p.Message = queue.Text{ZH: "录音要用WAV格式", EN: "A recording must be a WAV file."}
		return nil, p
	}
	if _, err := a.hall.Voices().Put(in.Pack, in.Clip, in.RawBody); err != nil {
		return nil, a.voiceProblem(err)
	}
	return a.clipNow(in.VoiceClipPath)
}

func isWAV(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && slices.Contains([]string{"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"}, media)
}

// clipNow tells a clip as it is now stored.
func (a *API) clipNow(at VoiceClipPath) (*Body[VoiceClip], error) {
	p, err := a.read(at.Pack)
	if err != nil {
		return nil, err
	}
	clips := a.voiceOf(at.Pack, p).Clips
	if i := slices.IndexFunc(clips, func(c VoiceClip) bool { return c.Name == at.Clip }); i >= 0 {
		return &Body[VoiceClip]{clips[i]}, nil
	}
	for _, c := range phrase.Clips(p.Manifest.Language) { // one that another hall needs
		if c.Name == at.Clip {
			return &Body[VoiceClip]{clipOf(c, p)}, nil
		}
	}
	return nil, problem.New("voice.clip-unknown")
}

func (a *API) clipSound(_ context.Context, in *VoiceClipPath) (*soundOutput, error) {
	p, err := a.read(in.Pack)
	if err != nil {
		return nil, err
	}
	s, ok := p.Clip(in.Clip)
	if !ok {
		return nil, problem.New("voice.clip-missing")
	}
	return aSound(s), nil
}

// say puts an announcement into the words of a language, as this hall says it.
func (a *API) say(language string, said phrase.Announcement) (phrase.Line, error) {
	c, _ := a.hall.Configuration()
	return phrase.Say(language, said, phrase.Options{One: phrase.Of(c).One})
}

func (a *API) phraseSound(_ context.Context, in *phraseInput) (*soundOutput, error) {
	p, err := a.read(in.Pack)
	if err != nil {
		return nil, err
	}
	line, err := a.say(p.Manifest.Language, phrase.Announcement{Kind: queue.Announcement(in.Kind), Ticket: in.Ticket,
		Window: in.Window, Room: queue.Room(in.Room), At: queue.Clock(in.At)})
	if err != nil {
		return nil, problem.New("voice.phrase").With(err.Error())
	}
	s, missing, err := p.Join(line.Clips)
	switch {
	case err != nil:
		return nil, problem.New("voice.phrase").With(err.Error())
	case len(missing) > 0:
		return nil, problem.New("voice.clip-missing").With(strings.Join(missing, " "))
	}
	return aSound(s), nil
}

func (a *API) checkVoice(_ context.Context, in *VoicePath) (*Body[VoiceCheck], error) {
	p, err := a.read(in.Pack)
	if err != nil {
		return nil, err
	}
	found := VoiceCheck{Faults: []VoiceFault{}, Phrases: []VoicePhrase{}}
	for _, f := range p.Faults {
		found.Faults = append(found.Faults, VoiceFault{Clip: f.Clip, Code: f.Code, Message: queue.Text{ZH: f.ZH, EN: f.EN}})
	}
	if p.Manifest.Format == 0 {
		return &Body[VoiceCheck]{found}, nil
	}
	c, _ := a.hall.Configuration()
	for _, said := range samples(phrase.Of(c)) {
		if f, ok := a.phraseOf(p, said); ok {
			found.Phrases = append(found.Phrases, f)
		}
	}
	return &Body[VoiceCheck]{found}, nil
}

// phraseOf tells what a voice has of an announcement; ok is false for one that this hall cannot say.
func (a *API) phraseOf(p *pack.Pack, said phrase.Announcement) (_ VoicePhrase, ok bool) {
	line, err := a.say(p.Manifest.Language, said)
	if err != nil {
		return VoicePhrase{}, false
	}
	words := "zh"
	if phrase.English(p.Manifest.Language) {
		words = "en"
	}
	text, err := a.say(words, said)
	if err != nil {
		return VoicePhrase{}, false
	}
	f := VoicePhrase{Kind: said.Kind, Ticket: said.Ticket, Window: said.Window, Room: said.Room, At: said.At, Text: text.Text, Clips: []string{}, Lacks: []string{}}
	for _, step := range line.Clips {
		f.Clips = append(f.Clips, step.Clip)
		if _, there := p.Clip(step.Clip); !there && !slices.Contains(f.Lacks, step.Clip) {
			f.Lacks = append(f.Lacks, step.Clip)
		}
	}
	return f, true
}

// samples are announcements that let one hear how the clips of a hall go together:
// of each kind that it says one, and of calls some more.
func samples(h phrase.Hall) []phrase.Announcement {
	var all []phrase.Announcement
	for _, kind := range h.Kinds {
		said := phrase.Announcement{Kind: kind, Ticket: number(h.Series, 0, "012"), Window: pick(h.Windows, 2), At: pick(h.Closings, 0)}
		if kind == queue.SayLeader {
			said.At = "09:00"
		}
		all = append(all, said)
		if kind != queue.SayCall {
			continue
		}
		said.Ticket, said.Window = number(h.Series, 3, "358"), pick(h.Windows, len(h.Windows)-1)
		all = append(all, said)
		said.Ticket, said.Window = number(h.Series, len(h.Series)-1, "467"), pick(h.Windows, 8)
		all = append(all, said)
		for _, room := range h.Rooms {
			all = append(all, phrase.Announcement{Kind: kind, Ticket: number(h.Series, 0, "019"), Room: room})
		}
	}
	return all
}

func number(series []string, i int, digits string) string { return pick(series, i) + digits }

// pick gives the i-th of a list, or the last where it is shorter.
func pick[T any](list []T, i int) (one T) {
	if len(list) == 0 {
		return one
	}
	return list[max(0, min(i, len(list)-1))]
}

// voiceProblem makes words for people of what the folder of voices refuses.
func (a *API) voiceProblem(err error) error {
	var f *pack.Fault
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &f):
		a.log.Error("a voice was not stored", "cause", err)
		return problem.New("voice.not-stored")
	}
	code, ok := map[string]string{"pack.unknown": "voice.unknown", "clip.unknown": "voice.clip-unknown", "clip.missing": "voice.clip-missing"}[f.Code]
	if ok {
		return problem.New(code)
	}
	code = "voice.pack-refused"
	if f.Clip != "" {
		code = "voice.clip-refused"
	}
	p := problem.New(code).With(f.Code)
	p.Message = queue.Text{ZH: f.ZH, EN: f.EN}
	return p
}
