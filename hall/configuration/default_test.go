package configuration_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"petitionhall/hall/configuration"
	"petitionhall/queue"
)

func TestDefaultIsTheCountysHall(t *testing.T) {
	c := configuration.Default()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	ids := strings.Fields(`general housing natural-resources civil-affairs social-security public-security justice court procuratorate
		discipline agriculture urban-management education health medical-insurance transport water forestry market-regulation veterans`)
	series := strings.Fields("A B C D V F G H A A L M N P Q Y S T U W")
	if len(c.Services) != len(ids) || len(c.Windows) != len(ids) {
		t.Fatalf("got %d services and %d windows, want %d of each", len(c.Services), len(c.Windows), len(ids))
	}
	for i, id := range ids {
		s, w := c.Services[i], c.Windows[i]
		if string(s.ID) != id || s.Topic.Icon != id || s.Series != series[i] {
			t.Errorf("service %d is %s with icon %s and series %s, want %s and series %s", i+1, s.ID, s.Topic.Icon, s.Series, id, series[i])
		}
		if w.ID != queue.WindowID(fmt.Sprint(i+1)) || w.Number != i+1 || len(w.Services) != 1 || w.Services[0] != s.ID || w.Presence != queue.Resident {
			t.Errorf("window %d is %+v", i+1, w)
		}
	}
	rules := queue.Rules{RecallSeconds: 10, MissCalls: 3, MissSeconds: 60, RejoinAfter: 3, PriorityRun: 2, PassOver: 5, UndoSeconds: 20, KeepDays: 30}
	if c.General != "general" || c.TimeZone != "Asia/Shanghai" || c.Slot != "below" || c.PublicAddress != "" || c.Rules != rules {
		t.Errorf("general %q, zone %q, slot %q, address %q, rules %+v", c.General, c.TimeZone, c.Slot, c.PublicAddress, c.Rules)
	}
}

func TestDefaultFitsTheScreens(t *testing.T) {
	for _, s := range configuration.Default().Services {
		for _, limit := range []struct {
			what, text string
			most       int
		}{
			{"head", s.Topic.Head.ZH, 9}, // of a tile
			{"English head", s.Topic.Head.EN, 22},
			{"short name", s.Name.ZH, 4}, // of a window's strip
			{"English short name", s.Name.EN, 22},
		} {
			if n := utf8.RuneCountInString(limit.text); n < 1 || n > limit.most {
				t.Errorf("%s: its %s %q has %d characters, want 1 to %d", s.ID, limit.what, limit.text, n, limit.most)
			}
		}
	}
}

func TestDefaultKeepsDiscretion(t *testing.T) {
	c := configuration.Default()
	general, _ := c.Service(c.General)
	for i := range c.Windows {
		w := &c.Windows[i]
		if discreet := w.Number == 9 || w.Number == 10; c.Discreet(w) != discreet {
			t.Errorf("window %d: discreet is %t", w.Number, !discreet)
		} else if !discreet {
			continue
		}
		if w.PublicName != (queue.Text{ZH: "接待", EN: "Reception"}) {
			t.Errorf("window %d is called %v in public", w.Number, w.PublicName)
		}
		if s, _ := c.Service(w.Services[0]); s.Series != general.Series {
			t.Errorf("window %d would be known by its letter %s", w.Number, s.Series)
		}
	}
}

// Every way of a visitor has to lead to a window.
func TestDefaultLeadsSomewhere(t *testing.T) {
	c := configuration.Default()
	asked := 0
	for _, s := range c.Services {
		if len(c.WindowsOf(s.ID)) == 0 {
			t.Errorf("no window serves %s", s.ID)
		}
		q := s.Topic.Question
		if q == nil {
			continue
		}
		asked++
		leads := map[queue.ServiceID]bool{}
		for _, a := range q.Answers {
			if leads[a.Service] {
				t.Errorf("%s: two answers lead to %s", s.ID, a.Service)
			}
			leads[a.Service] = true
		}
		if delete(leads, s.ID); len(leads) == 0 {
			t.Errorf("%s: its question leads nowhere else", s.ID)
		}
	}
	if asked != 11 {
		t.Errorf("%d questions are asked, want 11", asked)
	}
	// The words of the kiosk's page of common words.
	for _, word := range strings.Fields("讨工钱 房产证 征地 低保 社保 医保 户口 打官司 宅基地 山界 没水喝 村里的账 村里的路 村干部 假货 学校 医院 车祸 补贴 法律援助 违建 垃圾 物业 养老金 退伍") {
		if !found(c, word) {
			t.Errorf("nothing is found by %s", word)
		}
	}
}

func found(c *queue.Configuration, word string) bool {
	for _, s := range c.Services {
		for _, w := range s.Topic.Words {
			if w == word {
				return true
			}
		}
	}
	return false
}

func TestDefaultIsWrittenInBothLanguagesAndByTheRules(t *testing.T) {
	for what, text := range texts(configuration.Default()) {
		if text.ZH == "" || text.EN == "" {
			t.Errorf("%s is %+v: both languages belong there", what, text)
		}
		checkChinese(t, what, text.ZH)
		for _, r := range text.EN {
			if r > unicode.MaxASCII {
				t.Errorf("%s: %q stands in the English %q", what, r, text.EN)
			}
		}
	}
	for _, s := range configuration.Default().Services {
		for _, word := range s.Topic.Words {
			checkChinese(t, string(s.ID)+" words", word)
		}
	}
}

// checkChinese holds the hall's rules of wording: full-width punctuation, no
// blanks, and none of the words that only offices use.
func checkChinese(t *testing.T, what, text string) {
	t.Helper()
	for _, r := range text {
		if r <= unicode.MaxASCII && !unicode.IsDigit(r) {
			t.Errorf("%s: %q stands in the Chinese %q", what, r, text)
		}
	}
	for _, word := range strings.Fields("残补 法援 慢特病 预付卡 权属 随叫随驻 拿号 抽号") {
		if strings.Contains(text, word) {
			t.Errorf("%s: %s in %q is office talk", what, word, text)
		}
	}
}

// texts are all wordings of a configuration, each with what it is.
func texts(c *queue.Configuration) map[string]queue.Text {
	all := map[string]queue.Text{"name": c.Name, "serviceDesk": c.ServiceDesk}
	for _, s := range c.Services {
		id := string(s.ID)
		all[id+" name"], all[id+" full name"] = s.Name, s.FullName
		all[id+" head"], all[id+" about"] = s.Topic.Head, s.Topic.About
		if q := s.Topic.Question; q != nil {
			all[id+" question"] = q.Ask
			for i, a := range q.Answers {
				all[fmt.Sprintf("%s answer %d", id, i+1)] = a.Label
			}
		}
	}
	for _, w := range c.Windows {
		if w.PublicName != (queue.Text{}) {
			all["window "+string(w.ID)] = w.PublicName
		}
	}
	return all
}
