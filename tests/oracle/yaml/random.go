package main

// Random inputs: YAML texts from tokens, edits of real files, strings and values for the writers.

import (
	"math"
	"math/rand"
	"strings"
	"time"
)

var yamlTokens = []string{
	"a", "b", "key", "x1", "-", "- ", "- ", ": ", ": ", ":", ":\n", ": |\n", ": >\n", ": |-\n", ": >+\n", ": |2\n", "?", "? ",
	"\n", "\n", "\n", "\n  ", "\n  ", "\n    ", " ", " ", "  ", "\t", "#", " # c", "[", "]", "{", "}", ",", ", ", "'", "\"", "'q'", "\"d\"",
	"&a ", "&b ", "*a", "*b", "*a ", "!t ", "!!str ", "!!int ", "!!float ", "!!binary ", "!!bool ", "!!null ", "!", "! ", "<<: ", "<<", "<<: *a", "~", "null", "true", "yes", "n", "1",
	"-1", "0x1F", "017", "1.5", "1e3", ".inf", ".nan", "-.5", "1_000", "2001-01-01", "2001-12-14t21:59:43.10Z", "1:30", "---", "--- ", "\n---\n", "...", "\n...\n",
	"%YAML 1.1\n", "%YAML 1.2\n", "%TAG ! tag:x,2000:\n", "|", ">", "@", "`", "%", "\\", "\\n", "\\x41", "\\u263a", "\\/", "\\'", "\\\"", "\\z", "é", "\u2028", "\u0085", "\U0001F600",
	"\r\n", "\r", "::", "::1", "http://x", "http://x?y=1", "a b", "text here", "aGVsbG8=", "18446744073709551615", "9223372036854775808", "word\n  more", "\"two\n  lines\"",
	"'it''s'", "{a: 1}", "[1, 2]", "{a, b: }", "[a: b]", "? a\n: b", "- - c", "k: v\n", "k: v\n", "  k2: v\n", "- i\n", "\xef\xbb\xbf", "\x7f", "\xff", "\x01",
}

func randomTokens(r *rand.Rand) string {
	var out strings.Builder
	for n := 1 + r.Intn(14); n > 0; n-- {
		out.WriteString(yamlTokens[r.Intn(len(yamlTokens))])
	}
	return out.String()
}

// Short texts that mostly cannot be read: what counts is where and why.
var brokenTokens = []string{
	"a: ", "a: ", "b:", "- ", "- ", "-", "[", "[", "]", "]", "{", "{", "}", "}", ",", ",", ":", ": ", "?", "? ", "\n", "\n", "\n", "\n", "\n ", "\n  ", "\n   ", "\n    ", " ", "\t",
	"'", "\"", "'q'", "\"d\"", "'two\n lines'", "\"two\n\n lines\"", "#", " # c\n", "|\n", ">-\n", "|\n  text\n", "&x ", "&x", "*x", "!t ", "!!str ", "!e!t ", "a", "a b", "word\n  more", "x?y",
	"---\n", "...\n", "%", "@", "`", "\r\n", "[]", "{}", "[a]", "{a: b}", "é",
}

var brokenStarts = []string{"", "", "", "a: b\n", "a:\n", "a:\n  ", "- a\n", "-\n", "- -\n", "a:\n- ", "{\n", "[\n", "# c\n", "\n", "%YAML 1.1\n---\n", "%TAG !e! tag:e,2000:\n---\n", "%YAML 1.2\n"}

func randomBroken(r *rand.Rand) string {
	out := brokenStarts[r.Intn(len(brokenStarts))]
	for n := 1 + r.Intn(8); n > 0; n-- {
		out += brokenTokens[r.Intn(len(brokenTokens))]
	}
	return out
}

// Lines as people write them, with every kind of scalar.
func randomDocument(r *rand.Rand, indent, depth int) string {
	var out strings.Builder
	pad := strings.Repeat(" ", indent)
	list := r.Intn(3) == 0
	for n := 1 + r.Intn(4); n > 0; n-- {
		out.WriteString(pad)
		if list {
			out.WriteString("-")
		} else {
			out.WriteString(randomScalar(r, true) + ":")
		}
		switch {
		case depth > 0 && r.Intn(3) == 0:
			out.WriteString("\n" + randomDocument(r, indent+1+r.Intn(3), depth-1))
		case r.Intn(8) == 0:
			out.WriteString(randomBlock(r, indent))
		case r.Intn(8) == 0:
			out.WriteString(" " + randomFlow(r, 2) + "\n")
		default:
			out.WriteString(" " + randomScalar(r, false) + "\n")
		}
	}
	return out.String()
}

func randomBlock(r *rand.Rand, indent int) string {
	headers := []string{"|", ">", "|-", ">-", "|+", ">+", "|2", ">1-", "|+3", "| # c"}
	out := " " + headers[r.Intn(len(headers))] + "\n"
	for n := r.Intn(5); n >= 0; n-- {
		words := []string{"", "", "text", "two words", "  deeper", "\tx", "# no comment", "- a", "trailing ", "é"}
		out += strings.Repeat(" ", indent+r.Intn(4)) + words[r.Intn(len(words))] + "\n"
	}
	return out
}

func randomFlow(r *rand.Rand, depth int) string {
	if depth == 0 || r.Intn(3) == 0 {
		return randomScalar(r, false)
	}
	var items []string
	mapping := r.Intn(2) == 0
	for n := r.Intn(4); n > 0; n-- {
		item := randomFlow(r, depth-1)
		if mapping && r.Intn(5) > 0 {
			item = randomScalar(r, true) + []string{": ", ":", " : "}[r.Intn(3)] + item
		}
		items = append(items, item)
	}
	joined := strings.Join(items, []string{", ", ",", ",\n   "}[r.Intn(3)])
	if mapping {
		return "{" + joined + "}"
	}
	return "[" + joined + "]"
}

var plainWords = []string{
	"a", "b", "name", "image", "nginx:1.2", "a b", "10Gi", "80", "0", "-1", "1.10", "1e3", "0x1f", "017", "08", "0o17", "0b11", "1_000", "_1", "+5", ".5", "5.", ".5_1",
	"true", "false", "yes", "No", "on", "OFF", "y", "N", "~", "null", "Null", ".inf", "-.inf", ".nan", "2001-01-01", "2001-13-01", "2001-1-1T1:2:3Z", "2001-01-01 10:00:00",
	"1:30", "12:30:45", "http://x/y?z=1", "::1", "fd00::", "*a", "&a x", "!t v", "!!str 5", "!!int 5", "!!int x", "!!float 1", "!!float 18446744073709551615", "!!binary aGk=", "!!binary x", "!!binary /w==", "! 5", "<<", "-", "--", "=", "{{ x }}", "9007199254740993",
	"18446744073709551615", "18446744073709551616", "1e400", "-0", "-0.0", "0.1", "1234567.5", "1.0", "\\/", "\\'", "é", "日本",
}

func randomScalar(r *rand.Rand, key bool) string {
	word := plainWords[r.Intn(len(plainWords))]
	switch r.Intn(8) {
	case 0:
		return "'" + strings.ReplaceAll(word, "'", "''") + "'"
	case 1:
		return "\"" + []string{word, word, word + "\\n", "a\\tb", "\\u00e9", "\\x41 ", " a", "a\\\n  b", "a\n\n  b", "\\/"}[r.Intn(10)] + "\""
	case 2:
		if !key {
			return "two words" + strings.Repeat("\n      more", r.Intn(2))
		}
	case 3:
		if !key && r.Intn(3) == 0 {
			return ""
		}
	}
	return word
}

func mutate(r *rand.Rand, text string) string {
	if text == "" {
		return text
	}
	special := []string{":", "-", "'", "\"", "{", "}", "[", "]", "#", "&", "*", "!", "|", ">", "%", "@", ",", "?", " ", "\t", "\n", "\\", "  ", "\r\n", "é", "---\n", "\u0085"}
	at := r.Intn(len(text))
	lines := strings.SplitAfter(text, "\n")
	line := r.Intn(len(lines))
	switch r.Intn(8) {
	case 0: // drop a character
		return text[:at] + text[at+1:]
	case 1, 2: // insert one
		return text[:at] + special[r.Intn(len(special))] + text[at:]
	case 3: // cut
		return text[:at]
	case 4: // drop a quote or a colon
		if i := strings.IndexAny(text[at:], "\"':"); i >= 0 {
			return text[:at+i] + text[at+i+1:]
		}
		return text[at:]
	case 5: // indent a line
		lines[line] = []string{" ", "  ", "\t"}[r.Intn(3)] + lines[line]
	case 6: // join two lines
		lines[line] = strings.TrimSuffix(lines[line], "\n")
	case 7: // unindent or drop one
		trimmed := strings.TrimPrefix(lines[line], " ")
		if trimmed == lines[line] {
			trimmed = ""
		}
		lines[line] = trimmed
	}
	return strings.Join(lines, "")
}

var stringPieces = []string{
	"a", "b", "word", "longer-word", "x", " ", " ", " ", "  ", "\n", "\n", "\n\n", "\t", "\r", ":", ": ", "#", " #", "-", "- ", "---", "...", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">",
	"%", "@", "`", "?", "? ", "=", "<<", "~", "null", "true", "yes", "y", "n", "No", "0", "1", "10", "1.5", "1e3", "0x1", "0o7", "0b1", ".5", ".inf", "1:30", "2001-01-01", "_", "é", "日本", "\u00a0", "\u0085", "\u2028", "\u2029", "\ufeff",
	"\U0001F600", "\x00", "\x07", "\x1b", "\x7f", "\u0080", "\ufffe", "\xff", "\xc3", "<b>", "&amp;", "https://example.com/a/b?c=d", "The quick brown fox jumps over the lazy dog ", "{{ .Values.x }}", "$(VAR)", "a=b,c=d",
}

var pieceFrequency = len(stringPieces)

func randomString(r *rand.Rand) string {
	var out strings.Builder
	n := r.Intn(6)
	if r.Intn(6) == 0 {
		n = 10 + r.Intn(40)
	}
	// Mostly without the characters that make everything fail.
	tame := r.Intn(4) > 0
	for ; n > 0; n-- {
		piece := stringPieces[r.Intn(pieceFrequency)]
		if tame && (piece == "\x7f" || piece == "\u0080" || piece == "\ufffe" || piece == "\u0085") {
			piece = "w"
		}
		out.WriteString(piece)
	}
	return out.String()
}

func randomNumber(r *rand.Rand) any {
	floats := []float64{0, 1, -1, 0.5, 1.5, 1e6, 1e20, 1e21, 1e-5, 1e-6, 1e-7, 123456.7, 1234567.5, 9007199254740993, 9223372036854775807, 9223372036854775808, 18446744073709551615, 1.8446744073709552e19, -9223372036854775808, -9223372036854775809,
		math.MaxFloat64, math.SmallestNonzeroFloat64, math.Copysign(0, -1), 100000, 999999, 1000000, 0.0001, 0.00001}
	switch r.Intn(5) {
	case 0:
		return r.Intn(100000) - 50000
	case 1:
		return floats[r.Intn(len(floats))]
	case 2:
		return math.Float64frombits(r.Uint64()&^(0x7ff<<52) | uint64(1023-70+r.Intn(140))<<52)
	case 3:
		return r.Uint64()
	default:
		return float64(r.Intn(1000000)) / []float64{1, 10, 1000}[r.Intn(3)]
	}
}

func randomValue(r *rand.Rand, depth int) any {
	kind := r.Intn(12)
	if depth == 0 {
		kind = r.Intn(8)
	}
	switch kind {
	case 0:
		return nil
	case 1:
		return r.Intn(2) == 0
	case 2:
		return randomNumber(r)
	case 3:
		if r.Intn(6) == 0 {
			return []any{[]byte(randomString(r)), []string{randomString(r), "b"}, []any(nil), map[string]any(nil), time.Duration(r.Int63n(1e12)), []any{}, map[string]any{}, math.Inf(1)}[r.Intn(8)]
		}
		return randomString(r)
	case 4, 5, 6, 7:
		return randomString(r)
	case 8, 9:
		list := make([]any, r.Intn(4))
		for i := range list {
			list[i] = randomValue(r, depth-1)
		}
		return list
	default:
		object := map[string]any{}
		for n := r.Intn(5); n > 0; n-- {
			object[randomKey(r)] = randomValue(r, depth-1)
		}
		return object
	}
}

func randomKey(r *rand.Rand) string {
	switch r.Intn(4) {
	case 0:
		return randomString(r)
	case 1:
		const letters = "abAB019-_. é"
		out := []rune{}
		for n := 1 + r.Intn(4); n > 0; n-- {
			out = append(out, []rune(letters)[r.Intn(12)])
		}
		return string(out)
	}
	return []string{"name", "image", "a1", "a10", "a2", "a01", "B", "b", "_x", "x-y", "x.y", "1", "10", "2", "01", "y", "no", "null", "~", "", strings.Repeat("long", 33), "app.kubernetes.io/name", "{{", "k: v", "multi\nline"}[r.Intn(25)]
}
