package generate

import (
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// Every function meets every kind of argument: these cases go through all
// pairs of them in turn, again and again, with other companions each time.

const callsInRow = 2

// callRow is some calls, each on a line of its own. What fails ends the
// rendering, so that lines below it do not count.
func (w *writer) callRow(number int) *rows.Row {
	var b strings.Builder
	for i := range callsInRow {
		b.WriteString(w.focus(number*callsInRow+i) + "\n")
	}
	row := &rows.Row{Values: rows.Text{Given: true, Data: w.valuesText()}}
	row.Template.Data = b.String()
	return row
}

// focus calls the function that is due, with the kind of argument that is.
func (w *writer) focus(number int) string {
	name := table.names[number%len(table.names)]
	round := number / len(table.names)
	kind := round % len(wilds)
	f := pick(w, table.named[name])
	arguments := w.focusArguments(f, kind, round/len(wilds))
	call := w.invoke(name, arguments)
	if last := len(arguments) - 1; last >= 0 && arguments[last].text != "nil" && w.chance(30) {
		call = w.pipe(name, arguments)
	}
	return w.shown(name, call)
}

func (w *writer) focusArguments(f function, kind, turn int) []argument {
	list := w.arguments(f.params, 1)
	for len(list) > 1 && w.chance(2) {
		list = list[1:] // too few
	}
	if len(list) == 0 || w.chance(2) {
		list = append(list, argument{"1", wildNamed("int")}) // too many
	}
	others := 15 // percent of companions that are of any kind
	if table.slow[f.name] {
		others = 85
	}
	for i := range list {
		if w.chance(others) {
			list[i] = w.wildArgument(w.IntN(len(wilds)), hungry[f.name], 1)
		}
	}
	list[turn%len(list)] = w.wildArgument(kind, hungry[f.name], 1)
	return list
}

// shown prints the result of a call, and what it is.
func (w *writer) shown(name, call string) string {
	if wrap := table.wrapped[name]; wrap != "" {
		return "{{ " + strings.Replace(wrap, "@", "("+call+")", 1) + " }}"
	}
	switch w.IntN(6) {
	case 0:
		return "{{ " + call + " }}"
	case 1:
		return "{{ $r := " + call + ` }}{{ printf "%T %v" $r $r }}`
	case 2:
		return "{{ " + call + " | toYaml }}"
	case 3:
		return "{{ $r := " + call + " }}{{ kindOf $r }} {{ $r | toJson }} {{ $r }}"
	case 4:
		return "{{ with " + call + " }}{{ . | quote }}{{ else }}-{{ end }}"
	default:
		return "{{ $r := " + call + " }}{{ typeOf $r }} {{ $r | toJson }}"
	}
}
