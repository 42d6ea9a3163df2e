package printer

import "time"

// ticket is the full slip of a usual visit.
func ticket() Slip {
	return Slip{
		Kind:        KindTicket,
		Hall:        "芷江信访超市",
		Number:      "C012",
		Windows:     []Window{{Number: 3, Name: "自然资源"}},
		Ahead:       4,
		Wait:        &Wait{Low: 10, High: 25},
		Persons:     3,
		IssuedAt:    time.Date(2026, 3, 2, 9, 41, 0, 0, time.FixedZone("CST", 8*3600)),
		Track:       "HTTP://10.0.0.5/T/7KQ2MZ9XW4",
		Language:    "zh",
		RejoinAfter: 3,
	}
}
