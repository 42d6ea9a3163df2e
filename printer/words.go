package printer

// Words are a sentence in both languages.
type Words struct{ ZH, EN string }

// reasonWords are for the desk, the windows and the installer, never for a
// visitor.
var reasonWords = map[Reason]Words{
	ReasonPaperOut:     {"没纸了，请换纸", "out of paper: put in a new roll"},
	ReasonCoverOpen:    {"盖子没盖好", "the cover is open"},
	ReasonJam:          {"卡纸了", "the paper is jammed"},
	ReasonCutter:       {"切刀卡住了", "the cutter is stuck"},
	ReasonOverheated:   {"打印头过热，等它凉下来", "the print head is too hot: let it cool down"},
	ReasonError:        {"打印机报错，请看打印机上的灯", "the printer reports an error: look at its lights"},
	ReasonSilent:       {"打印机没回应，请看电源和线", "the printer does not answer: look at power and cable"},
	ReasonUnconfirmed:  {"打印机没说打完没有，请看出纸口", "the printer did not say that it finished: look at the slot"},
	ReasonSlipWaiting:  {"小票还在出纸口", "a slip is still in the slot"},
	ReasonUnplugged:    {"打印机的线断开了", "the printer was unplugged"},
	ReasonStuck:        {"打印机不收数据了，请看电源和线", "the printer takes no more data: look at power and cable"},
	ReasonPortMissing:  {"找不到打印机的接口，请看线和设置", "there is no such port: look at the cable and the setting"},
	ReasonPortDenied:   {"没有权限使用打印机的接口", "no right to use the port (on Linux: group dialout or lp)"},
	ReasonPortBusy:     {"打印机的接口被别的程序占用", "another program uses the port"},
	ReasonPortUnusable: {"这个接口接不了打印机，请看设置", "this is no port for a printer: look at the setting"},
	ReasonCancelled:    {"中途停下了", "it was stopped"},
	ReasonNotBegun:     {"开始打印没能登记上", "it could not be recorded that the slip begins"},
	ReasonClosed:       {"程序正在退出", "the program is ending"},
	ReasonInvalidSlip:  {"小票样式有错", "the slip's template is wrong"},
	ReasonNoPrinter:    {"没有设置打印机", "no printer is set up"},
	ReasonDirectory:    {"存小票的文件夹用不了", "the directory for slips cannot be used"},
	ReasonDiskFull:     {"磁盘满了", "the disk is full"},
}

// Words say a reason in a sentence.
func (r Reason) Words() Words {
	if w, ok := reasonWords[r]; ok {
		return w
	}
	return Words{ZH: string(r), EN: string(r)}
}

// Words say how a printer is.
func (s Status) Words() Words {
	switch {
	case s.State == OK && s.Reason == "" && s.Paper == PaperNearEnd:
		return Words{"纸快用完了，请备纸", "ready; the paper is nearly used up"}
	case s.State == OK && s.Reason == "":
		return Words{"正常", "ready"}
	case s.State == Uncertain:
		return Words{"还没有回应过；有的打印机只能收不能回，可以打一张试试", "it has not answered; some printers cannot, so try a test slip"}
	}
	return s.Reason.Words()
}

// Words say what became of a slip.
func (o Outcome) Words() Words {
	switch o.State {
	case Confirmed:
		return Words{"已打印，打印机确认过", "printed: the printer confirmed it"}
	case Sent:
		return Words{"已发送，打印机没有确认", "sent; the printer did not confirm it"}
	case Unknown:
		return o.because(Words{"不确定打出来没有", "it is not known whether it came out"})
	default:
		return o.because(Words{"没打出来", "not printed"})
	}
}

func (o Outcome) because(w Words) Words {
	if o.Reason == "" {
		return w
	}
	why := o.Reason.Words()
	return Words{w.ZH + "：" + why.ZH, w.EN + ": " + why.EN}
}
