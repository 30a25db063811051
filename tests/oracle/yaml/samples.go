package main

// Inputs for reading into structs.

import (
	"math/rand"
	"strings"
)

func pick(r *rand.Rand, words ...string) string { return words[r.Intn(len(words))] }

func randomSample(r *rand.Rand) string {
	var out strings.Builder
	for n := 1 + r.Intn(4); n > 0; n-- {
		field := pick(r, "name", "count", "flag", "words", "labels", "parts", "part", "whatever", "apiVersion", "apiversion", "Name", "COUNT", "unknown")
		value := pick(r, "", " ~", " 5", " 1.10", " 1e3", " text", " yes", " 'true'", " [a, 1, true, ~]", " {a: 1, b: yes, c: ~}", " []", " {}", " 2001-01-01", " .inf", " 9223372036854775808",
			"\n- name: x\n  tags: [1, b]\n  enabled: true", "\n- name: 5\n  enabled: 1\n- ~", "\n  name: n\n  any: {a: 1}", "\n  Name: n\n  tags: x", " [[a]]", " {a: [1]}", "\n- {name: [1]}")
		out.WriteString(field + ":" + value + "\n")
	}
	return out.String()
}

func randomHead(r *rand.Rand) string {
	var out strings.Builder
	for n := 1 + r.Intn(5); n > 0; n-- {
		switch r.Intn(8) {
		case 0, 1:
			out.WriteString("apiVersion: " + pick(r, "v1", "apps/v1", "1", "1.10", "true", "~", "[a]", "{}", "'1'", "2001-01-01", ".inf") + "\n")
		case 2, 3:
			out.WriteString(pick(r, "kind", "kind", "Kind") + ": " + pick(r, "Pod", "Service", "5", "n", "", "[x]", "!!str 5", "*a", "&a Pod") + "\n")
		case 4, 5:
			out.WriteString(pick(r, "metadata", "metadata", "Metadata") + ":" + pick(r, "", " ~", " x", " []", " {}", " {name: a}", "\n  name: "+pick(r, "a", "5", "~", "[]", "<<")+
				"\n  annotations:"+pick(r, "", " {}", " x", " [a]", "\n    a: b\n    helm.sh/hook: pre-install", "\n    a: 1\n    b: true\n    c: ~\n    1: x", "\n    a: [1]", "\n    a: {b: c}", "\n    y: 1.50")) + "\n")
		case 6:
			out.WriteString("spec:\n  a: " + pick(r, "1", ".nan", "[1, {b: c}]", "{~: 1}", "{y: 1}", "{<<: {a: 1}}", "*x", "|\n    text", "{[a]: b}", "{18446744073709551615: 1}") + "\n")
		case 7:
			out.WriteString(pick(r, "# comment", "---", "...", "", "  ", "x", "- a", "a: b: c", "\tx: 1", "\"q\": 'r'", "? k") + "\n")
		}
	}
	return out.String()
}
