// Command voice makes the voices that come with the program: every clip of the
// lists of hall/voice/phrase, spoken by espeak-ng, brought to 16 kHz, trimmed,
// levelled, checked as every other voice is, and packed into one file a language.
//
//	make voice        remakes hall/voice/shipped/packs/zh.zip and en.zip
//
// The same espeak-ng gives the same sound. docs/voice.md tells what is in the
// files, and what that means for their licence.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/shipped"
	"petitionhall/hall/voice/sound"
)

const (
	// version is the synthesiser whose voices were measured (docs/voice.md). Another may sound otherwise.
	version = "1.51"
	// rate is that of the voices that ship: the synthesiser has little above 8 kHz.
	rate = pack.MinRate
	// made dates the manifests. It is no clock: the same voice has the same bytes.
	made = "2026-11-25"
)

// voice is how the synthesiser speaks a language.
type voice struct {
	lang, title string
	// name is the synthesiser's voice.
	name string
	// speed is in words a minute; its usual 175 is too fast for a loud hall.
	speed int
	read  func(phrase.Clip) string
}

// cmn would read characters, and many of them wrongly: this voice reads toned pinyin.
var voices = []voice{
	{"zh", "普通话（合成）", "cmn-latn-pinyin", 150, func(c phrase.Clip) string { return c.Pinyin }},
	{"en", "English (synthesised)", "en-gb", 150, func(c phrase.Clip) string { return c.Text }},
}

func main() {
	to := flag.String("to", filepath.Join("hall", "voice", "shipped", "packs"), "the `folder` to write to")
	clips := flag.String("clips", "", "also write each clip as a WAV file, to a folder of its language in this `folder`")
	flag.Parse()
	if err := run(context.Background(), *to, *clips); err != nil {
		fmt.Fprintln(os.Stderr, "voice:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, to, clips string) error {
	told, err := exec.CommandContext(ctx, "espeak-ng", "--version").Output()
	if err != nil {
		return fmt.Errorf("espeak-ng is needed (build/setup.sh voice): %w", err)
	}
	if !strings.Contains(string(told), version) {
		return fmt.Errorf("espeak-ng %s is needed, this is %s", version, strings.TrimSpace(string(told)))
	}
	for _, v := range voices {
		if err := v.make(ctx, to, clips); err != nil {
			return fmt.Errorf("%s: %w", v.lang, err)
		}
	}
	return nil
}

// make writes the file of one language.
func (v *voice) make(ctx context.Context, to, clips string) error {
	m := pack.Manifest{Format: 1, Language: v.lang, Title: v.title, Origin: pack.Synthesised, Made: made, Rate: rate, Licence: v.licence(),
		Consent: pack.Consent{Given: true, Sentence: pack.ConsentSentence(pack.Synthesised).ZH}}
	sounds, length := map[string]sound.Sound{}, time.Duration(0)
	for _, c := range phrase.Clips(v.lang) {
		s, err := v.clip(ctx, c)
		if err != nil {
			return fmt.Errorf("%s (%s): %w", c.Name, v.read(c), err)
		}
		file := c.Name + ".wav"
		m.Clips = append(m.Clips, pack.NewEntry(c, file, s.WAV(), s))
		sounds[file] = s
		length += s.Duration()
		if err := keep(clips, v.lang, file, s); err != nil {
			return err
		}
	}
	data, err := shipped.Write(m, sounds)
	if err != nil {
		return err
	}
	file := filepath.Join(to, v.lang+".zip")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d clips, %.1f s, %d bytes\n", file, len(sounds), length.Seconds(), len(data))
	return nil
}

// keep writes a clip for those who want to hear or to measure it.
func keep(clips, lang, file string, s sound.Sound) error {
	if clips == "" {
		return nil
	}
	dir := filepath.Join(clips, lang)
	return errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, file), s.WAV(), 0o644))
}

// clip speaks one clip.
func (v *voice) clip(ctx context.Context, c phrase.Clip) (sound.Sound, error) {
	file, err := os.CreateTemp("", "voice-*.wav")
	if err != nil {
		return sound.Sound{}, err
	}
	defer os.Remove(file.Name())
	_ = file.Close() // the synthesiser writes it
	speak := exec.CommandContext(ctx, "espeak-ng", "-v", v.name, "-s", strconv.Itoa(v.speed), "-z", "-w", file.Name(), "--", v.read(c))
	if told, err := speak.CombinedOutput(); err != nil {
		return sound.Sound{}, fmt.Errorf("espeak-ng: %w: %s", err, told)
	}
	wav, err := os.ReadFile(file.Name())
	if err != nil {
		return sound.Sound{}, err
	}
	s, err := sound.Decode(wav)
	if err != nil {
		return sound.Sound{}, err
	}
	s = shipped.Reduce(s.Resample(rate).Trim().Level(sound.Loudness))
	if _, fault := pack.Check(c, rate, s.WAV()); fault != nil {
		return sound.Sound{}, fault
	}
	return s, nil
}

func (v *voice) licence() string {
	return fmt.Sprintf(`Made by espeak-ng %s (voice %s), which is under the GNU General Public License, version 3 or later (https://github.com/espeak-ng/espeak-ng). `+
		`The licence of that program is not thought to reach what it says; of the recorded noises of consonants that it mixes in, nobody has said so expressly. `+
		`This project claims no right of its own in these clips. docs/voice.md tells more, and how to do without them.`, version, v.name)
}
