package rows

import (
	"errors"
	"strings"
	"testing"
)

const table = `# recorded: helm v0
# a comment

== a/plain
{{ 1 }}
-- values
x: 1
-- file templates/_h.tpl
h

-- out
1
== a/markers
\== not a row
\-- not a section
\\ one backslash
-- gap
no reason
-- error
bad
== a/escaped
-- template-escaped
"a \n"
"b\r"
-- out-escaped
"c "
`

func TestFormatGivesBackWhatParseRead(t *testing.T) {
	parsed, err := Parse(table)
	if err != nil {
		t.Fatal(err)
	}
	if got := parsed.Format("v0"); got != table {
		t.Errorf("got\n%s\nwant\n%s", got, table)
	}
}

func TestParseReadsSections(t *testing.T) {
	parsed, err := Parse(table)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"{{ 1 }}", "== not a row\n-- not a section\n\\ one backslash", "a \nb\r"} {
		if got := parsed.Rows[i].Template.Data; got != want {
			t.Errorf("template %d: got %q, want %q", i, got, want)
		}
	}
	if got := parsed.Rows[0].Files[0]; got.Path != "templates/_h.tpl" || got.Data != "h\n" {
		t.Errorf("file: got %+v", got)
	}
}

func TestSetResultEscapesWhatIsNotPlain(t *testing.T) {
	for out, escaped := range map[string]bool{"": false, "a\n\tb": false, "é": false, "a ": true, "a\t\nb": true, "\r": true, "\x00": true, "\xff": true, "\u00a0": true} {
		var row Row
		row.SetResult(out, nil)
		if row.Out.Escaped != escaped || row.Out.Data != out || row.Err.Given {
			t.Errorf("%q: got %+v", out, row.Out)
		}
	}
	row := Row{Out: Text{Given: true}}
	row.SetResult("", errors.New("no"))
	if row.Out.Given || row.Err.Data != "no" {
		t.Errorf("got %+v", row)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"x":                           "line 1: neither a comment nor a row",
		"== name":                     `line 1: row name "name" is not <topic>/<name>`,
		"== a/b\n== a/b":              `line 2: second row named "a/b"`,
		"== a/b\n-- nope":             `line 2: unknown section "nope"`,
		"== a/b\n-- out x":            `line 2: unknown section "out x"`,
		"== a/b\n-- file":             "line 2: a file section needs a path",
		"== a/b\n-- out\n-- out":      `line 3: second section "out"`,
		"== a/b\n-- out-escaped\nx":   "line 3: not a quoted string: x",
		"== a/b\nx\n-- template\ny\n": `line 3: second section "template"`,
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
