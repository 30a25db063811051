// Command generate writes row tables of random templates with what Helm makes
// of them, to find differences nobody thought of.
//
//	go run ./generate [-seed N] [-rows N] [-mutate TABLE]... FOLDER
//
// The table FOLDER/random-<seed>.rows is the same for the same seed. With
// -mutate the rows are damaged copies of the rows of existing tables instead.
// Rows with more than one answer are left out, and so are those on which Helm
// itself hangs or crashes: these are shown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"

	"rhumb/tests/oracle/recorder/oracle"
	"rhumb/tests/oracle/recorder/rows"
)

type fileList []string

func (f *fileList) String() string     { return fmt.Sprint(*f) }
func (f *fileList) Set(s string) error { *f = append(*f, s); return nil }

// source makes the rows. Each has random numbers of its own, so that any of
// them can be made without those before it.
type source struct {
	seed   uint64
	count  int
	models []*rows.Row // to damage; none: make new ones
}

func (s *source) kind() string {
	if len(s.models) > 0 {
		return "mutated"
	}
	return "random"
}

func (s *source) row(index int) *rows.Row {
	random := rand.New(rand.NewPCG(s.seed, uint64(index)))
	name := fmt.Sprintf("%s-%d/%d", s.kind(), s.seed, index)
	if len(s.models) > 0 {
		return mutate(random, name, s.models)
	}
	return newRow(random, name)
}

func main() {
	if err := oracle.EnterUTC(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	var src source
	flag.Uint64Var(&src.seed, "seed", 1, "of the random numbers")
	flag.IntVar(&src.count, "rows", 1000, "how many to make")
	var tables fileList
	flag.Var(&tables, "mutate", "table whose rows are damaged (repeatable)")
	first := flag.Int("work-from", -1, "of the processes that this one starts: first row")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: generate [-seed N] [-rows N] [-mutate TABLE]... FOLDER")
		os.Exit(2)
	}
	err := src.load(tables)
	if err == nil && *first >= 0 {
		err = work(&src, *first)
	} else if err == nil {
		err = write(&src, flag.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (s *source) load(tables []string) error {
	for _, path := range tables {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		t, err := rows.Parse(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		s.models = append(s.models, t.Rows...)
	}
	if len(tables) > 0 && len(s.models) == 0 {
		return errors.New("no rows to mutate")
	}
	return nil
}

func write(src *source, folder string) error {
	table := &rows.Table{Comments: []string{fmt.Sprintf("# generated: %s, seed %d", src.kind(), src.seed)}}
	failed := 0
	err := answers(src, func(a answer) {
		row := src.row(a.Index)
		if a.Failed {
			failed++
			row.SetResult("", errors.New(a.Text))
		} else {
			row.SetResult(a.Text, nil)
		}
		table.Rows = append(table.Rows, row)
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	path := filepath.Join(folder, fmt.Sprintf("%s-%d.rows", src.kind(), src.seed))
	fmt.Printf("%s: %d rows, %d of them errors\n", path, len(table.Rows), failed)
	return os.WriteFile(path, []byte(table.Format(oracle.Version())), 0o644)
}
