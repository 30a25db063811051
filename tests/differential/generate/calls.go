package generate

import (
	"math/rand/v2"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// Every function meets every kind of argument: these cases go through all
// pairs of them in turn, again and again, with other companions each time.
// What fails ends the rendering, so that what should not do has a case of its
// own.

// target is an argument of a call: one of those that meet a kind.
type target struct {
	function function
	position int
}

// pair is a function with a kind of argument and where it may be.
type pair struct {
	kind    int
	targets []target
}

var fitting, unfitting = pairs()

func pairs() (good, bad []pair) {
	for kind, k := range wilds {
		for _, name := range table.names {
			var do, dont []target
			for _, f := range table.named[name] {
				for i, p := range f.params {
					if t := (target{f, i}); !table.slow[name] && fits(strings.TrimPrefix(p, "(")[0], k.name) {
						do = append(do, t)
					} else {
						dont = append(dont, t)
					}
				}
				if len(f.params) == 0 {
					dont = append(dont, target{f, 0})
				}
			}
			if len(do) > 0 {
				good = append(good, pair{kind, do})
			} else {
				bad = append(bad, pair{kind, dont})
			}
		}
	}
	return good, bad
}

// due is the pair whose turn it is. Each turn is in another order, so that none
// always follows one that fails.
func due(pairs []pair, number int) pair {
	turn, place := number/len(pairs), number%len(pairs)
	order := rand.New(rand.NewPCG(uint64(turn), uint64(len(pairs)))).Perm(len(pairs))
	return pairs[order[place]]
}

const callsInRow = 3

// callRow is some calls that should do, each on a line of its own.
func (w *writer) callRow(number int) *rows.Row {
	var b strings.Builder
	for i := range callsInRow {
		b.WriteString(w.focus(due(fitting, number*callsInRow+i)) + "\n")
	}
	return w.valuesRow(b.String())
}

// misfitRow is a call that should not do.
func (w *writer) misfitRow(number int) *rows.Row {
	return w.valuesRow(w.focus(due(unfitting, number)))
}

func (w *writer) valuesRow(template string) *rows.Row {
	row := &rows.Row{Values: rows.Text{Given: true, Data: w.valuesText()}}
	row.Template.Data = template
	return row
}

// focus calls the function of a pair with its kind of argument.
func (w *writer) focus(p pair) string {
	t := pick(w, p.targets)
	name := t.function.name
	arguments := w.companions(t)
	at := min(t.position, len(arguments)-1)
	arguments[at] = w.wildArgument(p.kind, hungry[name], 1)
	call := w.invoke(name, arguments)
	if last := arguments[len(arguments)-1]; last.text != "nil" && w.chance(30) {
		call = w.pipe(name, arguments)
	}
	return w.shown(name, call)
}

// companions are arguments for all parameters of a function.
func (w *writer) companions(t target) []argument {
	depth := 0
	if w.chance(35) {
		depth = 1
	}
	list := w.arguments(t.function.params, depth)
	for len(list) > 1 && w.chance(1) {
		list = list[1:] // too few
	}
	for len(list) == 0 || w.chance(1) {
		list = append(list, argument{"1", wildNamed("int")}) // too many
	}
	others := 4 // percent of companions that are of any kind
	if table.slow[t.function.name] {
		others = 85
	}
	for i := range list {
		if w.chance(others) {
			list[i] = w.wildArgument(w.IntN(len(wilds)), hungry[t.function.name], 1)
		}
	}
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
