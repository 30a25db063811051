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
//	-- valid, or -- error, or -- unordered
//	what Helm says
//
// `unordered` is an error of which Helm prints the lines in random order. Where
// chance decides more than that there are several errors. The text of a section is its lines joined by line feeds: the errors of a
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
	"maps"
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

	runs       = 150
	manyRuns   = 300 // where answers differ
	maxAnswers = 8
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
		answers, err := answer(r)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		out += format(r, answers)
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

func isAnswer(head string) bool {
	return head == "valid" || head == "error" || head == "unordered"
}

func format(r row, answers []section) string {
	var sb strings.Builder
	fmt.Fprintf(&sb, "== %s\n", r.name)
	inputs := slices.DeleteFunc(r.sections, func(s section) bool { return isAnswer(s.head) })
	for _, s := range append(inputs, answers...) {
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
func answer(r row) ([]section, error) {
	dir, err := os.MkdirTemp("", "schemas")
	if err != nil {
		return nil, err
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
				return nil, err
			}
		case isFile:
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				return nil, err
			}
		case !isAnswer(s.head):
			return nil, fmt.Errorf("unknown section %s", s.head)
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

// stable makes one section of the answers, or one for each of several.
func stable(ask func() (string, bool)) ([]section, error) {
	texts := map[string]bool{}
	sorted := map[string]bool{}
	for i := 0; i < runs || len(sorted) > 1 && i < manyRuns; i++ {
		text, valid := ask()
		if valid {
			text = ""
		}
		text = sortNames(text)
		texts[text] = true
		sorted[sortLines(text)] = true
	}
	if texts[""] && len(texts) == 1 {
		return []section{{head: "valid"}}, nil
	}
	head := "error"
	if len(texts) > 1 && len(sorted) == 1 {
		head, texts = "unordered", sorted
	}
	if texts[""] || len(texts) > maxAnswers {
		return nil, fmt.Errorf("%d answers, valid is one: %t", len(texts), texts[""])
	}
	var answers []section
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		answers = append(answers, section{head, strings.Split(text, "\n")})
	}
	return answers, nil
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
