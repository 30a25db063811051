package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"rhumb/tests/differential/engines"
	"rhumb/tests/differential/generate"
	"rhumb/tests/differential/shrink"
	"rhumb/tests/oracle/recorder/rows"
)

// Helm cannot be stopped when it loops, and a stack overflow ends the process.
// So a process of its own renders, and another goes on behind the case that
// ended it.

// message is what a worker says of a case. One of which the answers differ may
// come again, made small.
type message struct {
	Index   int
	Mode    string
	Uses    []generate.Use
	Outcome engines.Outcome
	Row     *rows.Row // only of those that differ
	Small   bool
}

const (
	memoryLimit = 6 << 30 // bytes of addresses
	perKind     = 2       // differences of one kind that are made small
)

// work does the cases from the first on and writes to the standard output.
func work(o *options) error {
	limit := syscall.Rlimit{Cur: memoryLimit, Max: memoryLimit}
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limit); err != nil {
		return err
	}
	engines.CatchLog()
	pair := &engines.Pair{Rhumb: &engines.Rhumb{Path: o.runner, Traced: o.traced}}
	defer pair.Close()
	out := gob.NewEncoder(os.Stdout)
	shrunk := map[string]int{}
	for i := o.first; i < o.cases; i++ {
		c := o.source.Case(i)
		outcome, err := pair.Compare(c.Row)
		if err != nil {
			return err
		}
		m := message{Index: i, Mode: c.Mode, Uses: c.Uses, Outcome: outcome}
		if outcome.Verdict == engines.Different {
			m.Row = c.Row
		} else {
			m.Outcome.Rhumb = engines.Answer{}
			m.Outcome.Helm.Text = m.Outcome.Helm.Text[:min(len(m.Outcome.Helm.Text), 500)]
		}
		if err := out.Encode(m); err != nil {
			return err
		}
		if kind := signature(m); m.Row != nil && shrunk[kind] < perKind && o.shrinks > 0 {
			shrunk[kind]++
			o.shrinks--
			m = smaller(pair, m)
			if err := out.Encode(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// smaller is the same difference in less; as it was, when what remains turns
// out to be random in Helm.
func smaller(pair *engines.Pair, m message) message {
	shows := func(row *rows.Row) bool {
		o, err := pair.Compare(row)
		return err == nil && o.Verdict == engines.Different
	}
	pair.Quick = true
	small := shrink.Row(m.Row, shows)
	pair.Quick = false
	if o, err := pair.Compare(small); err == nil && o.Verdict == engines.Different {
		m.Row, m.Outcome = small, o
	}
	m.Small = true
	return m
}

var variable = regexp.MustCompile("\"[^\"]*\"|`[^`]*`|[0-9]+|<[^>]*>")

// signature tells kinds of differences apart, roughly: by the errors, and by
// the functions where there is an output.
func signature(m message) string {
	parts := []string{m.Mode}
	for _, a := range []engines.Answer{m.Outcome.Helm, m.Outcome.Rhumb} {
		if a.Failed {
			parts = append(parts, variable.ReplaceAllString(a.Text[max(0, len(a.Text)-200):], "_"))
		}
	}
	if !m.Outcome.Helm.Failed || !m.Outcome.Rhumb.Failed {
		for _, u := range m.Uses {
			name := generate.Functions()[u.Function]
			if !slices.Contains(parts, name) {
				parts = append(parts, name)
			}
		}
		slices.Sort(parts[1:])
	}
	return strings.Join(parts, " ")
}

// supervise hands what the workers say to the report.
func supervise(o *options, r *report) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	end := o.first + o.cases
	for next := o.first; next < end && !r.hasEnough(o.enough); next++ {
		arguments := append([]string{"-worker"}, os.Args[1:len(os.Args)-1]...)
		arguments = append(arguments, "-first", strconv.Itoa(next), "-cases", strconv.Itoa(end),
			"-shrinks", strconv.Itoa(max(0, o.shrinks-r.small)), os.Args[len(os.Args)-1])
		worker := exec.Command(self, arguments...)
		worker.Env = append(os.Environ(), "GOTRACEBACK=none")
		pipe, err := worker.StdoutPipe()
		if err != nil {
			return err
		}
		if err := worker.Start(); err != nil {
			return err
		}
		if next, err = listen(pipe, next, r, o.enough); err != nil {
			return err
		}
		if r.hasEnough(o.enough) {
			worker.Process.Kill()
			worker.Wait()
			break
		}
		if err := worker.Wait(); err != nil {
			fmt.Fprintf(os.Stderr, "helm itself fails on case %d: %v\n", next, err)
			r.helmEnded++
		}
	}
	return nil
}

// listen gives the number of the case after the last one that was done.
func listen(pipe io.Reader, next int, r *report, enough int) (int, error) {
	in := gob.NewDecoder(pipe)
	for !r.hasEnough(enough) {
		var m message
		if err := in.Decode(&m); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return next, nil
			}
			return next, err
		}
		next = m.Index + 1
		r.take(m)
	}
	return next, nil
}
