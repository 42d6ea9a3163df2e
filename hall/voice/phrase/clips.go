package phrase

import (
	"fmt"
	"strings"
)

// Clip is one clip of a voice: what is to be read, and how long that may take.
type Clip struct {
	// Name is the clip's name in every pack: lower-case letters, digits and hyphens.
	Name string `json:"name"`
	// Group gathers clips that are read in one manner: words, windows, rooms, digits,
	// letters, numbers, times or notices.
	Group string `json:"group" enum:"words,windows,rooms,digits,letters,numbers,times,notices"`
	// Text is what is to be read; for a language other than zh and en, the Chinese
	// whose meaning is to be said.
	Text string `json:"text"`
	// Pinyin is how it sounds, with numbers for the tones as they are spoken; empty but for zh.
	Pinyin string `json:"pinyin,omitempty"`
	// Meaning is the same in the other of the two languages.
	Meaning string `json:"meaning"`
	// MinMillis and MaxMillis bound a clip without the silence around it.
	MinMillis int `json:"minMillis"`
	MaxMillis int `json:"maxMillis"`
}

// The names of the clips that do not count.
const (
	please     = "please"
	number     = "number"
	to         = "to"
	window     = "window"
	onceMore   = "once-more"
	ready      = "ready"
	youAreNext = "you-are-next"
	kept       = "kept"
	whenBack   = "when-back"
	saySo      = "say-so"
	moves      = "moves"
	sitNoNew   = "sit-no-new-number"
	paused     = "paused"
	allValid   = "all-valid"
	resumed    = "resumed"
	opened     = "opened"
	staff      = "staff"
	come       = "come-to-window"
	comeRoom   = "come-to-room"

	digitYao = "digit-yao"

	hundred    = "hundred"
	hundredAnd = "hundred-and"

	partNight     = "part-night"
	partMorning   = "part-morning"
	partNoon      = "part-noon"
	partAfternoon = "part-afternoon"
	partEvening   = "part-evening"
	half          = "half"
	minutes       = "minutes"
	forenoon      = "am"
	pastNoon      = "pm"
	atNoon        = "noon"
	midnight      = "midnight"

	until           = "until"
	ends            = "ends"
	everyone        = "everyone"
	closed          = "closed"
	morning         = "morning"
	leaderMorning   = "leader-morning"
	leaderAfternoon = "leader-afternoon"
	recovery        = "recovery"
)

// wholeWindows is up to which number the way to a window is a clip of its own:
// whole phrases sound best, and pieces reach every number.
const wholeWindows = 20

// entry is a clip in all languages. One that only one grammar uses has the other's
// words in brackets: they tell its meaning there.
type entry struct{ name, group, zh, pinyin, en string }

// fixed are the clips that do not count, in the order in which they are read.
// Pinyin has the tone changes of 一 and 不 written out and leaves third tones as they are.
var fixed = []entry{
	{please, "words", "请", "qing3", "(please)"},
	{number, "words", "号", "hao4", "number"},
	{onceMore, "words", "再叫一遍", "zai4 jiao4 yi2 bian4", "once more"},
	{ready, "words", "准备", "zhun3 bei4", "(get ready)"},
	{youAreNext, "words", "快到您了", "kuai4 dao4 nin2 le5", "you are next"},
	{kept, "words", "号给您留着", "hao4 gei3 nin2 liu2 zhe5", "your number is kept"},
	{whenBack, "words", "来了请", "lai2 le5 qing3", "when you are back, please tell"},
	{saySo, "words", "说一声", "shuo1 yi4 sheng1", "(tell us)"},
	{moves, "words", "转", "zhuan3", "moves to"},
	{sitNoNew, "words", "请坐着等，不用重新取号", "qing3 zuo4 zhe5 deng3, bu2 yong4 chong2 xin1 qu3 hao4", "please sit; no new number is needed"},
	{paused, "words", "暂停服务", "zan4 ting2 fu2 wu4", "is paused"},
	{allValid, "words", "号都有效，请坐着等", "hao4 dou1 you3 xiao4, qing3 zuo4 zhe5 deng3", "all numbers stay valid; please sit"},
	{resumed, "words", "恢复服务", "hui1 fu4 fu2 wu4", "is open again"},
	{opened, "words", "开始接待", "kai1 shi3 jie1 dai4", "is now open"},
	{staff, "words", "工作人员", "gong1 zuo4 ren2 yuan2", "staff of"},
	{come, "words", "到窗口", "dao4 chuang1 kou3", "please come to the window"},
	{comeRoom, "words", "(到接访室)", "", "please come to the room"},
	{to, "words", "到", "dao4", "please go to window"},
	{window, "words", "号窗口", "hao4 chuang1 kou3", "window"},

	{"to-joint", "rooms", "到联合接访室", "dao4 lian2 he2 jie1 fang3 shi4", "please go to the joint reception room"},
	{"to-leader", "rooms", "到领导接访室", "dao4 ling3 dao3 jie1 fang3 shi4", "please go to the leader's reception room"},
	{"to-mediation", "rooms", "到人民调解室", "dao4 ren2 min2 tiao2 jie3 shi4", "please go to the mediation room"},
	{"joint", "rooms", "联合接访室", "lian2 he2 jie1 fang3 shi4", "the joint reception room"},
	{"leader", "rooms", "领导接访室", "ling3 dao3 jie1 fang3 shi4", "the leader's reception room"},
	{"mediation", "rooms", "人民调解室", "ren2 min2 tiao2 jie3 shi4", "the mediation room"},

	{until, "times", "各位好，取号到", "ge4 wei4 hao3, qu3 hao4 dao4", "numbers are issued until"},
	{ends, "times", "结束", "jie2 shu4", "(is the end)"},
	{everyone, "times", "取了号的，都会接待", "qu3 le5 hao4 de5, dou1 hui4 jie1 dai4", "everyone who holds one will be received"},
	{partNight, "times", "凌晨", "ling2 chen2", "(in the small hours)"},
	{partMorning, "times", "上午", "shang4 wu3", "(in the morning)"},
	{partNoon, "times", "中午", "zhong1 wu3", "(at noon)"},
	{partAfternoon, "times", "下午", "xia4 wu3", "(in the afternoon)"},
	{partEvening, "times", "晚上", "wan3 shang5", "(in the evening)"},
	{half, "times", "半", "ban4", "(half past)"},
	{minutes, "times", "分", "fen1", "(minutes)"},
	{forenoon, "times", "(上午)", "", "a.m."},
	{pastNoon, "times", "(下午)", "", "p.m."},
	{atNoon, "times", "(中午十二点)", "", "noon"},
	{midnight, "times", "(零点)", "", "midnight"},

	{morning, "notices", "各位好，现在开始取号。取了号请坐着等，听叫号，看屏幕",
		"ge4 wei4 hao3, xian4 zai4 kai1 shi3 qu3 hao4. qu3 le5 hao4 qing3 zuo4 zhe5 deng3, ting1 jiao4 hao4, kan4 ping2 mu4",
		"Good morning. Numbers are now available. Please sit, listen and watch the screens"},
	{closed, "notices", "今天取号已经结束。取了号的请放心，都会接待",
		"jin1 tian1 qu3 hao4 yi3 jing1 jie2 shu4. qu3 le5 hao4 de5 qing3 fang4 xin1, dou1 hui4 jie1 dai4",
		"No more numbers today. Everyone who holds one will be received"},
	{leaderMorning, "notices", "今天上午有领导接访。想见领导的，请取领导接访号",
		"jin1 tian1 shang4 wu3 you3 ling3 dao3 jie1 fang3. xiang3 jian4 ling3 dao3 de5, qing3 qu3 ling3 dao3 jie1 fang3 hao4",
		"A leader receives visitors this morning. Please take a leader reception number"},
	{leaderAfternoon, "notices", "今天下午有领导接访。想见领导的，请取领导接访号",
		"jin1 tian1 xia4 wu3 you3 ling3 dao3 jie1 fang3. xiang3 jian4 ling3 dao3 de5, qing3 qu3 ling3 dao3 jie1 fang3 hao4",
		"A leader receives visitors this afternoon. Please take a leader reception number"},
	{recovery, "notices", "叫号正在恢复，请稍等，号都有效",
		"jiao4 hao4 zheng4 zai4 hui1 fu4, qing3 shao1 deng3, hao4 dou1 you3 xiao4",
		"Calling resumes shortly. All numbers stay valid"},
}

// How numbers sound.
var (
	chineseDigits  = strings.Split("零一二三四五六七八九", "")
	pinyinDigits   = strings.Fields("ling2 yi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3")
	englishDigits  = strings.Fields("zero one two three four five six seven eight nine")
	englishTeens   = strings.Fields("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	englishTens    = strings.Fields("zero ten twenty thirty forty fifty sixty seventy eighty ninety")
	chineseHours   = strings.Fields("零 一 两 三 四 五 六 七 八 九 十 十一 十二") // an hour is counted: 两点, where a window is 二号
	pinyinHours    = strings.Split("ling2,yi4,liang3,san1,si4,wu3,liu4,qi1,ba1,jiu3,shi2,shi2 yi1,shi2 er4", ",")
	pinyinHundreds = strings.Fields("- yi4 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3") // 一 changes its tone before 百
)

// table is every clip of all languages, in the order in which they are read.
func table() []entry {
	var all []entry
	for i, e := range fixed {
		if i > 0 && e.group == "rooms" && fixed[i-1].group == "words" {
			all = append(all, counted()...)
		}
		all = append(all, e)
	}
	return all
}

// counted are the clips of windows, digits, letters and numbers.
func counted() []entry {
	var all []entry
	for n := 1; n <= wholeWindows; n++ {
		all = append(all, entry{toWindow(n), "windows", "到" + chineseNumber(n) + "号窗口",
			"dao4 " + pinyinNumber(n) + " hao4 chuang1 kou3", "please go to window " + englishNumber(n)})
	}
	for d := range 10 {
		all = append(all, entry{digitClip(d), "digits", chineseDigits[d], pinyinDigits[d], englishDigits[d]})
		if d == 1 {
			all = append(all, entry{digitYao, "digits", "幺", "yao1", "(one)"})
		}
	}
	for l := 'A'; l <= 'Z'; l++ {
		all = append(all, entry{letterClip(string(l)), "letters", string(l), string(l), string(l)})
	}
	for n := 10; n < 100; n++ {
		switch {
		case n%10 == 0:
			all = append(all, entry{numberClip(n), "numbers", chineseNumber(n), pinyinNumber(n), englishNumber(n)})
		case n < 20:
			all = append(all, entry{numberClip(n), "numbers", "(" + chineseNumber(n) + ")", "", englishNumber(n)})
		}
	}
	for h := 1; h < 10; h++ {
		all = append(all, entry{numberClip(100 * h), "numbers", chineseDigits[h] + "百", pinyinHundreds[h] + " bai3", "(" + englishDigits[h] + " hundred)"})
	}
	all = append(all, entry{hundred, "numbers", "(百)", "", "hundred"}, entry{hundredAnd, "numbers", "(百零)", "", "hundred and"})
	for h, text := range chineseHours {
		all = append(all, entry{hourClip(h), "times", text + "点", pinyinHours[h] + " dian3", fmt.Sprintf("(%d o'clock)", h)})
	}
	return all
}

// chineseNumber, pinyinNumber and englishNumber name 1-99 as they are counted.
func chineseNumber(n int) string { return counting(n, chineseDigits, "十", "") }

func pinyinNumber(n int) string { return counting(n, pinyinDigits, "shi2", " ") }

func counting(n int, digits []string, ten, space string) string {
	var parts []string
	if n >= 20 {
		parts = append(parts, digits[n/10])
	}
	if n >= 10 {
		parts = append(parts, ten)
	}
	if n%10 > 0 {
		parts = append(parts, digits[n%10])
	}
	return strings.Join(parts, space)
}

func englishNumber(n int) string {
	switch {
	case n < 10:
		return englishDigits[n]
	case n < 20:
		return englishTeens[n-10]
	case n%10 == 0:
		return englishTens[n/10]
	default:
		return englishTens[n/10] + "-" + englishDigits[n%10]
	}
}

var (
	chineseClips = clipsOf(false)
	englishClips = clipsOf(true)
	chineseTexts = textsOf(chineseClips)
	englishTexts = textsOf(englishClips)
)

// Clips lists every clip of a language, in the order in which they are best read.
// A hall needs fewer: see Needed. The list is the caller's own.
func Clips(lang string) []Clip {
	clips := append([]Clip(nil), clipsIn(lang)...)
	if !mandarin(lang) {
		for i := range clips {
			clips[i].Pinyin = ""
		}
	}
	return clips
}

func clipsIn(lang string) []Clip {
	if English(lang) {
		return englishClips
	}
	return chineseClips
}

// gloss tells that a wording only explains what the other language says.
func gloss(text string) bool { return strings.HasPrefix(text, "(") }

func clipsOf(inEnglish bool) []Clip {
	var clips []Clip
	for _, e := range table() {
		c := Clip{Name: e.name, Group: e.group, Text: e.zh, Pinyin: e.pinyin, Meaning: strings.Trim(e.en, "()")}
		length := len(strings.Fields(e.pinyin))
		if inEnglish {
			c.Text, c.Pinyin, c.Meaning = e.en, "", strings.Trim(e.zh, "()")
			length = len(strings.Fields(e.en))
		}
		if gloss(c.Text) {
			continue
		}
		c.MinMillis, c.MaxMillis = bounds(length)
		clips = append(clips, c)
	}
	return clips
}

// bounds are wide: a slow speaker takes 0.6 s for a syllable, a word of another
// language may be longer, and nobody says a syllable in less than 60 ms. They are
// there to catch a clip that is another's, or a recording nobody stopped.
func bounds(length int) (low, high int) { return 60 + 60*length, 1500 + 600*length }

func textsOf(clips []Clip) map[string]string {
	texts := make(map[string]string, len(clips))
	for _, c := range clips {
		texts[c.Name] = c.Text
	}
	return texts
}
