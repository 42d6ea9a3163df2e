// Package estimate replays the log of a real hall or call centre through the wait
// estimator of queue/forecast, and tells its error and hit rate beside the usual
// estimators. It is what `petitionhall estimate --log FILE.csv` does.
//
// A log is a table with the columns service, arrived, called, finished and
// windows, in any order; others are left alone, and an empty cell is unknown. Real
// logs are not clean: ends are missing, the count of windows jumps or is wrong,
// numbers are skipped, and nobody says which services share windows or in which
// order people are called. So nothing of this is believed beforehand. Several
// experts run the line forward, each on another belief (experts); they are mixed
// by how far off each was lately (blend), and the ends of the range follow what
// came (ends). What an expert believes is taken from what was seen to happen
// (pool, line), and at each arrival only from what had happened by then.
package estimate
