package hall

import "petitionhall/hall/help"

// Help is where visitors at kiosks ask for a person.
func (h *Hall) Help() *help.Desk { return h.help }
