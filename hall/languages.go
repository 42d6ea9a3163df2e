package hall

import "petitionhall/hall/languages"

// Languages are those that a visitor may choose, with what the hall wrote of them.
func (h *Hall) Languages() *languages.Shelf { return h.languages }
