// Command differential makes random templates, values, flags and charts, and
// looks for those of which rhumb makes something else than Helm.
//
//	go run . -runner RUNNER [-seed N] [-cases N] [-first N] [-mode NAME] [-mutate TABLE]...
//		[-enough N] [-traced] FOLDER
//
// The folder gets what was found: differences.rows with Helm's answers, as
// small as they could be made, differences.txt with both, and coverage.tsv:
// which function met which kind of argument how often. README.md says more.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"rhumb/tests/differential/generate"
	"rhumb/tests/oracle/recorder/oracle"
	"rhumb/tests/oracle/recorder/rows"
)

type fileList []string

func (f *fileList) String() string     { return fmt.Sprint(*f) }
func (f *fileList) Set(s string) error { *f = append(*f, s); return nil }

// options are those of the command line.
type options struct {
	source  generate.Source
	runner  string
	traced  bool
	cases   int
	first   int
	shrinks int
	enough  int
	worker  bool
}

func main() {
	if err := oracle.EnterUTC(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	var o options
	var tables fileList
	flag.Uint64Var(&o.source.Seed, "seed", 1, "of the random numbers")
	flag.StringVar(&o.source.Only, "mode", "", fmt.Sprintf("only cases of this kind: %v", generate.Modes()))
	flag.StringVar(&o.runner, "runner", "", "path of rhumb_differential")
	flag.BoolVar(&o.traced, "traced", false, "rhumb keeps origins and traces")
	flag.IntVar(&o.cases, "cases", 10000, "how many to make")
	flag.IntVar(&o.first, "first", 0, "number of the first one")
	flag.IntVar(&o.shrinks, "shrinks", 100, "how many differences are made small")
	flag.IntVar(&o.enough, "enough", 0, "end after so many differences; 0: go on to the last case")
	flag.BoolVar(&o.worker, "worker", false, "is set for the processes that this one starts")
	flag.Var(&tables, "mutate", "table whose rows are damaged (repeatable)")
	flag.Parse()
	if flag.NArg() != 1 || o.runner == "" {
		fmt.Fprintln(os.Stderr, "usage: differential -runner RUNNER [-seed N] [-cases N] [-first N] [-mode NAME] [-mutate TABLE]... [-enough N] [-traced] FOLDER")
		os.Exit(2)
	}
	found, err := run(&o, tables)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if found {
		os.Exit(1)
	}
}

// run says whether there are differences.
func run(o *options, tables []string) (bool, error) {
	models, err := load(tables)
	if err != nil {
		return false, err
	}
	o.source.Models = models
	if o.worker {
		debug.SetGCPercent(400) // memory for time
		return false, work(o)
	}
	start := time.Now()
	r := newReport()
	if err := supervise(o, r); err != nil {
		return false, err
	}
	fmt.Printf("%.0f seconds\n", time.Since(start).Seconds())
	return r.differing > 0, r.write(flag.Arg(0))
}

func load(tables []string) ([]*rows.Row, error) {
	var models []*rows.Row
	for _, path := range tables {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		t, err := rows.Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		models = append(models, t.Rows...)
	}
	if len(tables) > 0 && len(models) == 0 {
		return nil, errors.New("no rows to mutate")
	}
	return models, nil
}
