package printer

import (
	"strings"

	"petitionhall/printer/escpos"
)

// test lays out the page of [TestSlip]. Each line says what it should look
// like, so that an installer sees what differs.
func (p *page) test(s Slip) {
	p.line(escpos.Span{Text: "打印测试", Width: 2, Height: 2})
	p.add(escpos.Feed{Dots: 8})
	p.say(s.IssuedAt.Format("2006-01-02 15:04:05"), "")
	p.add(escpos.Feed{Dots: 12})
	p.line(escpos.Span{Text: strings.Repeat("1234567890", 5)[:p.columns]})
	p.say("上面一行应从左边到右边，不换行", "")
	p.add(escpos.Feed{Dots: 12})
	for size := 1; size <= 4; size++ {
		p.line(escpos.Span{Text: "C012号", Width: size, Height: size})
	}
	p.line(escpos.Span{Text: "宽", Width: 2}, escpos.Span{Text: "高", Height: 2}, escpos.Span{Text: "反白", Reverse: true})
	p.add(escpos.Feed{Dots: 8})
	p.say("芷江侗族自治县，。：？、“”￥", "")
	if escpos.FitsQR(s.Track) {
		p.add(escpos.Feed{Dots: 16}, escpos.QR{Text: s.Track}, escpos.Feed{Dots: 16})
		p.say("手机应能扫出上面的码", "")
	}
	p.say("最后切纸", "")
}
