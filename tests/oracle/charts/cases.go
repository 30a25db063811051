package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"helm.sh/helm/v4/pkg/cli/values"
)

// A table is a stamp, comment lines, then cases:
//
//	== topic/name
//	-- want
//	values tree
//	-- file chart/Chart.yaml
//	name: c
//	-- flags
//	--set a=b
//	-- out | -- log | -- error
//
// `want` says what is printed: user (the values that flags make), raw,
// templates, files, metadata, lock, chart, tree, values. `file PATH` is a file,
// `link PATH` a symbolic link to what its text names, `folder PATH` an empty
// folder. `gap` is the reason why rhumb is known to differ. `chart` names another chart than `chart`. `flags` has one flag on a
// line, in Go's double quotes where that is needed. The recorder writes out, log (sorted lines) and error; one that is
// empty is left out. Sections end with a line feed when they have text; a
// section whose head ends in `-escaped` has Go-quoted lines that are joined
// with nothing in between, `-base64` is for bytes.
type testCase struct {
	name     string
	sections []section
	files    []file
}

type section struct {
	kind, argument, form string
	lines                []string
}

type file struct {
	kind, path, text string
}

type table struct {
	comments []string
	cases    []*testCase
}

const stamp = "# recorded: helm v4.3.1"

func parse(text string) (*table, error) {
	t := &table{}
	var c *testCase
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "== "):
			c = &testCase{name: strings.TrimPrefix(line, "== ")}
			t.cases = append(t.cases, c)
		case c == nil:
			if line != stamp {
				t.comments = append(t.comments, line)
			}
		case strings.HasPrefix(line, "-- "):
			head, argument, _ := strings.Cut(strings.TrimPrefix(line, "-- "), " ")
			kind, form, _ := strings.Cut(head, "-")
			c.sections = append(c.sections, section{kind: kind, argument: argument, form: form})
		case len(c.sections) == 0:
			return nil, fmt.Errorf("line %d: text outside of a section", i+1)
		default:
			s := &c.sections[len(c.sections)-1]
			s.lines = append(s.lines, line)
		}
	}
	names := map[string]bool{}
	for _, c := range t.cases {
		if names[c.name] {
			return nil, fmt.Errorf("two cases are called %s", c.name)
		}
		names[c.name] = true
		if err := c.collect(); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return t, nil
}

func (c *testCase) collect() error {
	for _, s := range c.sections {
		text, err := s.text()
		if err != nil {
			return err
		}
		switch s.kind {
		case "file", "link", "folder":
			c.files = append(c.files, file{s.kind, s.argument, text})
		case "want", "flags", "chart", "gap", "out", "log", "error":
		default:
			return fmt.Errorf("unknown section %s", s.kind)
		}
	}
	return nil
}

func (s *section) text() (string, error) {
	switch s.form {
	case "escaped":
		var b strings.Builder
		for _, l := range s.lines {
			part, err := strconv.Unquote(l)
			if err != nil {
				return "", fmt.Errorf("%s: %w", l, err)
			}
			b.WriteString(part)
		}
		return b.String(), nil
	case "base64":
		data, err := base64.StdEncoding.DecodeString(strings.Join(s.lines, ""))
		return string(data), err
	}
	var b strings.Builder
	for _, l := range s.lines {
		// A line that would be taken for a head stands behind a backslash.
		b.WriteString(strings.TrimPrefix(l, "\\") + "\n")
	}
	return b.String(), nil
}

func (c *testCase) find(kind string) string {
	for _, s := range c.sections {
		if s.kind == kind {
			text, _ := s.text()
			return text
		}
	}
	return ""
}

func (c *testCase) wants(word string) bool {
	return slices.Contains(strings.Fields(c.find("want")), word)
}
func (c *testCase) wantsOnly(word string) bool {
	return strings.Join(strings.Fields(c.find("want")), " ") == word
}

func (c *testCase) chart() string {
	if name := strings.TrimSpace(c.find("chart")); name != "" {
		return name
	}
	return "chart"
}

// flags are the lines of the section; one in double quotes is unquoted.
func (c *testCase) flags() []string {
	var flags []string
	for _, s := range c.sections {
		if s.kind != "flags" {
			continue
		}
		for _, line := range s.lines {
			if text, err := strconv.Unquote(line); err == nil && line[0] == '"' {
				line = text
			}
			flags = append(flags, line)
		}
	}
	return flags
}

func (c *testCase) options() *values.Options {
	o := &values.Options{}
	for _, line := range c.flags() {
		flag, text, _ := strings.Cut(line, " ")
		switch flag {
		case "-f":
			o.ValueFiles = append(o.ValueFiles, text)
		case "--set":
			o.Values = append(o.Values, text)
		case "--set-string":
			o.StringValues = append(o.StringValues, text)
		case "--set-file":
			o.FileValues = append(o.FileValues, text)
		case "--set-json":
			o.JSONValues = append(o.JSONValues, text)
		case "--set-literal":
			o.LiteralValues = append(o.LiteralValues, text)
		case "":
		default:
			panic("unknown flag " + flag)
		}
	}
	return o
}

func (f *file) write(dir string) error {
	path := filepath.Join(dir, f.path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	switch f.kind {
	case "folder":
		return os.MkdirAll(path, 0o755)
	case "link":
		return os.Symlink(strings.TrimSuffix(f.text, "\n"), path)
	}
	return os.WriteFile(path, []byte(f.text), 0o644)
}

func (c *testCase) setResult(r result) {
	c.sections = slices.DeleteFunc(c.sections, func(s section) bool {
		return s.kind == "out" || s.kind == "log" || s.kind == "error"
	})
	add := func(kind, text string) {
		if text == "" {
			return
		}
		text = strings.TrimSuffix(text, "\n")
		s := section{kind: kind}
		for _, l := range strings.Split(text, "\n") {
			if plain(l) {
				if strings.HasPrefix(l, "== ") || strings.HasPrefix(l, "-- ") || strings.HasPrefix(l, "\\") {
					l = "\\" + l
				}
				s.lines = append(s.lines, l)
				continue
			}
			s = section{kind: kind, form: "escaped", lines: []string{strconv.Quote(text + "\n")}}
			break
		}
		c.sections = append(c.sections, s)
	}
	add("out", r.out)
	add("log", r.log)
	add("error", r.err)
}

func plain(line string) bool {
	if !utf8.ValidString(line) || strings.HasSuffix(line, " ") {
		return false
	}
	return !strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) })
}

func (t *table) String() string {
	var b strings.Builder
	b.WriteString(stamp + "\n")
	for _, l := range t.comments {
		b.WriteString(l + "\n")
	}
	for _, c := range t.cases {
		fmt.Fprintf(&b, "== %s\n", c.name)
		for _, s := range c.sections {
			b.WriteString("-- " + s.kind)
			if s.form != "" {
				b.WriteString("-" + s.form)
			}
			if s.argument != "" {
				b.WriteString(" " + s.argument)
			}
			b.WriteString("\n")
			for _, l := range s.lines {
				b.WriteString(l + "\n")
			}
		}
	}
	return b.String()
}
