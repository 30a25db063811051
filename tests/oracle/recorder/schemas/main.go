// Command schemas writes into tables of JSON schemas what the real Helm says
// about the values in them.
//
//	go run ./schemas [-check] FILE...
//
// A table (tests/tables/jsonschema/*.cases) holds rows of this form:
//
//	== topic/name
//	the schema
//	-- values
//	the values, as YAML
//	-- file NAME
//	a file in the folder that the schema calls @DIR@
//	-- valid, or -- error, or -- unordered: what Helm says
//
// `unordered` is an error of which Helm prints the lines in random order. The
// text of a section is its lines joined by line feeds: the errors of a
// validation end with an empty line. A line that starts with `== `, `-- ` or
// `\` is written with a `\` before it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
)

const (
	stamp  = "# recorded: helm "
	folder = "@DIR@"
	runs   = 10
)

type section struct {
	head  string
	lines []string
}

type row struct {
	name     string
	sections []section // the schema first, with an empty head
}

func main() {
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	check := flag.Bool("check", false, "compare, write nothing")
	flag.Parse()
	status := 0
	for _, path := range flag.Args() {
		if err := record(path, *check); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			status = 1
		}
	}
	os.Exit(status)
}

func helmVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		if d.Path == "helm.sh/helm/v4" {
			return d.Version
		}
	}
	return "unknown"
}

func record(path string, check bool) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	comments, rows, err := parse(string(old))
	if err != nil {
		return err
	}
	out := stamp + helmVersion() + "\n" + comments
	for _, r := range rows {
		result, err := answer(r)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		out += format(r, result)
	}
	switch {
	case out == string(old):
		return nil
	case check:
		return errors.New("not as helm answers; record it again")
	}
	fmt.Printf("%s: %d rows\n", path, len(rows))
	return os.WriteFile(path, []byte(out), 0o644)
}

func parse(text string) (comments string, rows []row, err error) {
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		switch name, isRow := strings.CutPrefix(line, "== "); {
		case isRow && seen[name]:
			return "", nil, fmt.Errorf("two rows are named %s", name)
		case isRow:
			seen[name] = true
			rows = append(rows, row{name, []section{{}}})
		case len(rows) == 0:
			if line != "" && !strings.HasPrefix(line, stamp) {
				comments += line + "\n"
			}
		default:
			last := &rows[len(rows)-1]
			if head, ok := strings.CutPrefix(line, "-- "); ok {
				last.sections = append(last.sections, section{head: head})
				continue
			}
			s := &last.sections[len(last.sections)-1]
			s.lines = append(s.lines, strings.TrimPrefix(line, `\`))
		}
	}
	return comments, rows, nil
}

func isResult(head string) bool {
	return head == "valid" || head == "error" || head == "unordered"
}

func format(r row, result section) string {
	var sb strings.Builder
	fmt.Fprintf(&sb, "== %s\n", r.name)
	for _, s := range append(slices.DeleteFunc(r.sections, func(s section) bool { return isResult(s.head) }), result) {
		if s.head != "" {
			fmt.Fprintf(&sb, "-- %s\n", s.head)
		}
		for _, l := range s.lines {
			if strings.HasPrefix(l, "== ") || strings.HasPrefix(l, "-- ") || strings.HasPrefix(l, `\`) {
				l = `\` + l
			}
			sb.WriteString(l + "\n")
		}
	}
	return sb.String()
}

// answer asks Helm several times.
func answer(r row) (section, error) {
	dir, err := os.MkdirTemp("", "schemas")
	if err != nil {
		return section{}, err
	}
	defer os.RemoveAll(dir)
	var schema string
	values := common.Values{}
	for _, s := range r.sections {
		text := strings.ReplaceAll(strings.Join(s.lines, "\n"), folder, dir)
		name, isFile := strings.CutPrefix(s.head, "file ")
		switch {
		case s.head == "":
			schema = text
		case s.head == "values":
			if values, err = common.ReadValues([]byte(text)); err != nil {
				return section{}, err
			}
		case isFile:
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				return section{}, err
			}
		case !isResult(s.head):
			return section{}, fmt.Errorf("unknown section %s", s.head)
		}
	}
	return stable(func() (string, bool) {
		err := util.ValidateAgainstSingleSchema(values, []byte(schema))
		if err == nil {
			return "", true
		}
		return strings.ReplaceAll(err.Error(), dir, folder), false
	})
}

func stable(ask func() (string, bool)) (section, error) {
	first, valid := ask()
	first = sortNames(first)
	result := section{head: "error", lines: strings.Split(first, "\n")}
	if valid {
		result = section{head: "valid"}
	}
	for i := 1; i < runs; i++ {
		text, again := ask()
		text = sortNames(text)
		if again != valid || sortLines(text) != sortLines(first) {
			return section{}, fmt.Errorf("not deterministic:\n%s\n%s", first, text)
		}
		if text != first {
			result = section{head: "unordered", lines: strings.Split(sortLines(first), "\n")}
		}
	}
	return result, nil
}

var surplus = regexp.MustCompile(`(?m)additional properties '(.*)' not allowed$`)

// sortNames puts the names that come out of a map in order.
func sortNames(text string) string {
	return surplus.ReplaceAllStringFunc(text, func(line string) string {
		names := strings.Split(surplus.FindStringSubmatch(line)[1], "', '")
		slices.Sort(names)
		return "additional properties '" + strings.Join(names, "', '") + "' not allowed"
	})
}

// sortLines leaves an empty last line where it is.
func sortLines(text string) string {
	body, newline := strings.CutSuffix(text, "\n")
	lines := strings.Split(body, "\n")
	slices.Sort(lines)
	body = strings.Join(lines, "\n")
	if newline {
		body += "\n"
	}
	return body
}
