package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"

	"rhumb/tests/oracle/recorder/oracle"
)

// Helm cannot be stopped when it loops, and a stack overflow ends the process.
// So a process of its own renders, and another goes on behind the row that
// ended it.

// A longer result says no more than a short one.
const longestResult = 20000

// answer is what a worker says of a row.
type answer struct {
	Index  int
	Usable bool
	Failed bool
	Text   string // output, or error
}

// work renders the rows from first on and writes the answers to the standard
// output.
func work(src *source, first int) error {
	out := gob.NewEncoder(os.Stdout)
	for i := first; i < src.count; i++ {
		a := answer{Index: i}
		res, err := oracle.Stable(src.row(i))
		switch {
		case errors.Is(err, oracle.ErrUnstable), errors.Is(err, oracle.ErrBadRow):
		case err != nil:
			return err
		case res.Err != nil:
			a.Usable, a.Failed, a.Text = true, true, res.Err.Error()
		default:
			a.Usable, a.Text = true, res.Out
		}
		a.Usable = a.Usable && len(a.Text) <= longestResult
		if err := out.Encode(a); err != nil {
			return err
		}
	}
	return nil
}

// answers hands over the usable answers to all rows.
func answers(src *source, use func(answer)) error {
	for next := 0; next < src.count; next++ {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		worker := exec.Command(self, append([]string{"-work-from", strconv.Itoa(next)}, os.Args[1:]...)...)
		pipe, err := worker.StdoutPipe()
		if err != nil {
			return err
		}
		if err := worker.Start(); err != nil {
			return err
		}
		in := gob.NewDecoder(pipe)
		for {
			var a answer
			if in.Decode(&a) != nil {
				break
			}
			next = a.Index + 1
			if a.Usable {
				use(a)
			}
		}
		if err := worker.Wait(); err != nil {
			fmt.Fprintf(os.Stderr, "helm itself fails on row %d: %v\n%s\n", next, err, src.row(next).Template.Data)
		}
	}
	return nil
}
