package hall

import "petitionhall/hall/voice/pack"

// Voices are those that the hall records.
func (h *Hall) Voices() *pack.Shelf { return h.voices }
