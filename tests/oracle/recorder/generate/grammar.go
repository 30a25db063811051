package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// writer makes one template. Most of it is well-typed, so that rendering gets
// somewhere; now and then it is not.
type writer struct {
	*rand.Rand
	vars    []string // in scope
	defines []string
	inRange int
	atRoot  bool // dot is the chart's root object
}

func newRow(r *rand.Rand, name string) *rows.Row {
	w := &writer{Rand: r, atRoot: true}
	row := &rows.Row{Name: name, Values: rows.Text{Given: true, Data: w.values()}}
	if w.chance(15) {
		row.UserValues = rows.Text{Given: true, Data: w.values()}
	}
	var b strings.Builder
	for n := range w.IntN(5) / 2 {
		name := fmt.Sprintf("d%d", n+1)
		w.atRoot = false
		b.WriteString(w.open() + "define \"" + name + "\"" + w.close() + w.body(1) + w.open() + "end" + w.close())
		w.defines = append(w.defines, name)
		w.vars = nil
	}
	w.atRoot = true
	b.WriteString(w.body(2))
	row.Template = rows.Text{Given: true, Data: b.String()}
	return row
}

func (w *writer) chance(percent int) bool { return w.IntN(100) < percent }

func (w *writer) pick(from []string) string { return from[w.IntN(len(from))] }

// values is a chart's values.yaml: always the same keys, so that templates
// meet them, with changing content.
func (w *writer) values() string {
	var b strings.Builder
	for _, key := range []string{"text", "num", "flag", "list", "map", "any", "a-b"} {
		if !w.chance(90) {
			continue
		}
		var v string
		switch {
		case w.chance(5):
			v = w.yaml(2)
		case key == "text":
			v = w.pick(yamlTexts)
		case key == "num":
			v = w.pick(yamlNumbers)
		case key == "flag":
			v = w.pick([]string{"true", "false", "yes", "no", "on", "null"})
		case key == "list":
			v = "[" + w.yamlItems(func() string { return w.yaml(1) }) + "]"
		case key == "map":
			v = "{" + w.yamlItems(func() string { return w.pick(yamlKeys) + ": " + w.yaml(1) }) + "}"
		default:
			v = w.yaml(2)
		}
		b.WriteString(key + ": " + v + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var (
	yamlTexts   = []string{`""`, "hello", `"two words"`, `"{{ .Release.Name }}-x"`, `"1"`, `"true"`, "2024-01-02", `"a\nb\n"`, "é😀", `"  pad "`, "0x1G", `"%s"`}
	yamlNumbers = []string{"0", "1", "-7", "3.5", "1e3", "1000000", "8080", "0x1F", "017", "12345678901", "0.1", "1.0", ".5", "1_000", "9007199254740993"}
	yamlKeys    = []string{"k", "text", "num", "b", `"8080"`, "Key", "a-b"}
)

func (w *writer) yaml(depth int) string {
	switch n := w.IntN(10); {
	case n < 3:
		return w.pick(yamlTexts)
	case n < 6:
		return w.pick(yamlNumbers)
	case n == 6:
		return w.pick([]string{"true", "false", "null", "~"})
	case depth > 0 && n < 9:
		return "[" + w.yamlItems(func() string { return w.yaml(depth - 1) }) + "]"
	case depth > 0:
		return "{" + w.yamlItems(func() string { return w.pick(yamlKeys) + ": " + w.yaml(depth-1) }) + "}"
	}
	return "[]"
}

func (w *writer) yamlItems(item func() string) string {
	var items []string
	for range w.IntN(4) {
		items = append(items, item())
	}
	return strings.Join(items, ", ")
}

func (w *writer) open() string {
	if w.chance(15) {
		return "{{- "
	}
	return w.pick([]string{"{{ ", "{{ ", "{{"})
}

func (w *writer) close() string {
	if w.chance(15) {
		return " -}}"
	}
	return " }}"
}

func (w *writer) action(text string) string { return w.open() + text + w.close() }

// body is some statements in a scope of their own.
func (w *writer) body(depth int) string {
	scope, root := len(w.vars), w.atRoot
	var b strings.Builder
	for range 1 + w.IntN(2) + depth/2 {
		b.WriteString(w.statement(depth))
	}
	w.vars, w.atRoot = w.vars[:scope], root
	return b.String()
}

var texts = []string{"a", " ", "\n", "\n  ", "x: ", "- ", "# c\n", "  \n\t", "<no value>", "é", "}}", "{ "}

func (w *writer) statement(depth int) string {
	n := w.IntN(20)
	if depth == 0 && n >= 12 {
		n = 5
	}
	switch {
	case n < 4:
		return w.pick(texts)
	case n < 9:
		return w.action(w.pipeline(2))
	case n == 9:
		return w.declaration()
	case n == 10:
		return w.pick([]string{"{{/* c */}}", "{{- /* c\nd */ -}}", "{{/* {{ . }} */ -}}"})
	case n == 11:
		return w.call()
	case n < 15:
		return w.ifElse(depth)
	case n < 17:
		return w.with(depth)
	default:
		return w.rangeOver(depth)
	}
}

func (w *writer) declaration() string {
	if len(w.vars) > 0 && w.chance(40) {
		return w.action(w.pick(w.vars) + " = " + w.pipeline(2))
	}
	value := w.pipeline(2)
	name := fmt.Sprintf("$v%d", w.IntN(3))
	w.vars = append(w.vars, name)
	return w.action(name + " := " + value)
}

// call is a template action, or an include, or the end of a loop's turn.
func (w *writer) call() string {
	if w.inRange > 0 && w.chance(40) {
		return w.action(w.pick([]string{"break", "continue"}))
	}
	if len(w.defines) == 0 {
		return w.action(w.expr('A', 2))
	}
	name := w.pick(w.defines)
	argument := w.pick([]string{"", " .", " $", " nil", " (dict \"k\" 1)", " .Values"})
	if w.chance(60) {
		if argument == "" {
			argument = " ."
		}
		return w.action(`include "` + name + `"` + argument + w.pick([]string{"", " | indent 2", " | quote", " | trim", " | nindent 4"}))
	}
	return w.action(`template "` + name + `"` + argument)
}

func (w *writer) condition() string {
	if w.chance(50) {
		return w.expr('B', 2)
	}
	return w.pipeline(2)
}

func (w *writer) ifElse(depth int) string {
	s := w.action("if "+w.condition()) + w.body(depth-1)
	if w.chance(25) {
		s += w.action("else if "+w.condition()) + w.body(depth-1)
	}
	if w.chance(50) {
		s += w.action("else") + w.body(depth-1)
	}
	return s + w.action("end")
}

// inner is a body whose dot is another one.
func (w *writer) inner(depth int) string {
	root := w.atRoot
	w.atRoot = false
	s := w.body(depth)
	w.atRoot = root
	return s
}

func (w *writer) with(depth int) string {
	scope := len(w.vars)
	value := w.pipeline(2)
	if w.chance(25) {
		w.vars = append(w.vars, "$w")
		value = "$w := " + value
	}
	s := w.action("with "+value) + w.inner(depth-1)
	if w.chance(40) {
		s += w.action("else") + w.body(depth-1)
	}
	w.vars = w.vars[:scope]
	return s + w.action("end")
}

// iterable is mostly a list or a map. Numbers are small ones: nobody waits
// for the end of a range over a large one.
func (w *writer) iterable() string {
	switch w.IntN(10) {
	case 0:
		return w.leaf('C')
	case 1:
		return w.leaf('S')
	}
	kind := "LD"[w.IntN(2)]
	if w.chance(50) {
		return w.leaf(kind)
	}
	f := signatures[kind][w.IntN(len(signatures[kind]))]
	return "(" + f.name + w.arguments(f.params, 1) + ")"
}

func (w *writer) rangeOver(depth int) string {
	scope := len(w.vars)
	value := w.iterable()
	switch w.IntN(4) {
	case 0:
		value = "$e := " + value
		w.vars = append(w.vars, "$e")
	case 1:
		value = "$i, $e := " + value
		w.vars = append(w.vars, "$i", "$e")
	}
	w.inRange++
	s := w.action("range "+value) + w.inner(depth-1)
	w.inRange--
	if w.chance(30) {
		s += w.action("else") + w.body(depth-1)
	}
	w.vars = w.vars[:scope]
	return s + w.action("end")
}

// pipeline is an expression, sometimes handed on to functions by pipes.
func (w *writer) pipeline(depth int) string {
	depth = w.IntN(depth + 1)
	kind := "SSSSSIINNBLLDDAAA"[w.IntN(17)]
	s := w.expr(kind, depth)
	for w.chance(40) {
		f, result, ok := w.functionTaking(kind)
		if !ok {
			break
		}
		s += " | " + f.name + w.arguments(f.params[:len(f.params)-1], depth-1)
		kind = result
	}
	return s
}

// functionTaking finds one whose last parameter takes the kind.
func (w *writer) functionTaking(kind byte) (function, byte, bool) {
	for range 30 {
		result := "SINBLDA"[w.IntN(7)]
		f := signatures[result][w.IntN(len(signatures[result]))]
		last := f.params[len(f.params)-1]
		if last[0] == kind || last[0] == 'A' && w.chance(50) {
			if strings.HasPrefix(last, "(") || strings.HasSuffix(last, ")") {
				continue
			}
			return f, result, true
		}
	}
	return function{}, 0, false
}

// expr is one operand of about the wanted kind.
func (w *writer) expr(kind byte, depth int) string {
	if w.chance(2) {
		kind = "SINBLDARM"[w.IntN(9)]
	}
	if depth <= 0 || kind == 'C' || kind == 'R' || kind == 'V' || kind == 'K' || kind == 'T' || w.chance(30) {
		return w.leaf(kind)
	}
	choices := signatures[kind]
	if len(choices) == 0 {
		return w.leaf(kind)
	}
	f := choices[w.IntN(len(choices))]
	return "(" + f.name + w.arguments(f.params, depth-1) + ")"
}

func (w *writer) arguments(params []string, depth int) string {
	var b strings.Builder
	for _, p := range params {
		switch {
		case p == "(keys":
			b.WriteString(" (keys")
		case p == "D)":
			b.WriteString(" " + w.expr('D', depth) + ")")
		case strings.HasSuffix(p, "*"):
			for range w.IntN(4) {
				b.WriteString(" " + w.expr(p[0], depth))
			}
		case p == "S" && w.chance(4):
			b.WriteString(" " + w.pick(replacements))
		default:
			b.WriteString(" " + w.expr(p[0], depth))
		}
	}
	return b.String()
}

var paths = map[byte][]string{
	'S': {".text"},
	'I': {".num"},
	'N': {".num", ".num", ".map.num"},
	'B': {".flag"},
	'L': {".list"},
	'D': {".map"},
	'A': {".any", ".text", ".num", ".flag", ".list", ".map", ".nope", ".map.nope", ".map.k", ".any.k"},
}

// leaf is a literal, a variable, or something out of dot or the values.
func (w *writer) leaf(kind byte) string {
	if known := paths[kind]; known != nil && w.chance(45) {
		base := "$.Values"
		if w.atRoot && w.chance(80) {
			base = ".Values"
		}
		if kind == 'I' {
			return "(int " + base + w.pick(known) + ")"
		}
		return base + w.pick(known)
	}
	likely := 4 // what is typed anyhow seldom fits elsewhere
	if kind == 'A' {
		likely = 40
	}
	if len(w.vars) > 0 && w.chance(likely) {
		return w.pick(w.vars)
	}
	if !w.atRoot && w.chance(likely) {
		return w.pick([]string{".", ".", ".k", ".text"})
	}
	if kind == 'A' && w.chance(5) {
		return w.pick([]string{".Release.Name", "$.Chart.Version", "$.Capabilities.KubeVersion.Minor", "$.Template.Name", "$.Release.Revision", `(index $.Values "a-b")`})
	}
	return w.pick(literals[kind])
}
