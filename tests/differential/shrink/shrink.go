// Package shrink makes rows as small as they can be while they still show
// something.
package shrink

import (
	"slices"
	"strings"
	"time"

	"rhumb/tests/oracle/recorder/rows"
)

// patience is how long one row may take.
const patience = 6 * time.Second

type shrinker struct {
	row   *rows.Row
	shows func(*rows.Row) bool
	until time.Time
}

// Row takes away from a row what is not needed for it to show something.
func Row(row *rows.Row, shows func(*rows.Row) bool) *rows.Row {
	s := &shrinker{row, shows, time.Now().Add(patience)}
	for before := ""; before != content(s.row) && !s.late(); {
		before = content(s.row)
		s.sections()
		s.files()
		s.text(func(r *rows.Row) *string { return &r.Template.Data })
		for _, section := range sections {
			s.text(func(r *rows.Row) *string { return &section(r).Data })
		}
		for i := range s.row.Files {
			s.text(func(r *rows.Row) *string { return &r.Files[i].Data })
		}
	}
	return s.row
}

var sections = []func(*rows.Row) *rows.Text{
	func(r *rows.Row) *rows.Text { return &r.UserValues },
	func(r *rows.Row) *rows.Text { return &r.Flags },
	func(r *rows.Row) *rows.Text { return &r.Chart },
	func(r *rows.Row) *rows.Text { return &r.Values },
}

func content(r *rows.Row) string {
	parts := []string{r.Template.Data, r.Values.Data, r.UserValues.Data, r.Flags.Data, r.Chart.Data}
	for _, f := range r.Files {
		parts = append(parts, f.Path, f.Data)
	}
	return strings.Join(parts, "\x00")
}

func (s *shrinker) late() bool { return time.Now().After(s.until) }

func copyOf(r *rows.Row) *rows.Row {
	c := *r
	c.Files = slices.Clone(r.Files)
	return &c
}

// try takes a smaller row when it shows the same.
func (s *shrinker) try(smaller *rows.Row) bool {
	if s.late() || !s.shows(smaller) {
		return false
	}
	s.row = smaller
	return true
}

func (s *shrinker) sections() {
	for _, section := range sections {
		if section(s.row).Given {
			smaller := copyOf(s.row)
			*section(smaller) = rows.Text{}
			s.try(smaller)
		}
	}
}

func (s *shrinker) files() {
	for i := len(s.row.Files) - 1; i >= 0; i-- {
		smaller := copyOf(s.row)
		smaller.Files = slices.Delete(smaller.Files, i, i+1)
		s.try(smaller)
	}
}

// text shrinks one of the texts of the row: first by what belongs together,
// then by words, then by characters.
func (s *shrinker) text(of func(*rows.Row) *string) {
	try := func(text string) bool {
		smaller := copyOf(s.row)
		*of(smaller) = text
		return s.try(smaller)
	}
	now := func() string { return *of(s.row) }
	for s.groups(now, try) && !s.late() {
	}
	s.pieces(words(now()), try)
	s.pieces(strings.Split(now(), ""), try)
}

// groups takes groups out, the longest first, or puts something simple or a
// part of theirs in their place. It says whether it found something.
func (s *shrinker) groups(now func() string, try func(string) bool) bool {
	text := now()
	found := groups(text)
	for _, g := range found {
		for _, other := range replacements(text, g, found) {
			if len(other) < g.end-g.start && try(text[:g.start]+other+text[g.end:]) {
				return true
			}
			if s.late() {
				return false
			}
		}
	}
	return false
}

// pieces takes out as many of them as it can: runs of half of them first,
// then of a quarter, down to single ones.
func (s *shrinker) pieces(list []string, try func(string) bool) {
	for size := (len(list) + 1) / 2; size > 0; size /= 2 {
		for at := 0; at < len(list) && !s.late(); {
			end := min(at+size, len(list))
			less := slices.Concat(list[:at], list[end:])
			if try(strings.Join(less, "")) {
				list = less
			} else {
				at = end
			}
		}
	}
}
