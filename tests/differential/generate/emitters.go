package generate

import (
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// given is a row with random values: t is a map, l a list, s a text.
func (w *writer) given(template string) *rows.Row {
	values := "t: " + w.treeMap(3) + "\nl: [" + w.items(func() string { return w.tree(2) }) + "]\ns: " + quoteYaml(w.text())
	row := &rows.Row{Values: rows.Text{Given: true, Data: values}}
	row.Template.Data = template
	return row
}

var writers = []string{"toYaml", "toYaml", "toJson", "toPrettyJson", "toRawJson", "toYamlPretty"}

// emitRow writes values and reads back what was written.
func (w *writer) emitRow(int) *rows.Row {
	var b strings.Builder
	for range 1 + w.IntN(2) {
		b.WriteString(w.trip() + "\n")
	}
	return w.given(b.String())
}

func (w *writer) trip() string {
	write := w.mark(pick(w, writers), []int{wildNamed("nested-dict")})
	switch w.IntN(9) {
	case 0:
		return "{{ .Values.t | " + write + " }}"
	case 1:
		return "{{ .Values.l | " + write + " }}"
	case 2:
		return "{{ .Values.s | " + write + " }}"
	case 3:
		return "{{ .Values.t | " + write + " | fromYaml | " + pick(w, writers) + " }}"
	case 4:
		return "{{ .Values.l | " + write + " | fromYamlArray | " + pick(w, writers) + " }}"
	case 5:
		return "{{ .Values.t | toToml }}{{ .Values.t | toToml | fromToml | " + pick(w, writers) + " }}"
	case 6:
		return `{{ printf "x:\n%s" (.Values.` + pick(w, []string{"t", "l", "s"}) + ` | toYaml | indent ` + pick(w, []string{"2", "1", "0"}) + ") | fromYaml | toJson }}"
	case 7:
		return "{{ .Values.t | " + pick(w, []string{"toJson", "toRawJson", "toPrettyJson"}) + " | " + pick(w, []string{"fromJson", "mustFromJson"}) + " | " + write + " }}"
	default:
		return `{{ print "x: " (.Values.s | ` + pick(w, []string{"quote", "squote", "toJson", "toString"}) + `) " # c" | fromYaml | toJson }}`
	}
}

// printRow prints everything with everything that printing knows.
func (w *writer) printRow(int) *rows.Row {
	var b strings.Builder
	for range 1 + w.IntN(3) {
		b.WriteString("{{ " + w.printing() + " }}\n")
	}
	return w.given(b.String())
}

func (w *writer) printing() string {
	var arguments []argument
	for range 1 + w.IntN(3) {
		arguments = append(arguments, w.printed())
	}
	switch w.IntN(8) {
	case 0:
		return w.invoke("print", arguments)
	case 1:
		return w.invoke("println", arguments)
	case 2:
		return w.invoke("quote", arguments)
	}
	format := argument{w.format(), wildNamed("text")}
	return w.invoke("printf", append([]argument{format}, arguments...))
}

func (w *writer) printed() argument {
	if w.chance(30) {
		return argument{pick(w, []string{".Values.t", ".Values.l", ".Values.s", ".Values"}), -1}
	}
	for {
		if kind := w.IntN(len(wilds)); wilds[kind].name != "object" { // objects are full of addresses
			return w.wildArgument(kind, false, 1)
		}
	}
}

// format has verbs with flags, widths, precisions and numbers of arguments.
func (w *writer) format() string {
	var b strings.Builder
	for range 1 + w.IntN(3) {
		b.WriteString("%")
		for w.chance(40) {
			b.WriteByte("+-# 0"[w.IntN(5)])
		}
		b.WriteString(pick(w, []string{"", "", "", "", "3", "12", "*", "[1]", "[2]", "[2]*", "0", "40"}))
		b.WriteString(pick(w, []string{"", "", "", ".2", ".0", ".", ".*", ".10", ".[1]*", ".25"}))
		b.WriteString(pick(w, []string{"", "", "", "", "[1]", "[3]", "[x]", "["}))
		b.WriteByte("vvvvdsqxXtbcoOUeEfFgGTz%!"[w.IntN(25)])
		b.WriteString(pick(w, []string{"|", " ", "", "é", "%%"}))
	}
	return `"` + strings.ReplaceAll(b.String(), `"`, `\"`) + `"`
}
