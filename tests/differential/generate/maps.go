package generate

import (
	"fmt"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// sortRow puts things in order, and out of it.
func (w *writer) sortRow(int) *rows.Row {
	var b strings.Builder
	for range 1 + w.IntN(3) {
		b.WriteString("{{ " + w.sorting() + " }}\n")
	}
	return w.given(b.String())
}

func (w *writer) sorting() string {
	list := pick(w, []string{".Values.l", "(values .Values.t | sortAlpha)", "(keys .Values.t | sortAlpha)", "(concat .Values.l .Values.l)", w.dictLiteral(2) + " (dict \"é\" 1)"})
	if strings.HasPrefix(list, "(dict") {
		return list[1:strings.LastIndex(list, ") (")] + " | toJson"
	}
	switch w.IntN(10) {
	case 8, 9:
		return w.beyondEnd()
	case 0:
		return w.mark("sortAlpha", nil) + " " + list + " | toJson"
	case 1:
		return w.mark("uniq", nil) + " " + list + " | toJson"
	case 2:
		return w.mark("reverse", nil) + " " + list + " | toJson"
	case 3:
		return w.mark("without", nil) + " " + list + " " + pick(w, literals['A']) + " (first " + list + ") | toJson"
	case 4:
		return w.mark("has", nil) + " " + pick(w, literals['A']) + " " + list
	case 5:
		return "range $k, $v := .Values.t }}{{ $k }}={{ $v | toJson }};{{ end"
	case 6:
		return w.mark("chunk", nil) + " 2 (" + w.mark("compact", nil) + " " + list + ") | toJson"
	default:
		return w.mark("join", nil) + ` "," (` + list + ` | sortAlpha | uniq)`
	}
}

// beyondEnd shows what lies behind a list that was appended to, up to Go's
// capacity.
func (w *writer) beyondEnd() string {
	short := pick(w, []string{"(list)", "(list 1)", "(list 1 2)", "(list 1 2 3)", "(list 1 2 3 4 5)", ".Values.l", "(rest .Values.l)", `(splitList "" "abc")`})
	grown := pick(w, []string{"append", "prepend", "push", "mustAppend", "mustPrepend"})
	return fmt.Sprintf("%s (%s %s 7) %d %d | toJson", w.mark("slice", nil), w.mark(grown, nil), short, w.IntN(2), w.IntN(11))
}

// dictLiteral is a call of dict with random content.
func (w *writer) dictLiteral(depth int) string {
	var b strings.Builder
	b.WriteString("(dict")
	for range w.IntN(4) {
		b.WriteString(fmt.Sprintf(" %q ", pick(w, []string{"a", "b", "c", "d"})))
		switch n := w.IntN(6); {
		case n < 3 && depth > 0:
			b.WriteString(w.dictLiteral(depth - 1))
		case n == 3:
			b.WriteString(pick(w, literals['L']))
		default:
			b.WriteString(pick(w, literals['A']))
		}
	}
	return b.String() + ")"
}

// mergeRow lays maps over each other, changes the result and looks at all of
// them: what is shared shows.
func (w *writer) mergeRow(int) *rows.Row {
	var b strings.Builder
	names := []string{"$a", "$b", "$c"}[:2+w.IntN(2)]
	for i, name := range names {
		value := w.dictLiteral(2)
		if w.chance(40) {
			value = fmt.Sprintf(".Values.m%d", i)
		}
		if w.chance(20) {
			value = w.mark("deepCopy", []int{wildNamed("nested-dict")}) + " " + value
		}
		b.WriteString("{{ " + name + " := " + value + " }}\n")
	}
	merge := pick(w, []string{"merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"})
	kinds := []int{wildNamed("nested-dict"), wildNamed("nested-dict")}
	b.WriteString("{{ $r := " + w.mark(merge, kinds) + " " + strings.Join(names, " ") + " }}{{ $r | toJson }}\n")
	for range w.IntN(3) {
		b.WriteString("{{ " + w.change(append(names, "$r")) + " }}\n")
	}
	for _, name := range append(names, "$r") {
		b.WriteString("{{ " + name + " | toJson }}\n")
	}
	values := fmt.Sprintf("m0: %s\nm1: %s\nm2: %s", w.mergeTree(3), w.mergeTree(3), w.mergeTree(3))
	row := &rows.Row{Values: rows.Text{Given: true, Data: values}}
	row.Template.Data = b.String()
	return row
}

func (w *writer) change(names []string) string {
	name := pick(w, names)
	key := pick(w, []string{"a", "b", "c", "d"})
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf("$_ := %s %s %q", w.mark("unset", nil), name, key)
	case 1:
		return fmt.Sprintf("$_ := %s %s %q %s", w.mark("set", nil), name, key, pick(w, literals['A']))
	case 2:
		return fmt.Sprintf("with %s.%s }}{{ if kindIs \"map\" . }}{{ $_ := %s . \"z\" 1 }}{{ end }}{{ end", name, key, w.mark("set", nil))
	default:
		return fmt.Sprintf("%s \"a\" \"b\" \"none\" %s | toJson", w.mark("dig", nil), name)
	}
}

// mergeTree is a map whose keys and kinds of values meet those of others.
func (w *writer) mergeTree(depth int) string {
	return w.yamlMap([]string{"a", "b", "c", "d"}, func() string {
		if depth > 0 && w.chance(55) {
			return w.mergeTree(depth - 1)
		}
		return pick(w, []string{"1", "0", `""`, "x", "null", "true", "false", "[]", "[1, {a: 1}]", "{}", "2.5"})
	})
}
