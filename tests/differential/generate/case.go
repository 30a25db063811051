// Package generate makes random cases: templates, values, flags and charts.
//
// Case number n of a seed is always the same, so that any of them can be made
// without those before it.
package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// Use is an argument of a kind that a function is called with.
type Use struct {
	Function, Kind int // in Functions and Kinds
	Line           int // of the template, 1-based
}

// Case is a row with what it is to show.
type Case struct {
	Mode string
	Row  *rows.Row
	Uses []Use
}

// Source makes the cases of a seed.
type Source struct {
	Seed   uint64
	Models []*rows.Row // damaged copies of these are the cases; none: all modes in turn
	Only   string      // a mode; none: all of them
}

type mode struct {
	name  string
	share int // of a round
	make  func(w *writer, number int) *rows.Row
}

var modes = []mode{
	{"misfit", 20, (*writer).misfitRow},
	{"call", 10, (*writer).callRow},
	{"program", 4, (*writer).programRow},
	{"emit", 1, (*writer).emitRow},
	{"print", 1, (*writer).printRow},
	{"sort", 1, (*writer).sortRow},
	{"merge", 1, (*writer).mergeRow},
	{"set", 1, (*writer).setRow},
	{"chart", 1, (*writer).chartRow},
}

// round is how many cases the shares are of.
const round = 40

// Modes are the names of the modes.
func Modes() []string {
	var names []string
	for _, m := range modes {
		names = append(names, m.name)
	}
	return names
}

// pick finds the mode of a case and its number within the mode.
func (s *Source) pick(index int) (mode, int) {
	if at := slices.IndexFunc(modes, func(m mode) bool { return m.name == s.Only }); at >= 0 {
		return modes[at], index
	}
	turn, place := index/round, index%round
	for _, m := range modes {
		if place < m.share {
			return m, turn*m.share + place
		}
		place -= m.share
	}
	panic("the shares of the modes do not make a round")
}

// Case makes one of them.
func (s *Source) Case(index int) *Case {
	random := rand.New(rand.NewPCG(s.Seed, uint64(index)))
	if len(s.Models) > 0 {
		name := fmt.Sprintf("mutated-%d/%d", s.Seed, index)
		return &Case{Mode: "mutated", Row: mutate(random, name, s.Models)}
	}
	m, number := s.pick(index)
	w := &writer{Rand: random, atRoot: true}
	row := m.make(w, number)
	row.Name = fmt.Sprintf("%s-%d/%d", m.name, s.Seed, index)
	row.Template.Given = true
	c := &Case{Mode: m.name, Row: row}
	row.Template.Data, c.Uses = w.settle(row.Template.Data)
	return c
}

// call is a function in the text of a template, with the kinds of what it
// gets. In the text a mark with the call's number stands before its name, as
// long as the text is not settled.
type call struct {
	function int
	kinds    []int
}

const markStart, markEnd = '\x01', '\x02'

func (w *writer) mark(name string, kinds []int) string {
	at, found := slices.BinarySearch(table.names, name)
	if !found {
		return name
	}
	w.calls = append(w.calls, call{at, kinds})
	return string(markStart) + strconv.Itoa(len(w.calls)-1) + string(markEnd) + name
}

// settle takes the marks out and says where the calls stand.
func (w *writer) settle(text string) (string, []Use) {
	var b strings.Builder
	var uses []Use
	line := 1
	for i := 0; i < len(text); i++ {
		if text[i] != markStart {
			b.WriteByte(text[i])
			if text[i] == '\n' {
				line++
			}
			continue
		}
		end := i + strings.IndexByte(text[i:], markEnd)
		number, _ := strconv.Atoi(text[i+1 : end])
		for _, kind := range w.calls[number].kinds {
			if kind >= 0 {
				uses = append(uses, Use{w.calls[number].function, kind, line})
			}
		}
		i = end
	}
	return b.String(), uses
}

// unmarked is a text to be quoted, without marks.
func (w *writer) unmarked(text string) string {
	text, _ = w.settle(text)
	return text
}
