package hall

import "petitionhall/hall/languages"

// Languages are those that a visitor may choose, with what the hall wrote of them.
func (h *Hall) Languages() *languages.Shelf { return h.languages }

// slipLanguage is the language in which slips are printed for a ticket: theirs are
// Chinese, with or without English, whatever language the pages spoke.
func (h *Hall) slipLanguage(tag string) string {
	if l, ok := h.languages.Language(tag); ok {
		return l.Fallback
	}
	return languages.Chinese
}
