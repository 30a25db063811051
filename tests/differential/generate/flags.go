package generate

import (
	"strconv"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// setRow is a chart with values and flags of the --set kind over them.
func (w *writer) setRow(int) *rows.Row {
	row := &rows.Row{}
	if w.chance(50) {
		row.Values = rows.Text{Given: true, Data: "a: " + w.mergeTree(3) + "\nb: [1, {a: 1}, null]\nc: x"}
	}
	if w.chance(20) {
		row.UserValues = rows.Text{Given: true, Data: "a: " + w.mergeTree(2) + "\nd: [x, y]"}
	}
	var flags []string
	for range 1 + w.IntN(3) {
		flags = append(flags, w.flag())
	}
	row.Flags = rows.Text{Given: true, Data: strings.Join(flags, "\n")}
	row.Template.Data = "{{ .Values | toJson }}\n{{ range $k, $v := .Values }}{{ $k }} {{ typeOf $v }} {{ $v }}\n{{ end }}"
	return row
}

// flag is a line of a row's flags.
func (w *writer) flag() string {
	var line string
	switch n := w.IntN(10); {
	case n < 5:
		line = "--set " + w.assignments(w.setValue)
	case n < 7:
		line = "--set-string " + w.assignments(w.setValue)
	case n < 8:
		line = "--set-literal " + w.path() + "=" + w.setValue()
	default:
		line = "--set-json " + w.assignments(func() string { return w.json(2) })
		if w.chance(20) {
			line = "--set-json " + w.json(3)
		}
	}
	if w.chance(15) {
		flag, text, _ := strings.Cut(line, " ")
		line = flag + " " + w.noise(text)
	}
	return strconv.Quote(line)
}

func (w *writer) assignments(value func() string) string {
	var all []string
	for range 1 + w.IntN(3)*w.IntN(2) {
		all = append(all, w.path()+"="+value())
	}
	return strings.Join(all, ",")
}

// path leads to a value: keys and indices.
func (w *writer) path() string {
	var b strings.Builder
	for i := range 1 + w.IntN(3) {
		if i > 0 {
			b.WriteString(".")
		}
		b.WriteString(pick(w, []string{"a", "b", "c", "d", "a", "b", "c", "d", "a", "b", `e\.f`, "k y", "é", "1", `g\,h`, `i\=`}))
		for w.chance(20) {
			b.WriteString(pick(w, []string{"[0]", "[1]", "[2]", "[0]", "[1]", "[0]", "[5]"}))
		}
		for w.chance(1) {
			b.WriteString(pick(w, []string{"[-1]", "[x]", "[]", "[ 1]", "[65536]", "[65537]", ".", "="}))
		}
	}
	return b.String()
}

func (w *writer) setValue() string {
	if w.chance(20) {
		var items []string
		for range w.IntN(4) {
			items = append(items, w.setScalar())
		}
		return "{" + strings.Join(items, ",") + "}"
	}
	return w.setScalar()
}

func (w *writer) setScalar() string {
	if w.chance(10) {
		return strings.ReplaceAll(w.text(), "\x00", "")
	}
	return pick(w, []string{"1", "x", "", "true", "false", "null", "0", "-5", "1.5", "007", "1e3", "9223372036854775808", `a\,b`, `"q"`, "é", "a b", " x ", `\{`, "TRUE", "{}", "a=b", `c\d`, "0x10", "+3", "~", "NULL", "1_0", "{a", "}"})
}

// json is a value as --set-json takes it.
func (w *writer) json(depth int) string {
	switch n := w.IntN(8); {
	case n < 3 || depth == 0:
		return pick(w, []string{"1", "-2.5", `"x"`, "true", "null", `"a,b"`, "1e3", `""`, "12345678901234567890", "x", `"\u00e9"`, " 1 "})
	case n < 5:
		return "[" + w.items(func() string { return w.json(depth - 1) }) + "]"
	default:
		return "{" + w.items(func() string { return `"` + pick(w, []string{"a", "b", "c", "x.y"}) + `":` + w.json(depth-1) }) + "}"
	}
}

// noise takes something out or puts something in.
func (w *writer) noise(text string) string {
	at := w.IntN(len(text) + 1)
	if w.chance(40) && at < len(text) {
		return text[:at] + text[at+1:]
	}
	return text[:at] + pick(w, []string{"=", ",", ".", "[", "]", "{", "}", `\`, "0", " ", `"`}) + text[at:]
}
