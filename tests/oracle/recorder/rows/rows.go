// Package rows reads and writes row tables: named templates with their inputs
// and with what Helm made of them. The format is described in
// tests/oracle/README.md.
package rows

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// File is one further file of a row's chart.
type File struct {
	Path    string
	Data    string
	escaped bool
}

// Text is the content of an optional section.
type Text struct {
	Given   bool
	Escaped bool
	Data    string
}

// Row is one template with its inputs and its recorded result.
type Row struct {
	Name       string
	Line       int // of the "== " line, 1-based
	Template   Text
	Values     Text
	UserValues Text
	Chart      Text
	Flags      Text // a flag of the command line on each line
	Gap        Text // reason why rhumb is known to differ; kept as it is
	Files      []File
	Out        Text // exactly one of Out and Err is given after recording
	Err        Text
}

// Table is a whole file: leading comments without the stamp, then rows.
type Table struct {
	Comments []string
	Rows     []*Row
}

const stamp = "# recorded: helm "

var nameRule = regexp.MustCompile(`^[^\s/]+/\S+$`)

// section collects the lines between two markers.
type section struct {
	head  string
	line  int
	lines []string
}

// Parse reads a table. Errors name the line.
func Parse(text string) (*Table, error) {
	t := &Table{}
	seen := map[string]bool{}
	var row *Row
	var cur *section
	flush := func() error {
		if cur == nil {
			return nil
		}
		err := row.add(cur)
		cur = nil
		return err
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, "== "):
			if err := flush(); err != nil {
				return nil, err
			}
			name := l[3:]
			if !nameRule.MatchString(name) {
				return nil, fmt.Errorf("line %d: row name %q is not <topic>/<name>", i+1, name)
			}
			if seen[name] {
				return nil, fmt.Errorf("line %d: second row named %q", i+1, name)
			}
			seen[name] = true
			row = &Row{Name: name, Line: i + 1}
			t.Rows = append(t.Rows, row)
			cur = &section{head: "template", line: i + 1}
		case row == nil:
			if l != "" && l[0] != '#' {
				return nil, fmt.Errorf("line %d: neither a comment nor a row", i+1)
			}
			if !strings.HasPrefix(l, stamp) && (l != "" || len(t.Comments) > 0) {
				t.Comments = append(t.Comments, l)
			}
		case strings.HasPrefix(l, "-- "):
			if err := flush(); err != nil {
				return nil, err
			}
			cur = &section{head: l[3:], line: i + 1}
		default:
			cur.lines = append(cur.lines, strings.TrimPrefix(l, `\`))
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	for len(t.Comments) > 0 && t.Comments[len(t.Comments)-1] == "" {
		t.Comments = t.Comments[:len(t.Comments)-1]
	}
	return t, nil
}

// add puts a section into the row.
func (r *Row) add(s *section) error {
	head, path, hasPath := strings.Cut(s.head, " ")
	head, escaped := strings.CutSuffix(head, "-escaped")
	data := strings.Join(s.lines, "\n")
	if escaped {
		var err error
		if data, err = unescape(s); err != nil {
			return err
		}
	}
	if head == "file" {
		if path == "" {
			return fmt.Errorf("line %d: a file section needs a path", s.line)
		}
		r.Files = append(r.Files, File{Path: path, Data: data, escaped: escaped})
		return nil
	}
	where := map[string]*Text{"template": &r.Template, "values": &r.Values, "user-values": &r.UserValues,
		"chart": &r.Chart, "flags": &r.Flags, "gap": &r.Gap, "out": &r.Out, "error": &r.Err}[head]
	if where == nil || hasPath {
		return fmt.Errorf("line %d: unknown section %q", s.line, s.head)
	}
	// The lines below the row's name are an empty template when
	// template-escaped follows.
	if where.Given && !(head == "template" && escaped && !where.Escaped && where.Data == "") {
		return fmt.Errorf("line %d: second section %q", s.line, s.head)
	}
	*where = Text{Given: true, Escaped: escaped, Data: data}
	return nil
}

// unescape joins the Go-quoted strings of an escaped section.
func unescape(s *section) (string, error) {
	var b strings.Builder
	for i, l := range s.lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		u, err := strconv.Unquote(l)
		if err != nil {
			return "", fmt.Errorf("line %d: not a quoted string: %s", s.line+1+i, l)
		}
		b.WriteString(u)
	}
	return b.String(), nil
}

// FlagLines are the flags, each as it was written or, when it stands in Go's
// double quotes, without them.
func (r *Row) FlagLines() []string {
	var lines []string
	for _, l := range strings.Split(r.Flags.Data, "\n") {
		if text, err := strconv.Unquote(l); err == nil && l[0] == '"' {
			l = text
		}
		if l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// Format writes the table with the stamp of the given version.
func (t *Table) Format(version string) string {
	var b strings.Builder
	b.WriteString(stamp + version + "\n")
	for _, c := range t.Comments {
		b.WriteString(c + "\n")
	}
	b.WriteString("\n")
	for _, r := range t.Rows {
		r.format(&b)
	}
	return b.String()
}

func (r *Row) format(b *strings.Builder) {
	b.WriteString("== " + r.Name + "\n")
	if r.Template.Escaped || !plain(r.Template.Data) {
		r.Template.Escaped = true
		write(b, "template", r.Template)
	} else {
		writeLines(b, r.Template.Data)
	}
	for _, s := range []struct {
		head string
		text Text
	}{{"values", r.Values}, {"user-values", r.UserValues}, {"flags", r.Flags}, {"chart", r.Chart}} {
		write(b, s.head, s.text)
	}
	for _, f := range r.Files {
		head := "file"
		if f.escaped {
			head = "file-escaped"
		}
		b.WriteString("-- " + head + " " + f.Path + "\n")
		writeData(b, f.Data, f.escaped)
	}
	write(b, "gap", r.Gap)
	write(b, "out", r.Out)
	write(b, "error", r.Err)
}

func write(b *strings.Builder, head string, t Text) {
	if !t.Given {
		return
	}
	if t.Escaped {
		head += "-escaped"
	}
	b.WriteString("-- " + head + "\n")
	writeData(b, t.Data, t.Escaped)
}

func writeData(b *strings.Builder, data string, escaped bool) {
	if !escaped {
		writeLines(b, data)
		return
	}
	for _, l := range strings.SplitAfter(data, "\n") {
		if l != "" {
			b.WriteString(strconv.Quote(l) + "\n")
		}
	}
}

func writeLines(b *strings.Builder, data string) {
	if data == "" {
		return
	}
	for _, l := range strings.Split(data, "\n") {
		if strings.HasPrefix(l, "== ") || strings.HasPrefix(l, "-- ") || strings.HasPrefix(l, `\`) {
			b.WriteString(`\`)
		}
		b.WriteString(l + "\n")
	}
}

// SetResult replaces the recorded result.
func (r *Row) SetResult(out string, err error) {
	r.Out, r.Err = Text{}, Text{}
	if err != nil {
		r.Err = Text{Given: true, Data: err.Error(), Escaped: !plain(err.Error())}
	} else {
		r.Out = Text{Given: true, Data: out, Escaped: !plain(out)}
	}
}

// plain tells whether a text survives in a text file: printable UTF-8, LF and
// TAB, and no blank at the end of a line.
func plain(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for i, c := range s {
		if c != '\n' && c != '\t' && !unicode.IsPrint(c) {
			return false
		}
		if (c == ' ' || c == '\t') && (i+1 == len(s) || s[i+1] == '\n') {
			return false
		}
	}
	return true
}
