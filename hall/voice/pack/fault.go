package pack

import (
	"cmp"
	"fmt"
	"math"
)

// Fault is what is wrong with a pack or with one clip of it, in words for the
// person who looks after the hall. It is an error as well.
type Fault struct {
	// Clip is the clip's name; empty when the whole pack is at fault and nothing of it is used.
	Clip string `json:"clip,omitempty"`
	// Code is one of those in docs/voice.md, such as clip.stereo.
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// Error gives the English words.
func (f *Fault) Error() string {
	if f.Clip == "" {
		return f.EN
	}
	return f.Clip + ": " + f.EN
}

// faults holds the words of every code.
var faults = map[string]struct{ zh, en string }{
	"manifest.missing":   {"没有 manifest.json", "there is no manifest.json"},
	"manifest.too-large": {"manifest.json 太大", "manifest.json is too large"},
	"manifest.corrupt":   {"manifest.json 读不出来：%s", "manifest.json cannot be read: %s"},
	"manifest.field":     {"manifest.json 里的 %s 不对", "%s in manifest.json is wrong"},
	"pack.consent":       {"没有写明录音的人同意", "the speaker's agreement is not stated"},
	"pack.unknown":       {"没有这套声音", "there is no such voice"},
	"pack.exists":        {"已经有同名的声音", "there is a voice of this name already"},
	"pack.name":          {"名称只用小写字母、数字和短横线，最多32个", "a name has lower-case letters, digits and hyphens, at most 32"},
	"pack.too-many":      {"声音最多%d套，先删掉不用的", "there are %d voices already: delete one that is not used"},

	"clip.unknown":     {"这种语言没有这个片段", "the language has no such clip"},
	"clip.twice":       {"写了两次", "it stands twice"},
	"clip.path":        {"文件名 %q 不对", "%q is no name of a file in the folder"},
	"clip.missing":     {"文件不在", "its file is not there"},
	"clip.too-large":   {"文件太大", "its file is too large"},
	"clip.corrupt":     {"不是能用的WAV文件", "it is no readable WAV file"},
	"clip.truncated":   {"文件不完整", "its file ends too early"},
	"clip.not-pcm":     {"不是16位PCM", "it is not 16-bit PCM"},
	"clip.stereo":      {"是双声道，要单声道", "it has more than one channel"},
	"clip.checksum":    {"文件和清单对不上", "its file is not the one in the manifest"},
	"clip.mislabelled": {"这是“%s”的录音", "this is the recording of %s"},
	"clip.same":        {"和“%s”的录音一样", "it is the same recording as %s"},
	"clip.rate":        {"采样率是%d，应是%d", "its rate is %d Hz and should be %d Hz"},
	"clip.length":      {"长度和清单对不上", "its length is not the one in the manifest"},
	"clip.too-long":    {"长%.1f秒，最长%.1f秒", "it takes %.1f s, and at most %.1f s are meant"},
	"clip.too-short":   {"只有%.2f秒，最短%.2f秒", "it takes %.2f s, and at least %.2f s are meant"},
	"clip.silent":      {"几乎没有声音，请靠近一点再录", "hardly anything is heard in it; come closer and record it again"},
	"clip.clipped":     {"声音太大，破音了，请离远一点再录", "it is too loud and distorted; go further away and record it again"},
}

// Codes lists every code a Fault can have.
func Codes() []string {
	codes := make([]string, 0, len(faults))
	for code := range faults {
		codes = append(codes, code)
	}
	return codes
}

// fault makes a fault; values fill the words of both languages in their order.
func fault(clip, code string, values ...any) *Fault {
	words := faults[code]
	f := &Fault{Clip: clip, Code: code, ZH: words.zh, EN: words.en}
	if len(values) > 0 {
		f.ZH, f.EN = fmt.Sprintf(words.zh, values...), fmt.Sprintf(words.en, values...)
	}
	return f
}

// byClip orders faults: those of the pack first, then by clip and code.
func byClip(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.Clip, b.Clip), cmp.Compare(a.Code, b.Code))
}

func tenth(x float64) float64 { return math.Round(10*x) / 10 }
