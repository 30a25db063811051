package generate

// literals to choose from, by the letter of a signature.
var literals = map[byte][]string{
	'S': {`""`, `"a"`, `"abc"`, `"Hello World"`, `"a,b,c"`, `"foo_bar-baz qux"`, `"  x y  "`, `"123"`, `"1.5"`, `"0x1F"`, `"true"`, `"é€😀"`, `"line1\nline2\n"`, `"a: 1\nb: [x, y]\n"`, `"{\"k\": [1, \"v\", null]}"`, "`raw \"q\" \\n`", `"<a href='x'>&</a>"`, `"tab\there"`, `"http://u:p@host:80/p/a?q=1#f"`, `"YWJj"`, `"/a/b/../c.txt"`, `"%d-%s"`, `"%v|%5.2f"`, `"{{ . }}"`, `"{{ .Values.text }}"`, `"d1"`, `"d2"`, `"k"`, `"1h30m"`, `"2024-02-29"`, `"string"`, `"list of many words that goes on and on until it is longer than eighty characters in one line"`, `"- 1\n- two\n- {k: v}"`, `"[1, \"a\", {\"b\": null}]"`, `"\x00\x7f"`, `"'quoted'"`, `"null"`, `"~"`, `" "`, `"key with: colon # hash"`, `"A_B"`, `"camelCaseName"`, `"HTTPServer2Go"`, `"slice"`, `"map"`, `"\xff\xfe"`, `"ǅ ß İ ı ſ"`, `"\u2028x\ufeff"`, `"a\r\nb"`, `"_"`, `"--x--"`, `"\u00a0\t"`, `"v1.2.3"`, `"rsa"`},
	'I': {"0", "1", "2", "3", "5", "-1", "-2", "7", "100", "'a'", "0x1F", "017", "3.0", "1_0", "0b101", "-0"},
	'C': {"0", "1", "2", "3", "4", "5", "8", "-1", "12", "20"},
	'N': {"0", "1", "2", "-3", "7", "1.5", "-2.5", "0.1", "1e3", "1e6", "1e21", "1e-7", "9223372036854775807", "3.0", `"4"`, `"2.5"`, `"x"`, "100000", "'b'", "-9223372036854775808", "0.5", "2.675", "1e15", `"-0"`, `"1_000"`, "123456789.125", "(int64 12)", `"inf"`, `"-inf"`},
	'B': {"true", "false"},
	'L': {"list", "(list 1 2 3)", `(list "b" "a" "c")`, `(list 1 "a" nil 2.5 true)`, "(list (list 1) (dict \"k\" 1))", "(list nil)", `(list "" "a" "")`, `(list 3 1.0 1 "1" 1)`, `(list "é" "e" "z" "Z" "_" "10" "9")`, `(list (dict "k" 1) (dict "k" 1))`},
	's': {`(splitList "," "x,y,x")`, `(splitList "" "")`, `(sortAlpha (list 3 "b" nil))`, `(toStrings (list 1 2.5 nil))`, `(regexFindAll "[a-c]" "abcab" 2)`, `(regexFindAll "z" "a" -1)`, `(regexSplit "," "a,,b" -1)`},
	'D': {"dict", `(dict "k" "v")`, `(dict "a" 1 "b" (list 1 2))`, `(dict "k" (dict "k" nil))`, `(dict "text" "" "num" 0)`, `(dict "b" 1 "a" 2 "10" 3 "9" 4 "é" 5 "B" 6)`, `(dict "a" (dict "b" (dict "c" 1.5)) "d" (list (dict "e" "")))`, `(dict "host" "h:1" "scheme" "https" "path" "/a b" "query" "q=1&r" "userinfo" "u:p" "fragment" "f")`},
	'm': {`(split "," "a,b,c")`, `(splitn "." 2 "a.b.c")`, `(split "" "é")`},
	'A': {"nil", "true", "1", "1.5", `"s"`, `""`, "list", "dict", "(list 1)", "(dict \"k\" 1)", "0", "false", "1+2i", "'x'", "(int64 7)", "(until 2)"},
	'R': {`"a"`, `"[a-c]+"`, `"^(\\w+)\\s*"`, `"(?i)HELLO"`, `"\\d+"`, `"x*"`, `"[,;]"`, `".$"`, `"("`, `"(a)(b)?"`, "`\\s+`", `"é"`, `"(?P<n>.)"`, `"(?s).+"`, `"(?m)^"`, `"\\b"`, `"[^[:alpha:]]"`, `"\\p{L}"`, `"a{2,1}"`, `"a**"`, `"(a|b)*?c"`, `""`},
	'V': {`"1.2.3"`, `"v1.20.0-rc.1"`, `"1.2"`, `"1"`, `"x"`, `"1.2.3+b"`, `"0.0.0"`, `"1.2.3-alpha.10"`, `"01.2.3"`, `""`, `"1.2.3-01"`, `.Capabilities.KubeVersion.Version`},
	'K': {`">=1.0.0"`, `"^1.2"`, `"~1.2.0"`, `"1.x"`, `">1.0 <2.0"`, `"1.0 - 2.0"`, `"=1.2.3 || >3"`, `"!=1.2.3"`, `"bad"`, `"*"`, `">=1.0.0-0"`, `"^0.0.3"`, `"~>1"`, `"<=1.2"`, `"!1"`, `"=> 1, <4-0"`, `"^0"`, `"1.2.X"`},
	'T': {`"2006-01-02"`, `"15:04:05"`, `"Mon Jan _2 2006"`, `"2006-01-02T15:04:05Z07:00"`, `"x"`, `"06/1/2 3PM"`, `"Monday 002 __2 January"`, `"15:04:05.000 MST -0700"`, `"20060102150405.999999"`, `"pm PM Z0700 -07"`},
	'M': {`(toDate "2006-01-02" "2024-02-29")`, `(toDate "2006-01-02 15:04" "1999-12-31 23:59")`, `(mustToDate "2006-01-02T15:04:05Z07:00" "2021-03-28T01:30:00+02:00")`, `(dateModify "-36h" (toDate "2006" "2020"))`, `(toDate "x" "y")`},
	'Q': {`(toDate "2006-01-02" "2024-02-29")`, `(mustToDate "2006-01-02T15:04:05Z07:00" "2021-03-28T01:30:00+02:00")`, "(int64 1700000000)", "0", "-1", "86399", `(toDate "2006" "1969")`},
	'f': {"1.5", "0.0", "2.25", "-0.5", "1e3", "(float64 3)", "(divf 1 3)"},
	'd': {`(mustToDuration "1h30m")`, `(mustToDuration 90)`, `(mustToDuration "-5s")`, `(durationRoundTo "1h29m" "1h")`},
	'P': {`(semver "1.2.3")`, `(semver "v2-rc.1+b")`},
	'F': {`"%d"`, `"%s"`, `"%v"`, `"%5.2f|%-8s|%q"`, `"%T %t %%"`, `"%[2]v %[1]v"`, `"%x %X"`, `"%08.3f"`, `"%+d % d"`, `"%c %U"`, `"%e %g"`, `"%z"`, `"%"`, `"%!"`, `"%*d"`, `"plain"`},
	'Y': {`(toYaml .Values.map)`, `(toYaml .Values.any)`, `(toYaml .Values.list)`, `"a: 1\nb: [x, y]\n"`, `"- 1\n- two\n- {k: v}"`, `(toYamlPretty .Values.any)`, `""`, `"a: &x 1\nb: *x"`, `"a: |\n  t\n  u\n"`, `"x"`, `(toJson .Values.any)`, `"a: b: c"`, `"k: 0o17\nl: 1e3\nm: 2024-01-01\nn: ~"`},
	'J': {`(toJson .Values.map)`, `(toJson .Values.any)`, `(toJson .Values.list)`, `"{\"k\": [1, \"v\", null]}"`, `"[1, 2.5, \"a\"]"`, `"null"`, `"{"`, `(toPrettyJson .Values.any)`, `(toRawJson .Values.map)`, `"1e3"`, `"{\"a\":1,\"a\":2}"`, `"\"\\u00e9\\ud83d\\ude00\""`},
	'O': {`(toToml .Values.map)`, `"a = 1\n[b]\nc = \"x\"\n"`, `"a = [1, 2]\nd = 2024-01-01"`, `"x"`, `(toToml (dict "k" (list 1 "a")))`, `""`, `"[[t]]\na = 1.5\n[[t]]\n"`, `"a.b = true\n\"c d\" = 'lit'"`},
	'Z': {`"UTC"`, `"Europe/Berlin"`, `"America/New_York"`, `"x"`, `"Asia/Kolkata"`, `""`},
	'U': {`"http://u:p@host:80/p/a?q=1#f"`, `"/p"`, `"mailto:x@y"`, `"http://[::1]:8"`, `"://x"`, `"https://h/%zz"`, `"//h?x"`, `"HTTP://H/a%20b?c=%41"`, `""`},
	'W': {`"1h30m"`, `"90s"`, `"-1.5h"`, `"1m"`, `"x"`, `"100ms"`, `"24h"`, `"95"`, `"1us3ns"`, `""`, `"720h5m"`, `"9000h"`, "(int64 95)", "3600"},
	'E': {`"YWJj"`, `(b64enc "x y")`, `"YWJ"`, `"="`, `""`, `"MFRGG==="`, `(b32enc "abc")`, `"/+-_"`, `(b64enc "sixteen bytes 16and some more of it")`},
}

// Wild is a kind of argument that every function meets. They are what the
// report counts.
type wild struct {
	name    string
	choices []string
	kinds   string // of functions whose results are of this kind
}

var wilds = []wild{
	{"nil", []string{"nil", `(fromJson "null")`, `(first list)`, "nil", ".Values.null"}, ""},
	{"missing", []string{".Values.nope", ".Values.map.nope", `(index .Values "nope")`, ".Release.Nope"}, ""},
	{"bool", []string{"true", "false", ".Values.flag", "(not 1)", "(empty .Values.text)"}, "B"},
	{"int", []string{"0", "1", "2", "7", "(int 5)", "(len \"abc\")", "'a'", "0x1F", "12"}, "I"},
	{"int64", []string{"(int64 0)", "(int64 5)", "(add 1 2)", "(mul 2 3)", "(durationMilliseconds \"1s\")"}, ""},
	{"float", []string{"0.0", "1.5", ".Values.num", "(float64 2)", "(divf 1 3)", "(round 2.567 2)", "0.1", "(floor 3.7)", "1e6", "3+4i"}, ""},
	{"negative", []string{"-1", "-2.5", "(int64 -3)", "-0.0", "(sub 1 9)", "-7"}, ""},
	{"huge", []string{"9223372036854775807", "-9223372036854775808", "1e21", "1e308", `(int64 "9223372036854775807")`, "(float64 1e19)", "4294967296", "1e-300", `(float64 "inf")`, `(float64 "-inf")`, `(float64 "nan")`}, ""},
	{"text", nil, "S"},
	{"odd-text", []string{`""`, `(trim " ")`, ".Chart.Home", `(trunc 0 "x")`, `"12"`, `"0x1F"`, `"1e3"`, `"08"`, `"-4.5"`, `" 5"`, `"1_000"`, `"3.000"`, `"+7"`, `"0b11"`, `"inf"`, `"true"`, `"é€😀"`, `"ǅ ß İ"`, `"日本 語"`, `"e\u0301"`, `"\u2028\u00a0"`, `"\ufeffx"`, `"\U0010ffff"`, `"\xff\xfe a"`, `(b64dec "/w==")`, `(trunc 1 "é")`, `"a\xc3"`, `"\xed\xa0\x80"`}, ""},
	{"list", []string{"list", "(rest (list 1))", "(list 1)"}, "L"},
	{"nested-list", []string{"(list (list 1 2) (list))", "(list (dict \"k\" (list 1)) nil)", "(list (list (list \"a\")))", "(list list dict)", "(chunk 2 (list 1 2 3))"}, ""},
	{"typed-list", []string{"(until 3)", "(untilStep 1 9 3)", "(chunk 1 list)", "(splitList \"\" \"\")", "(until 0)"}, "s"},
	{"dict", []string{"dict", "(fromJson \"{}\")", "(omit (dict \"a\" 1) \"a\")"}, "Dm"},
	{"nested-dict", []string{`(dict "a" (dict "b" (dict "c" 1)))`, `(dict "k" (list (dict "k" nil)) "e" dict)`, `(dict "x" (dict "y" list))`}, ""},
	{"time", nil, "M"},
	{"duration", nil, "d"},
	{"object", []string{".Values", ".Chart", ".Release", ".Capabilities", ".Files", ".Template", ".Subcharts", ".", ".Capabilities.KubeVersion", ".Capabilities.APIVersions", ".Chart.Maintainers", ".Chart.Annotations", ".Chart.Dependencies", `(semver "1.2.3")`, `(semver "v2-rc.1+b")`}, ""},
}

// notHuge is for functions that would make something as large.
var notHuge = []string{"1e21", `(int64 "9223372036854775807")`, "(float64 1e19)", "1e308", "1e-300", `"9223372036854775807"`}

// Kinds are the names of the kinds of arguments.
func Kinds() []string {
	var names []string
	for _, w := range wilds {
		names = append(names, w.name)
	}
	return names
}

// wildOf says which kind something of a signature's kind counts as.
var wildOf = map[byte]string{'S': "text", 'R': "text", 'V': "text", 'K': "text", 'T': "text", 'F': "text", 'Y': "text", 'J': "text",
	'O': "text", 'Z': "text", 'U': "text", 'E': "text", 'I': "int", 'C': "int", 'B': "bool", 'L': "list", 's': "typed-list", 'D': "dict",
	'm': "dict", 'f': "float", 'M': "time", 'd': "duration", 'P': "object"}

// fits tells whether a function with a parameter of a signature's kind makes
// something of an argument, most of the time.
func fits(letter byte, kind string) bool {
	switch letter {
	case 'A', 'N', 'Q':
		return true
	case 'L', 's':
		return kind == "list" || kind == "nested-list" || kind == "typed-list"
	case 'D':
		return kind == "dict" || kind == "nested-dict"
	}
	return wildOf[letter] == kind || wildOf[letter] == "text" && kind == "odd-text"
}
