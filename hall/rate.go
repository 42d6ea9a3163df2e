package hall

import (
	"path/filepath"
	"time"

	"petitionhall/hall/ratings"
	"petitionhall/hall/view"
	"petitionhall/queue/check"
)

// ratingsFile has the counts of ratings, in the data directory.
const ratingsFile = "ratings.json"

// openRatings finds what was counted. Who rated on an earlier day is forgotten at once.
func (h *Hall) openRatings() (err error) {
	if h.ratings, err = ratings.Open(h.path(ratingsFile), h.now(), h.options.Log); err != nil {
		return err
	}
	h.forgetRaters()
	return nil
}

func (h *Hall) today() string { return h.now().In(h.zone()).Format(time.DateOnly) }

// forgetRaters drops who has rated once their day is over.
func (h *Hall) forgetRaters() {
	if err := h.ratings.Forget(h.today()); err != nil {
		h.options.Log.Error("who rated on an earlier day could not be dropped; it is tried again in an hour", "cause", err)
	}
}

// Rate counts how content the holder of a ticket of the day was, once.
func (h *Hall) Rate(day, ticket string, score ratings.Score) error {
	return h.ratings.Rate(day, ticket, score)
}

// Rated tells whether a ticket of the day has rated.
func (h *Hall) Rated(day, ticket string) bool { return h.ratings.Given(day, ticket) }

// Ratings is how content the visitors of a day were.
func (h *Hall) Ratings(day string) view.Ratings {
	return view.OfRatings(day, h.ratings.Day(day), day < h.today())
}

// withRatings adds to a report what is wrong with the ratings of a data directory.
func withRatings(report check.Report, data string) (check.Report, error) {
	faults, err := ratings.Check(filepath.Join(data, ratingsFile))
	for _, fault := range faults {
		report.Violations = append(report.Violations, check.Violation{Rule: check.Ratings, What: fault})
	}
	return report, err
}
