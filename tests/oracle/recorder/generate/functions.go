package main

import "strings"

// Kinds of parameters and results:
//
//	S string   I int      C small count   N any number   B bool
//	L list     D dict     A anything      R regular expression
//	V version  K version constraint       T time layout  M time
//
// A `*` after a kind: none to three of it. Functions whose result is random
// are missing on purpose.
var signatures = parseSignatures(`
S: upper S|lower S|title S|untitle S|trim S|nospace S|initials S|swapcase S|snakecase S|camelcase S|kebabcase S
S: b64enc S|b64dec S|b32enc S|b32dec S|sha1sum S|sha256sum S|sha512sum S|adler32sum S|quote A*|squote A*|toString A|cat A*
S: indent C S|nindent C S|replace S S S|trunc I S|abbrev C S|abbrevboth C C S|substr I I S|trimAll S S|trimSuffix S S
S: trimPrefix S S|repeat C S|wrap C S|wrapWith C S S|plural S S I|regexFind R S|regexReplaceAll R S S|regexReplaceAllLiteral R S S
S: regexQuoteMeta S|join S L|join S A|toYaml A|toJson A|toPrettyJson A|toRawJson A|toToml D|toYamlPretty A|dir S|base S|ext S|clean S
S: html A*|js A*|urlquery A*|print A*|println A*|typeOf A|kindOf A|required S A|printf S A*|date T M|htmlDate M|dateInZone T M S
S: duration A|durationRound A|semver V|toStrings L|osBase S|osDir S|osExt S|osClean S|mustToJson A|mustToYaml A|mustRegexFind R S
S: unixEpoch M|tpl S A|include S A|ternary S S B|default S A|coalesce A*|first L|last L|get D S|index D S|index L C|and A A|or A A
I: int A|len S|len L|len D|len A|atoi S|int A
N: add N N|add N*|sub N N|mul N N|div N N|mod N N|add1 N|max N N|min N N|biggest N N|floor N|ceil N|round N C|int64 A|float64 A
N: addf N N|subf N N|mulf N N|divf N N|maxf N N|minf N N|toDecimal A|durationSeconds A|durationMinutes A|durationNanoseconds A
B: contains S S|hasPrefix S S|hasSuffix S S|regexMatch R S|has A L|hasKey D S|empty A|not A|eq A A|eq S S*|ne A A|lt N N|le N N|gt N N
B: ge N N|lt S S|ge S S|typeIs S A|kindIs S A|typeIsLike S A|deepEqual A A|semverCompare K V|all A*|any A*|isAbs S|eq N N|and B B|or B B
L: list A*|tuple A*|rest L|initial L|append L A|prepend L A|concat L L|reverse L|uniq L|without L A|compact L|slice L C C|chunk C L
L: sortAlpha L|splitList S S|regexFindAll R S I|regexSplit R S I|until C|untilStep C C C|fromYamlArray S|fromJsonArray S|pluck S D D
L: sortAlpha (keys D)|mustAppend L A|mustUniq L|mustSlice L C|default L A|dig S L D
D: dict S A|dict S A S A|set D S A|unset D S|pick D S*|omit D S*|merge D D|mergeOverwrite D D|deepCopy D|split S S|splitn S C S
D: fromYaml S|fromJson S|urlParse S|default D A|mustMerge D D D|get D S|fromToml S|mustDeepCopy D
M: toDate T S|dateModify S M|mustToDate T S
A: coalesce A*|default A A|ternary A A B|first L|last L|get D S|index L C|index D S|dig S A D|dig S S A D|and A A|or A A|index A C
A: mustFromJson S|mustFirst L|mustLast L|deepCopy A|required S A|mustToDuration A|lookup S S S S
`)

// function is a name with the kinds of its parameters.
type function struct {
	name   string
	params []string
}

func parseSignatures(text string) map[byte][]function {
	table := map[byte][]function{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		for _, one := range strings.Split(line[3:], "|") {
			words := strings.Fields(one)
			table[line[0]] = append(table[line[0]], function{words[0], words[1:]})
		}
	}
	return table
}

// literals to choose from, by kind.
var literals = map[byte][]string{
	'S': {`""`, `"a"`, `"abc"`, `"Hello World"`, `"a,b,c"`, `"foo_bar-baz qux"`, `"  x y  "`, `"123"`, `"1.5"`, `"0x1F"`, `"true"`, `"é€😀"`, `"line1\nline2\n"`, `"a: 1\nb: [x, y]\n"`, `"{\"k\": [1, \"v\", null]}"`, "`raw \"q\" \\n`", `"<a href='x'>&</a>"`, `"tab\there"`, `"http://u:p@host:80/p/a?q=1#f"`, `"YWJj"`, `"/a/b/../c.txt"`, `"%d-%s"`, `"%v|%5.2f"`, `"{{ . }}"`, `"{{ .Values.text }}"`, `"d1"`, `"d2"`, `"k"`, `"1h30m"`, `"2024-02-29"`, `"string"`, `"list of many words that goes on and on until it is longer than eighty characters in one line"`, `"- 1\n- two\n- {k: v}"`, `"[1, \"a\", {\"b\": null}]"`, `"\x00\x7f"`, `"'quoted'"`, `"null"`, `"~"`, `" "`, `"key with: colon # hash"`, `"A_B"`, `"camelCaseName"`, `"HTTPServer2Go"`},
	'I': {"0", "1", "2", "3", "5", "-1", "-2", "7", "100", "'a'", "0x1F", "017", "3.0", "1_0"},
	'C': {"0", "1", "2", "3", "4", "5", "8", "-1"},
	'N': {"0", "1", "2", "-3", "7", "1.5", "-2.5", "0.1", "1e3", "1e6", "1e21", "1e-7", "9223372036854775807", "3.0", `"4"`, `"2.5"`, `"x"`, "100000", "'b'", "2i"},
	'B': {"true", "false"},
	'L': {"list", "(list 1 2 3)", `(list "b" "a" "c")`, `(list 1 "a" nil 2.5 true)`, "(list (list 1) (dict \"k\" 1))", `(splitList "," "x,y,x")`, "(until 3)", "(list nil)", `(list "" "a" "")`},
	'D': {"dict", `(dict "k" "v")`, `(dict "a" 1 "b" (list 1 2))`, `(dict "k" (dict "k" nil))`, `(dict "text" "" "num" 0)`},
	'A': {"nil", "true", "1", "1.5", `"s"`, `""`, "list", "dict", "(list 1)", "(dict \"k\" 1)", "0", "false", "1+2i", "'x'"},
	'R': {`"a"`, `"[a-c]+"`, `"^(\\w+)\\s*"`, `"(?i)HELLO"`, `"\\d+"`, `"x*"`, `"[,;]"`, `".$"`, `"("`, `"(a)(b)?"`, "`\\s+`", `"é"`},
	'V': {`"1.2.3"`, `"v1.20.0-rc.1"`, `"1.2"`, `"1"`, `"x"`, `"1.2.3+b"`, `"0.0.0"`},
	'K': {`">=1.0.0"`, `"^1.2"`, `"~1.2.0"`, `"1.x"`, `">1.0 <2.0"`, `"1.0 - 2.0"`, `"=1.2.3 || >3"`, `"!=1.2.3"`, `"bad"`, `"*"`, `">=1.0.0-0"`},
	'T': {`"2006-01-02"`, `"15:04:05"`, `"Mon Jan _2 2006"`, `"2006-01-02T15:04:05Z07:00"`, `"x"`, `"06/1/2 3PM"`},
	'M': {`(toDate "2006-01-02" "2024-02-29")`, `(toDate "2006-01-02 15:04" "1999-12-31 23:59")`, "(int64 1700000000)", "0"},
}

// replacements are written for $1 and the like in regular expressions.
var replacements = []string{`"-"`, `"$1"`, `"${1}x"`, `"$1x"`, `"$$"`, `"<$0>"`}
