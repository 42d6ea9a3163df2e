package printer

import (
	"fmt"
	"image"
	"time"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
	"petitionhall/printer/template"
)

// CheckTemplate tells whether a text is a template for the slip of that name.
// Every error is an [*Error] with the code printer.template-invalid, or
// printer.template-unknown.
func CheckTemplate(name, text string) error {
	if _, ok := template.Builtin(name); !ok {
		return &Error{Code: "printer.template-unknown", Text: fmt.Sprintf("there is no slip %q", name)}
	}
	if _, err := template.Parse(name, text); err != nil {
		return &Error{Code: "printer.template-invalid", Text: "the slip's template is wrong", Err: err}
	}
	return nil
}

// Sample is a slip to try a template with; ok is false for an unknown name.
func Sample(name, hall string, at time.Time) (slip Slip, ok bool) {
	slip = Slip{
		Kind: KindTicket, Hall: hall, Number: "C012", Windows: []Window{{Number: 3, Name: "自然资源"}}, Ahead: 4,
		Wait: &Wait{Low: 10, High: 25}, Persons: 3, IssuedAt: at, Track: "HTTP://10.0.0.5/T/7KQ2MZ9XW4", RejoinAfter: 3,
	}
	switch name {
	case "ticket":
	case "large":
		slip.Large = true
	case "transfer":
		slip.Kind, slip.Windows = KindTransfer, []Window{{Number: 5, Name: "人社"}}
	case "outcome":
		slip.Kind, slip.Referred, slip.ReferredTo = KindOutcome, true, "自然资源"
	case "day":
		slip = Slip{Kind: KindDay, Hall: hall, IssuedAt: at, Day: &Day{
			Date: at.Format(time.DateOnly), Issued: 400, Done: 385, Served: 385, Resolved: 169, Referred: 216, Cancelled: 9, Left: 4, Deferred: 2, Persons: 902,
		}}
	case "test":
		slip = TestSlip()
		slip.IssuedAt = at
	default:
		return Slip{}, false
	}
	return slip, true
}

// Preview is a slip as it would be printed on paper of 80 or 58 mm: the very
// bytes, and the picture that they make. A slip whose template is wrong is an
// error here, where a printer would fall back to the usual one.
func Preview(slip Slip, millimetres int) (data []byte, picture image.Image, err error) {
	name, ok := slip.TemplateName()
	if !ok {
		return nil, nil, &Error{Code: "printer.template-unknown", Text: fmt.Sprintf("there is no slip %q", slip.Kind)}
	}
	if slip.Template != "" {
		if err := CheckTemplate(name, slip.Template); err != nil {
			return nil, nil, err
		}
	}
	columns := escpos.Columns80
	if millimetres == 58 {
		columns = escpos.Columns58
	}
	data, _ = Profile{Columns: columns}.encode(slip)
	sheets, err := escpos.Read(data, columns)
	if err != nil {
		return nil, nil, &Error{Code: "printer.template-invalid", Text: "the slip does not fit the paper", Err: err}
	}
	if len(sheets) == 0 {
		return nil, nil, &Error{Code: "printer.template-invalid", Text: "the slip is empty"}
	}
	return data, drawnBy(pen()).Draw(sheets[0]), nil
}

// drawnBy is the pen, or one that draws boxes where there is no font.
func drawnBy(p *picture.Pen) *picture.Pen {
	if p == nil {
		p, _ = picture.NewPen() // without a font it works all the same
	}
	return p
}
