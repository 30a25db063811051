package generate

import (
	"fmt"
	"strconv"
	"strings"
)

// valuesText is a chart's values.yaml: always the same keys, so that
// templates meet them, with changing content.
func (w *writer) valuesText() string {
	var b strings.Builder
	for _, key := range []string{"text", "num", "flag", "list", "map", "any", "a-b"} {
		if !w.chance(92) {
			continue
		}
		var v string
		switch {
		case w.chance(5):
			v = w.yaml(2)
		case key == "text":
			v = pick(w, yamlTexts)
		case key == "num":
			v = pick(w, yamlNumbers)
		case key == "flag":
			v = pick(w, []string{"true", "false", "yes", "no", "on", "null", "true", "false"})
		case key == "list":
			v = "[" + w.items(func() string { return w.yaml(1) }) + "]"
		case key == "map":
			v = w.yamlMap(yamlKeys, func() string { return w.yaml(1) })
		default:
			v = w.yaml(2)
		}
		b.WriteString(key + ": " + v + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var (
	yamlTexts   = []string{`""`, "hello", `"two words"`, `"{{ .Release.Name }}-x"`, `"1"`, `"true"`, "2024-01-02", `"a\nb\n"`, "é😀", `"  pad "`, "0x1G", `"%s"`, "a-b_c.d", `"x, y,z"`}
	yamlNumbers = []string{"0", "1", "-7", "3.5", "1e3", "1000000", "8080", "0x1F", "017", "12345678901", "0.1", "1.0", ".5", "1_000", "9007199254740993", "1e21", "-0", "0o17", "0b11", "1:30"}
	yamlKeys    = []string{"k", "text", "num", "b", `"8080"`, "Key", "a-b", "nope2"}
	// what resolves to something, or nearly
	yamlPlain = []string{"null", "~", "yes", "n", "On", "TRUE", "2024-01-02", "2024-01-02T03:04:05Z", "0x1f", "017", "08", "1e3", ".inf", "-.Inf", ".nan", "1_000", "1:30", "+1", "0b1", "0o7", "1.", ".5", "=", "<<", "'quoted'", "1e400", "123456789012345678901234567890", "-9223372036854775808", "18446744073709551615", "0.1e-6", "1e15", "1e-7", "4.0"}
)

// yamlMap is a map in braces, of distinct keys.
func (w *writer) yamlMap(keys []string, value func() string) string {
	var items []string
	for _, i := range w.Perm(len(keys))[:w.IntN(min(5, len(keys)+1))] {
		items = append(items, keys[i]+": "+value())
	}
	return "{" + strings.Join(items, ", ") + "}"
}

func (w *writer) yaml(depth int) string {
	switch n := w.IntN(10); {
	case n < 3:
		return pick(w, yamlTexts)
	case n < 5:
		return pick(w, yamlNumbers)
	case n == 5:
		return pick(w, []string{"true", "false", "null", "~"})
	case depth == 0:
		return "x"
	case n < 8:
		return "[" + w.items(func() string { return w.yaml(depth - 1) }) + "]"
	default:
		return w.yamlMap(yamlKeys, func() string { return w.yaml(depth - 1) })
	}
}

func (w *writer) items(item func() string) string {
	var items []string
	for range w.IntN(4) {
		items = append(items, item())
	}
	return strings.Join(items, ", ")
}

// pieces of texts that emitters have to think about.
var pieces = []string{"a", "b", "word", "Z", "1", "0", "10", "-", "- ", ": ", ":", " #", "#", " ", "  ", "\n", "\n\n", "\n  ", "\t", "\r", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?", "? ", "---", "...", "é", "日", "😀", "\u00a0", "\u0085", "\u2028", "\ufeff", "\x00", "\x7f", "\u0080", "<", "=", "~", "null", "true", "1e3", "0x", "2024-01-02", "<<", "$", "{{", "}}", "/", ".", "_", "averyveryverylongwordthatgoeson", "some words to fill a line with ", "\u200b", "\ud7ff", "e\u0301"}

// prose is a text of words that goes on beyond the end of a line, in whatever quotes its start asks for.
func (w *writer) prose() string {
	var b strings.Builder
	b.WriteString(pick(w, []string{"", "", "- ", "# ", "@", "'", "it's: ", " ", "{", "true ", "\n", "\t", "é"}))
	for range 8 + w.IntN(30) {
		b.WriteString(pick(w, []string{"a", "of", "word", "longer", "it's", "\"so\"", "é日", "averyveryverylongwordthatgoeson", "k:", "#1"}))
		b.WriteString(pick(w, []string{" ", " ", " ", " ", "  ", "  ", "   ", "-"}))
	}
	if w.chance(15) {
		b.WriteString(pick(w, pieces))
	}
	if w.chance(70) {
		return strings.TrimRight(b.String(), " ")
	}
	return b.String()
}

// text is a random one, long now and then.
func (w *writer) text() string {
	if w.chance(7) {
		return w.prose()
	}
	n := w.IntN(5)
	if w.chance(10) {
		n += w.IntN(20)
	}
	var b strings.Builder
	for range n {
		b.WriteString(pick(w, pieces))
	}
	return b.String()
}

// tree is a random value as it stands in a values.yaml.
func (w *writer) tree(depth int) string {
	switch n := w.IntN(12); {
	case n < 4 || depth == 0 && n < 8:
		return quoteYaml(w.text())
	case n < 5 || depth == 0:
		return pick(w, yamlPlain)
	case n < 6:
		return w.number()
	case n < 8:
		return "[" + w.items(func() string { return w.tree(depth - 1) }) + "]"
	default:
		return w.treeMap(depth)
	}
}

func (w *writer) treeMap(depth int) string {
	var keys []string
	seen := map[string]bool{}
	for range 1 + w.IntN(5) {
		key := pick(w, []string{"a", "b", "a1", "a10", "a2", "A", "a-b", "a_b", "a.b", "1", "10", "01", "é", "x y", "", "true", "null", "-", "0x1"})
		if w.chance(20) {
			key = w.text()
		}
		if !seen[key] {
			keys = append(keys, quoteYaml(key))
		}
		seen[key] = true
	}
	var items []string
	for _, key := range keys {
		items = append(items, key+": "+w.tree(depth-1))
	}
	return "{" + strings.Join(items, ", ") + "}"
}

// number is written in one of the ways there are.
func (w *writer) number() string {
	switch w.IntN(5) {
	case 0:
		return strconv.Itoa(w.IntN(2000) - 1000)
	case 1:
		return strconv.FormatInt(int64(w.Uint64()), 10)
	case 2:
		return strconv.FormatFloat(w.NormFloat64()*100, 'f', w.IntN(8), 64)
	case 3:
		return fmt.Sprintf("%de%d", w.IntN(100), w.IntN(60)-30)
	default:
		return strconv.FormatFloat(w.NormFloat64(), 'e', w.IntN(18), 64)
	}
}

// quoteYaml writes a text in double quotes.
func quoteYaml(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteString("\\" + string(c))
		case c < 0x20 || c == 0x7f || c == 0x80:
			fmt.Fprintf(&b, "\\x%02x", c)
		case c == 0x85 || c == 0x2028 || c == 0xfeff:
			fmt.Fprintf(&b, "\\u%04x", c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}
