package generate

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// writer makes one case. Most of it is well-typed, so that rendering gets
// somewhere; now and then it is not.
type writer struct {
	*rand.Rand
	calls   []call
	vars    []string // in scope
	defines []string
	inRange int
	atRoot  bool // dot is the chart's root object
}

func (w *writer) chance(percent int) bool { return w.IntN(100) < percent }

func pick[T any](w *writer, from []T) T { return from[w.IntN(len(from))] }

// argument is an expression with what it counts as, -1 for nothing.
type argument struct {
	text string
	kind int
}

func wildNamed(name string) int {
	return slices.IndexFunc(wilds, func(k wild) bool { return k.name == name })
}

// classify says what an expression of a signature's kind counts as.
func classify(letter byte, text string) int {
	if name, ok := wildOf[letter]; ok {
		return wildNamed(name)
	}
	switch {
	case text == "nil":
		return wildNamed("nil")
	case text == "true", text == "false":
		return wildNamed("bool")
	case text[0] == '"':
		return wildNamed("text")
	case text[0] == '-':
		return wildNamed("negative")
	case text[0] >= '0' && text[0] <= '9' && strings.ContainsAny(text, ".e"):
		return wildNamed("float")
	case text[0] >= '0' && text[0] <= '9':
		return wildNamed("int")
	}
	return -1
}

// invoke writes a call.
func (w *writer) invoke(name string, arguments []argument) string {
	var kinds []int
	var b strings.Builder
	for _, a := range arguments {
		kinds = append(kinds, a.kind)
		b.WriteString(" " + a.text)
	}
	return w.mark(name, kinds) + b.String()
}

// pipe writes a call whose last argument comes by a pipe.
func (w *writer) pipe(name string, arguments []argument) string {
	last := arguments[len(arguments)-1]
	var kinds []int
	var b strings.Builder
	for _, a := range arguments[:len(arguments)-1] {
		kinds = append(kinds, a.kind)
		b.WriteString(" " + a.text)
	}
	return last.text + " | " + w.mark(name, append(kinds, last.kind)) + b.String()
}

// expr is one operand of about the wanted kind.
func (w *writer) expr(letter byte, depth int) argument {
	if letter == 'C' {
		return w.leaf(letter)
	}
	if w.chance(2) {
		return w.wildArgument(w.IntN(len(wilds)), false, depth)
	}
	choices := table.giving[letter]
	if depth <= 0 || len(choices) == 0 || w.chance(30) {
		return w.leaf(letter)
	}
	f := pick(w, choices)
	text := "(" + w.invoke(f.name, w.arguments(f.params, depth-1)) + ")"
	return argument{text, classify(letter, text)}
}

// arguments fit the parameters of a signature.
func (w *writer) arguments(params []string, depth int) []argument {
	var list []argument
	prefix := ""
	for _, p := range params {
		if strings.HasPrefix(p, "(") { // a call of its own follows, of one argument
			prefix = "(" + p[1:] + " "
			continue
		}
		count, suffix := 1, ""
		if strings.HasSuffix(p, "*") {
			count = w.IntN(4)
		}
		if strings.HasSuffix(p, ")") {
			suffix = ")"
		}
		for range count {
			a := w.expr(p[0], depth)
			if p == "S" && w.chance(4) {
				a.text = pick(w, replacements)
			}
			if prefix != "" {
				a = argument{prefix + a.text + suffix, -1}
				prefix = ""
			}
			list = append(list, a)
		}
	}
	return list
}

// replacements are written for $1 and the like in regular expressions.
var replacements = []string{`"-"`, `"$1"`, `"${1}x"`, `"$1x"`, `"$$"`, `"<$0>"`, `"$n"`, `"$"`}

// wildArgument is of one of the kinds that every function meets.
func (w *writer) wildArgument(kind int, forHungry bool, depth int) argument {
	k := wilds[kind]
	if forHungry && k.name == "huge" {
		return argument{pick(w, notHuge), kind}
	}
	if k.kinds == "" || len(k.choices) > 0 && w.chance(70) {
		chosen := pick(w, k.choices)
		for forHungry && chosen == "1e6" { // an integer to Go's templates, and longer than a case may be
			chosen = pick(w, k.choices)
		}
		return argument{chosen, kind}
	}
	letter := k.kinds[w.IntN(len(k.kinds))]
	if choices := table.giving[letter]; len(choices) > 0 && depth > 0 && !forHungry && w.chance(50) {
		f := pick(w, choices)
		return argument{"(" + w.invoke(f.name, w.arguments(f.params, depth-1)) + ")", kind}
	}
	return argument{pick(w, literals[letter]), kind}
}

var paths = map[byte][]string{
	'S': {".text", ".map.text"},
	'N': {".num", ".num", ".map.num"},
	'B': {".flag"},
	'L': {".list"},
	'D': {".map"},
	'A': {".any", ".text", ".num", ".flag", ".list", ".map", ".nope", ".map.nope", ".map.k", ".any.k"},
}

// leaf is a literal, a variable, or something out of dot or the values.
func (w *writer) leaf(letter byte) argument {
	if letter == 'I' && w.chance(20) {
		return argument{"(int " + w.values() + ".num)", wildNamed("int")}
	}
	if known := paths[letter]; known != nil && w.chance(45) {
		text := w.values() + pick(w, known)
		return argument{text, classify(letter, text)}
	}
	likely := 4 // what is typed anyhow seldom fits elsewhere
	if letter == 'A' {
		likely = 40
	}
	if len(w.vars) > 0 && letter != 'C' && w.chance(likely) {
		return argument{pick(w, w.vars), -1}
	}
	if !w.atRoot && letter != 'C' && w.chance(likely) {
		return argument{pick(w, []string{".", ".", ".k", ".text"}), -1}
	}
	if letter == 'A' && w.chance(5) {
		return argument{pick(w, []string{".Release.Name", "$.Chart.Version", "$.Capabilities.KubeVersion.Minor", "$.Template.Name", "$.Release.Revision", `(index $.Values "a-b")`}), -1}
	}
	text := pick(w, literals[letter])
	return argument{w.rooted(text), classify(letter, text)}
}

// values is how the values are reached from where the writer is.
func (w *writer) values() string {
	if w.atRoot && w.chance(80) {
		return ".Values"
	}
	return "$.Values"
}

// rooted makes an expression that begins at the root right wherever it stands.
func (w *writer) rooted(text string) string {
	if w.atRoot || w.chance(5) {
		return text
	}
	text = strings.ReplaceAll(text, " .Values", " $.Values")
	if strings.HasPrefix(text, ".Capabilities") {
		return "$" + text
	}
	return text
}
