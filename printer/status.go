package printer

// statusOf is what the answers to DLE EOT 2, 3 and 4 say together. The cover
// comes before the paper: with the cover open most printers also see no paper.
func statusOf(offline, fault, paper byte) Status {
	s := Status{State: OK, Paper: PaperEnough}
	switch {
	case paper&0x60 != 0 || offline&0x20 != 0:
		s.Paper = PaperGone
	case paper&0x0c != 0:
		s.Paper = PaperNearEnd
	}
	switch {
	case offline&0x04 != 0:
		s.State, s.Reason = CoverOpen, ReasonCoverOpen
	case s.Paper == PaperGone:
		s.State, s.Reason = PaperOut, ReasonPaperOut
	case offline&0x40 != 0:
		s.State, s.Reason = Faulty, faultReason(fault)
	}
	return s
}

// troubleOf is what an automatic status says of trouble; empty when there is none.
func troubleOf(status [4]byte) Reason {
	offline, fault, paper := status[0], status[1], status[2]
	switch {
	case offline&0x20 != 0:
		return ReasonCoverOpen
	case paper&0x0c != 0:
		return ReasonPaperOut
	case offline&0x08 != 0 || fault&0x6c != 0:
		return faultReason(fault)
	}
	return ""
}

func faultReason(fault byte) Reason {
	switch {
	case fault&0x08 != 0:
		return ReasonCutter
	case fault&0x04 != 0:
		return ReasonJam
	case fault&0x40 != 0:
		return ReasonOverheated
	}
	return ReasonError
}
