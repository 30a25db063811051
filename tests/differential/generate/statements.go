package generate

import (
	"fmt"
	"strconv"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// programRow is a template with everything that templates are made of.
func (w *writer) programRow(int) *rows.Row {
	row := &rows.Row{Values: rows.Text{Given: true, Data: w.valuesText()}}
	if w.chance(15) {
		row.UserValues = rows.Text{Given: true, Data: w.valuesText()}
	}
	var b strings.Builder
	for n := range w.IntN(5) / 2 {
		name := fmt.Sprintf("d%d", n+1)
		w.atRoot = false
		b.WriteString(w.open() + "define \"" + name + "\"" + w.close() + w.body(1) + w.action("end"))
		w.defines = append(w.defines, name)
		w.vars = nil
	}
	w.atRoot = true
	if len(w.defines) > 0 && w.chance(30) { // as charts have them
		row.Files = append(row.Files, rows.File{Path: "templates/_helpers.tpl", Data: w.unmarked(b.String())})
		b.Reset()
	}
	b.WriteString(w.body(2))
	row.Template.Data = b.String()
	return row
}

func (w *writer) open() string {
	if w.chance(15) {
		return "{{- "
	}
	return pick(w, []string{"{{ ", "{{ ", "{{"})
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

var texts = []string{"a", " ", "\n", "\n  ", "x: ", "- ", "# c\n", "  \n\t", "<no value>", "é", "}}", "{ ", "\r\n", "-"}

func (w *writer) statement(depth int) string {
	n := w.IntN(22)
	if depth == 0 && n >= 13 {
		n = 5
	}
	switch {
	case n < 4:
		return pick(w, texts)
	case n < 9:
		return w.action(w.pipeline(2))
	case n == 9:
		return w.declaration()
	case n == 10:
		return pick(w, []string{"{{/* c */}}", "{{- /* c\nd */ -}}", "{{/* {{ . }} */ -}}"})
	case n == 11:
		return w.call()
	case n == 12:
		return w.nested(depth)
	case n < 16:
		return w.ifElse(depth)
	case n < 19:
		return w.with(depth)
	default:
		return w.rangeOver(depth)
	}
}

func (w *writer) declaration() string {
	if len(w.vars) > 0 && w.chance(40) {
		return w.action(pick(w, w.vars) + " = " + w.pipeline(2))
	}
	value := w.pipeline(2)
	name := fmt.Sprintf("$v%d", w.IntN(3))
	w.vars = append(w.vars, name)
	return w.action(name + " := " + value)
}

// call is a template action, or an include, or the end of a loop's turn.
func (w *writer) call() string {
	if w.inRange > 0 && w.chance(40) {
		return w.action(pick(w, []string{"break", "continue"}))
	}
	if len(w.defines) == 0 {
		return w.action(w.expr('A', 2).text)
	}
	name := pick(w, w.defines)
	argument := pick(w, []string{"", " .", " $", " nil", " (dict \"k\" 1)", " .Values"})
	if w.chance(60) {
		if argument == "" {
			argument = " ."
		}
		return w.action(`include "` + name + `"` + argument + pick(w, []string{"", " | indent 2", " | quote", " | trim", " | nindent 4", " | fromYaml"}))
	}
	return w.action(`template "` + name + `"` + argument)
}

// nested is a template in a text, or a block.
func (w *writer) nested(depth int) string {
	vars := w.vars
	w.vars = nil
	inner := w.inner(max(0, depth-1))
	w.vars = vars
	if w.chance(25) {
		return w.action(fmt.Sprintf("block \"b%d\" .", w.IntN(3))) + inner + w.action("end")
	}
	return w.action("tpl " + strconv.Quote(w.unmarked(inner)) + pick(w, []string{" .", " $", " .", " (dict)", ` (merge (dict "k" 1) .)`}))
}

func (w *writer) condition() string {
	if w.chance(50) {
		return w.expr('B', 2).text
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
	if w.chance(25) {
		s += w.action("else with "+w.pipeline(1)) + w.inner(depth-1)
	}
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
		return w.leaf('C').text
	case 1:
		return pick(w, literals['S'])
	}
	letter := "LLDDsm"[w.IntN(6)]
	if w.chance(50) {
		return w.leaf(letter).text
	}
	choices := table.giving[letter]
	f := choices[w.IntN(len(choices))]
	if strings.HasPrefix(f.name, "until") { // what a pipe brings may be large
		return "(until 3)"
	}
	return "(" + w.invoke(f.name, w.arguments(f.params, 1)) + ")"
}

func (w *writer) rangeOver(depth int) string {
	scope := len(w.vars)
	value, before, after := w.iterable(), "", ""
	switch n := w.IntN(8); {
	case n < 2:
		value = "$e := " + value
		w.vars = append(w.vars, "$e")
	case n < 4:
		value = "$i, $e := " + value
		w.vars = append(w.vars, "$i", "$e")
	case n < 6: // what is assigned is there behind the end
		key, element := pick(w, []string{"$v0", "$v1"}), pick(w, []string{"$v1", "$v2"})
		before = w.action(key+" := 7") + w.action(element+" := 8")
		after = w.action(key) + " " + w.action(element)
		value = pick(w, []string{element, key + ", " + element}) + " = " + value
	}
	w.inRange++
	s := before + w.action("range "+value) + w.inner(depth-1)
	w.inRange--
	if w.chance(30) {
		s += w.action("else") + w.body(depth-1)
	}
	w.vars = w.vars[:scope]
	return s + w.action("end") + after
}

// pipeline is an expression, sometimes handed on to functions by pipes.
func (w *writer) pipeline(depth int) string {
	depth = w.IntN(depth + 1)
	letter := "SSSSSIINNBLLDDsMAAA"[w.IntN(19)]
	value := w.expr(letter, depth)
	for value.text != "nil" && w.chance(40) {
		f, result, ok := w.functionTaking(letter)
		if !ok {
			break
		}
		before := w.arguments(f.params[:len(f.params)-1], depth-1)
		value = argument{w.pipe(f.name, append(before, value)), -1}
		letter = result
	}
	return value.text
}

// functionTaking finds one whose last parameter takes what a letter stands for.
func (w *writer) functionTaking(letter byte) (function, byte, bool) {
	for range 30 {
		result := "SSINBLsDMA"[w.IntN(10)]
		f := pick(w, table.giving[result])
		if len(f.params) == 0 || hungry[f.name] && letter != 'S' || f.name == "printf" && letter == 'M' {
			continue
		}
		last := f.params[len(f.params)-1]
		if strings.HasSuffix(last, ")") || len(f.params) > 1 && strings.HasPrefix(f.params[len(f.params)-2], "(") {
			continue
		}
		if last[0] == letter || last[0] == 'A' && w.chance(50) {
			return f, result, true
		}
	}
	return function{}, 0, false
}
