package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rhumb/tests/differential/engines"
	"rhumb/tests/differential/generate"
	"rhumb/tests/oracle/recorder/oracle"
	"rhumb/tests/oracle/recorder/rows"
)

// enough is how often every function is to meet every kind of argument, for
// so many cases.
const enough, enoughCases = 100, 500000

// meeting is a function with a kind of argument.
type meeting struct{ reached, succeeded, differed int }

// count is what became of the cases of a mode.
type count struct{ cases, succeeded, failed, random, known, unusable, different int }

// report gathers what the workers say.
type report struct {
	modes     map[string]*count
	meetings  [][]meeting // by function and kind
	found     map[string]message
	kinds     map[int]string // of found, by the number of the case
	differing int
	small     int
	helmEnded int
	cases     int
}

func newReport() *report {
	r := &report{modes: map[string]*count{}, found: map[string]message{}, kinds: map[int]string{}}
	for range generate.Functions() {
		r.meetings = append(r.meetings, make([]meeting, len(generate.Kinds())))
	}
	return r
}

// hasEnough tells whether so many differences were found, and made small.
func (r *report) hasEnough(enough int) bool { return enough > 0 && r.small >= enough }

func (r *report) take(m message) {
	if m.Small {
		r.small++
		r.keep(m)
		return
	}
	r.cases++
	if r.cases%50000 == 0 {
		fmt.Printf("%d cases, %d differ\n", r.cases, r.differing)
	}
	c := r.modes[m.Mode]
	if c == nil {
		c = &count{}
		r.modes[m.Mode] = c
	}
	c.cases++
	switch {
	case m.Outcome.Verdict == engines.Unusable:
		c.unusable++
		return
	case m.Outcome.Verdict == engines.Random:
		c.random++
	case m.Outcome.Verdict == engines.Known:
		c.known++
	case m.Outcome.Verdict == engines.Different:
		c.different++
		r.differing++
		r.keep(m)
	}
	if m.Outcome.Helm.Failed {
		c.failed++
	} else {
		c.succeeded++
	}
	r.meet(m)
}

// keep remembers one of each kind of difference, the smallest.
func (r *report) keep(m message) {
	if m.Small { // in place of what it was made of
		delete(r.found, r.kinds[m.Index])
	}
	kind := signature(m)
	r.kinds[m.Index] = kind
	old, known := r.found[kind]
	if !known || size(m) < size(old) {
		r.found[kind] = m
	}
}

func size(m message) int {
	n := len(m.Row.Template.Data) + len(m.Row.Values.Data)
	if !m.Small {
		n += 1000000
	}
	return n
}

var lineRule = regexp.MustCompile(`c/templates/t\.yaml:(\d+):`)

// meet counts the arguments of the calls that were reached: the lines as far
// as the one that failed.
func (r *report) meet(m message) {
	last := 1 << 30
	if m.Outcome.Helm.Failed {
		last = 0 // not even parsed
		if at := lineRule.FindStringSubmatch(m.Outcome.Helm.Text); at != nil {
			last, _ = strconv.Atoi(at[1])
		}
	}
	for _, u := range m.Uses {
		if u.Line > last {
			continue
		}
		met := &r.meetings[u.Function][u.Kind]
		met.reached++
		if !m.Outcome.Helm.Failed || u.Line < last {
			met.succeeded++
		}
		if m.Outcome.Verdict == engines.Different {
			met.differed++
		}
	}
}

func (r *report) write(folder string) error {
	r.print()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	save := func(name, text string) error { return os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644) }
	table, both := r.differences()
	return errors.Join(save("coverage.tsv", r.coverage()), save("differences.rows", table), save("differences.txt", both))
}

func (r *report) print() {
	var all count
	for _, name := range append(generate.Modes(), "mutated") {
		c := r.modes[name]
		if c == nil {
			continue
		}
		fmt.Printf("%-8s %7d cases, %5.1f %% succeed, %d differ, %d known gaps, %d random in Helm, %d too long\n",
			name, c.cases, percent(c.succeeded, c.cases), c.different, c.known, c.random, c.unusable)
		all.cases += c.cases
		all.succeeded += c.succeeded
		all.random += c.random
		all.known += c.known
		all.unusable += c.unusable
	}
	fmt.Printf("%-8s %7d cases, %5.1f %% succeed, %d differ, %d known gaps, %d random in Helm, %d too long, Helm ended %d times\n",
		"all", all.cases, percent(all.succeeded, all.cases), r.differing, all.known, all.random, all.unusable, r.helmEnded)
	if len(r.modes) == len(generate.Modes()) {
		r.printScarce(all.cases)
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

// printScarce names what was met too seldom.
func (r *report) printScarce(cases int) {
	wanted := enough * cases / enoughCases
	least, scarce := 1<<30, []string{}
	for f, name := range generate.Functions() {
		for k, kind := range generate.Kinds() {
			n := r.meetings[f][k].reached
			least = min(least, n)
			if n < wanted {
				scarce = append(scarce, fmt.Sprintf("%s with %s: %d", name, kind, n))
			}
		}
	}
	fmt.Printf("every function met every kind of argument at least %d times; %d wanted, too seldom: %d pairs\n", least, wanted, len(scarce))
	for _, s := range scarce[:min(len(scarce), 20)] {
		fmt.Println("  " + s)
	}
}

func (r *report) coverage() string {
	var b strings.Builder
	b.WriteString("function\tkind\treached\tsucceeded %\tdiffered\n")
	for f, name := range generate.Functions() {
		for k, kind := range generate.Kinds() {
			m := r.meetings[f][k]
			fmt.Fprintf(&b, "%s\t%s\t%d\t%.1f\t%d\n", name, kind, m.reached, percent(m.succeeded, m.reached), m.differed)
		}
	}
	return b.String()
}

// differences are a table, and a text with both answers.
func (r *report) differences() (string, string) {
	var kinds []string
	for kind := range r.found {
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, func(a, b string) int { return r.found[a].Index - r.found[b].Index })
	table := &rows.Table{Comments: []string{"# found by the generator"}}
	var both strings.Builder
	seen := map[string]bool{}
	for _, kind := range kinds {
		m := r.found[kind]
		if seen[m.Row.Template.Data] {
			continue
		}
		seen[m.Row.Template.Data] = true
		m.Row.SetResult(m.Outcome.Helm.Text, nil)
		if m.Outcome.Helm.Failed {
			m.Row.SetResult("", errors.New(m.Outcome.Helm.Text))
		}
		table.Rows = append(table.Rows, m.Row)
		one := (&rows.Table{Rows: []*rows.Row{m.Row}}).Format(oracle.Version())
		fmt.Fprintf(&both, "%s-- rhumb (failed: %v)\n%.2000q\n", one[strings.Index(one, "\n")+1:], m.Outcome.Rhumb.Failed, m.Outcome.Rhumb.Text)
		if m.Outcome.Helm.Log != m.Outcome.Rhumb.Log {
			fmt.Fprintf(&both, "-- log of helm\n%s-- log of rhumb\n%s", m.Outcome.Helm.Log, m.Outcome.Rhumb.Log)
		}
		both.WriteString("\n")
	}
	return table.Format(oracle.Version()), both.String()
}
