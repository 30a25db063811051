package generate

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed signatures.txt
var signatureText string

// function is a name with the kinds of its parameters.
type function struct {
	name   string
	params []string
}

// Signatures say what functions take and give, as signatures.txt does.
type signatures struct {
	giving  map[byte][]function   // by the kind of the result
	named   map[string][]function // by name
	names   []string              // sorted
	wrapped map[string]string     // a template for the call, which stands at "@"
	slow    map[string]bool
}

var table = parseSignatures(signatureText)

func parseSignatures(text string) *signatures {
	t := &signatures{map[byte][]function{}, map[string][]function{}, nil, map[string]string{}, map[string]bool{}}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		switch line[0] {
		case '#':
		case '~':
			name, wrap, _ := strings.Cut(line[2:], " ")
			t.wrapped[name] = wrap
		case '!':
			for _, name := range strings.Fields(line[2:]) {
				t.slow[name] = true
			}
		default:
			t.add(line[0], line[3:])
		}
	}
	for name := range t.named {
		t.names = append(t.names, name)
	}
	slices.Sort(t.names)
	for kind, list := range t.giving {
		t.giving[kind] = slices.DeleteFunc(list, func(f function) bool { return t.wrapped[f.name] != "" || t.slow[f.name] })
	}
	return t
}

func (t *signatures) add(result byte, line string) {
	for _, one := range strings.Split(line, "|") {
		words := strings.Fields(one)
		f := function{words[0], words[1:]}
		t.giving[result] = append(t.giving[result], f)
		t.named[f.name] = append(t.named[f.name], f)
	}
}

// Functions are the names of all functions there are, sorted.
func Functions() []string { return table.names }

// hungry functions make something as large as the number they are given.
// Nobody waits for what a large one makes.
var hungry = map[string]bool{"until": true, "untilStep": true, "seq": true, "repeat": true, "indent": true, "nindent": true,
	"randAlpha": true, "randAlphaNum": true, "randAscii": true, "randNumeric": true, "randBytes": true}
