// Package engines asks Helm and rhumb what they make of a row, and compares.
package engines

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"rhumb/tests/oracle/recorder/oracle"
	"rhumb/tests/oracle/recorder/rows"
)

// Answer is an output, or an error, and the lines of the log, sorted.
type Answer struct {
	Failed bool
	Text   string
	Log    string
}

// Verdict is what comparing gives.
type Verdict int

// What comparing gives.
const (
	Same      Verdict = iota
	Different         //
	Random            // Helm gives several answers, or time matters
	Known             // a gap that a recorded row names
	Unusable          // Helm says too much
)

const (
	// A longer answer says no more than a short one.
	longest = 200000
	// Go's maps are in another order each time, and some orders are seldom.
	repeats    = 100
	fewRepeats = 12
)

// Pair is both engines.
type Pair struct {
	Rhumb *Rhumb
	Quick bool // no more than a first look at whether Helm is random
	moved *Rhumb
}

// Close ends the processes.
func (p *Pair) Close() {
	p.Rhumb.Close()
	if p.moved != nil {
		p.moved.Close()
	}
}

// Outcome is a verdict with both answers.
type Outcome struct {
	Verdict Verdict
	Helm    Answer
	Rhumb   Answer
}

// lines are what Helm logs.
var lines bytes.Buffer

// CatchLog makes what Helm logs a part of its answers.
func CatchLog() {
	withoutTime := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
}

func helm(row *rows.Row) (Answer, error) {
	lines.Reset()
	answer, err := ask(row)
	logged := strings.SplitAfter(lines.String(), "\n")
	slices.Sort(logged)
	answer.Log = strings.Join(logged, "")
	return answer, err
}

func ask(row *rows.Row) (Answer, error) {
	res, err := oracle.Once(row)
	if errors.Is(err, oracle.ErrBadRow) { // what is wrong with the chart is an answer too
		return Answer{Failed: true, Text: strings.TrimPrefix(err.Error(), oracle.ErrBadRow.Error()+": ")}, nil
	}
	if err != nil {
		return Answer{}, err
	}
	if res.Err != nil {
		return Answer{Failed: true, Text: res.Err.Error()}, nil
	}
	return Answer{Text: res.Out}, nil
}

// Compare asks both. It fails when Helm hangs, and ends with it when Helm
// crashes.
func (p *Pair) Compare(row *rows.Row) (Outcome, error) {
	answer, err := helm(row)
	if err == nil && len(answer.Text) > longest {
		return Outcome{Verdict: Unusable}, nil
	}
	if err != nil {
		return Outcome{}, err
	}
	got := p.Rhumb.Ask(row)
	o := Outcome{Same, answer, got}
	if got != answer {
		o.Verdict, err = p.doubt(row, answer, got)
	}
	return o, err
}

// doubt looks whether the answers can be compared at all.
func (p *Pair) doubt(row *rows.Row, answer, got Answer) (Verdict, error) {
	count := repeats
	if p.Quick {
		count = fewRepeats
	}
	for range count {
		again, err := helm(row)
		if err != nil {
			return Unusable, err
		}
		if again != answer || again == got {
			return Random, nil
		}
	}
	time.Sleep(2 * time.Millisecond)
	if p.Rhumb.Ask(row) != got {
		return Random, nil
	}
	if isKnown(answer, got) || p.hasAddress(row, answer, got) {
		return Known, nil
	}
	return Different, nil
}

// hasAddress says whether all that differs comes of an address in memory, which
// is the same in all of Helm's answers within one process. Of what was only made
// of one (a length, a checksum) nothing more can be said.
func (p *Pair) hasAddress(row *rows.Row, answer, got Answer) bool {
	if p.moved == nil {
		p.moved = &Rhumb{Path: p.Rhumb.Path, Traced: p.Rhumb.Traced, Moved: true}
	}
	if p.moved.Ask(row) == got {
		return false
	}
	return answer.Failed == got.Failed && answer.Log == got.Log &&
		(!ownAddress.MatchString(got.Text) || sameButAddresses(answer.Text, got.Text))
}
