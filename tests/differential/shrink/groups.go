package shrink

import (
	"regexp"
	"slices"
	"strings"
)

// group is what belongs together in a text: brackets with what is in them, a
// text in quotes, an action, a block with its end, a line.
type group struct {
	start, end int
	kind       byte // the opening character; '#' for a block, 'l' for a line
}

var (
	wordRule   = regexp.MustCompile(`(?s)[\pL\pN_.$-]+|\s+|.`)
	actionRule = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	openRule   = regexp.MustCompile(`^\{\{-?\s*(if|range|with|define|block)\b`)
	endRule    = regexp.MustCompile(`^\{\{-?\s*end\b`)
	lineRule   = regexp.MustCompile(`[^\n]*\n|[^\n]+`)
)

func words(text string) []string { return wordRule.FindAllString(text, -1) }

// groups are all of a text, the longest first.
func groups(text string) []group {
	list := append(brackets(text), blocks(text)...)
	for _, at := range lineRule.FindAllStringIndex(text, -1) {
		list = append(list, group{at[0], at[1], 'l'})
	}
	slices.SortStableFunc(list, func(a, b group) int { return (b.end - b.start) - (a.end - a.start) })
	return list
}

func brackets(text string) []group {
	var list []group
	var open []int
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '(', '[', '{':
			open = append(open, i)
		case ')', ']', '}':
			if n := len(open); n > 0 {
				list = append(list, group{open[n-1], i + 1, text[open[n-1]]})
				open = open[:n-1]
			}
		case '"', '`':
			end := i + 1
			for end < len(text) && text[end] != c && text[end] != '\n' {
				if c == '"' && text[end] == '\\' {
					end++
				}
				end++
			}
			if end < len(text) && text[end] == c {
				list = append(list, group{i, end + 1, c})
				i = end
			}
		}
	}
	return list
}

// blocks are actions that have an end, as far as it.
func blocks(text string) []group {
	var list []group
	var open []int
	for _, at := range actionRule.FindAllStringIndex(text, -1) {
		action := text[at[0]:at[1]]
		switch {
		case openRule.MatchString(action):
			open = append(open, at[0])
		case endRule.MatchString(action):
			if n := len(open); n > 0 {
				list = append(list, group{open[n-1], at[1], '#'})
				open = open[:n-1]
			}
		}
	}
	return list
}

var simple = map[byte][]string{
	'(': {"", "nil", "1", `""`, `"a"`, "list", "dict", "."},
	'[': {"", "[]", "1"},
	'{': {"", "{}", "1"},
	'"': {"", `""`, `"a"`, `"1"`},
	'`': {"", `""`},
}

// replacements are what may stand for a group: nothing, something simple, or
// one of the groups in it. A block may also be what is between its actions.
func replacements(text string, g group, all []group) []string {
	list := []string{""}
	if s := simple[g.kind]; s != nil {
		list = s
	}
	list = slices.Clone(list)
	for _, inner := range all {
		if inner.kind == g.kind && inner.start > g.start && inner.end < g.end && g.kind != '"' {
			list = append(list, text[inner.start:inner.end])
		}
	}
	if whole := text[g.start:g.end]; g.kind == '#' {
		first, last := strings.Index(whole, "}}"), strings.LastIndex(whole, "{{")
		if first >= 0 && first+2 <= last {
			list = append(list, whole[first+2:last])
		}
	}
	return list
}
