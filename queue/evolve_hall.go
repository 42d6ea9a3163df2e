package queue

import "slices"

// configure gives the day another configuration. Nobody who holds a number
// loses anything by it: the open tickets of a service that goes belong to the
// general one from then on, with number and arrival, and what waited for a
// window that goes waits for the service.
func (s *State) configure(c *Configuration) {
	for _, w := range s.sortedWindows() {
		if _, stays := c.Window(w.ID); !stays {
			s.closeWindow(w)
		}
	}
	s.Configuration = c
	for _, w := range s.sortedWindows() {
		w.last = nil // what a call had counted was counted by other services and another order
		s.configureWindow(w)
	}
	for i := range c.Windows {
		id := c.Windows[i].ID
		if _, known := s.windows[id]; !known {
			s.windows[id] = &Window{ID: id}
			s.lineup.seat(id, c.Windows[i].Services)
		}
	}
	for _, t := range s.tickets {
		if !t.State.Terminal() {
			s.rehome(t)
		}
	}
}

// configureWindow fits a window of before to the configuration. A window that
// was there keeps its seat, closed, so that a number it missed still knows where it was.
func (s *State) configureWindow(w *Window) {
	config, stays := s.windowConfig(w.ID)
	if !stays {
		s.lineup.seat(w.ID, nil)
		delete(s.windows, w.ID)
		return
	}
	s.cover(w, slices.DeleteFunc(slices.Clone(w.Covers), func(id ServiceID) bool {
		_, known := s.Configuration.Service(id)
		return !known || config.serves(id)
	}))
}

// rehome gives an open ticket a service that there is, and takes it from a
// window that no longer takes its service.
func (s *State) rehome(t *Ticket) {
	service, bound := t.Service, t.Window
	if _, known := s.Configuration.Service(service); !known {
		service = s.Configuration.General
	}
	if t.State == Waiting && bound != "" {
		if config, ok := s.windowConfig(bound); !ok || !config.serves(service) {
			bound = ""
		}
	}
	if service == t.Service && bound == t.Window {
		return
	}
	if t.State != Waiting {
		t.Service = service
		return
	}
	was := t.entry()
	t.Service, t.Window = service, bound
	s.lineup.move(was, t.entry())
}
