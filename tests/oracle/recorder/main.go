// Command recorder writes into row tables what the real Helm renders for
// their rows.
//
//	go run . [-check] FILE...
//
// -check compares only and exits with 1 when a table differs.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/exec"

	"rhumb/tests/oracle/recorder/oracle"
	"rhumb/tests/oracle/recorder/rows"
)

// mostShown is how many rows of a table -check names.
const mostShown = 20

func main() {
	if err := oracle.EnterUTC(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	check := flag.Bool("check", false, "compare, write nothing")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: recorder [-check] FILE...")
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	status := 0
	for _, path := range flag.Args() {
		if err := do(path, *check); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			status = 1
		}
	}
	os.Exit(status)
}

// do records one table, or compares it. A table with a row that cannot be
// recorded is left as it was.
func do(path string, check bool) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	table, err := rows.Parse(string(old))
	if err != nil {
		return err
	}
	bad, changed := 0, 0
	for _, row := range table.Rows {
		res, err := oracle.Stable(row)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s:%d: %s: %v\n", path, row.Line, row.Name, err)
			bad++
			continue
		}
		before := [2]rows.Text{row.Out, row.Err}
		row.SetResult(res.Out, res.Err)
		if check && before != [2]rows.Text{row.Out, row.Err} {
			if changed++; changed <= mostShown {
				fmt.Fprintf(os.Stderr, "%s:%d: %s differs\n", path, row.Line, row.Name)
			}
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d rows cannot be recorded", bad)
	}
	now := table.Format(oracle.Version())
	switch {
	case now == string(old):
		return nil
	case check:
		return fmt.Errorf("not as helm %s renders it, %d rows differ; record it again", oracle.Version(), changed)
	}
	if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
		return err
	}
	if err := confirm(path); err != nil {
		return errors.Join(err, os.WriteFile(path, old, 0o644))
	}
	fmt.Printf("%s: %d rows\n", path, len(table.Rows))
	return nil
}

// confirm compares the table in another process: addresses in memory may be
// the same as long as one process lives.
func confirm(path string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	again := exec.Command(self, "-check", path)
	again.Stderr = os.Stderr
	if err := again.Run(); err != nil {
		return errors.New("other answers in another process, table left as it was")
	}
	return nil
}
