// Writes src/base/regex_classes.inc: the names that \p{...} takes in Go's regular expressions, as Go looks them up, with
// the names that RE2 has for them; and the categories that RE2 lacks or counts otherwise.
//
//	go run cmake/regex_classes.go > src/base/regex_classes.inc
package main

import (
	"fmt"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"unicode"
)

// canonical is a name as it is looked up: one capital, then small letters, nothing between words.
func canonical(name string) string {
	name = strings.NewReplacer("_", "", "-", "", " ", "").Replace(name)
	return strings.ToUpper(name[:1]) + strings.ToLower(name[1:])
}

func ranges(name string, table *unicode.RangeTable) {
	fmt.Printf("constexpr ClassRange %s[] = {\n", name)
	var line strings.Builder
	start := rune(-1)
	for r := rune(0); r <= unicode.MaxRune+1; r++ {
		in := r <= unicode.MaxRune && unicode.Is(table, r)
		if in && start < 0 {
			start = r
		}
		if !in && start >= 0 {
			item := fmt.Sprintf("{0x%X, 0x%X},", start, r-1)
			if line.Len()+1+len(item) > 110 {
				fmt.Println("    " + line.String())
				line.Reset()
			}
			if line.Len() > 0 {
				line.WriteByte(' ')
			}
			line.WriteString(item)
			start = -1
		}
	}
	fmt.Println("    " + line.String())
	fmt.Print("};\n\n")
}

func main() {
	names := map[string]string{"Any": "Any", "Ascii": "ASCII", "Assigned": "Assigned"}
	for name := range unicode.Categories {
		names[canonical(name)] = name
	}
	for name := range unicode.Scripts {
		names[canonical(name)] = name
	}
	for alias, name := range unicode.CategoryAliases {
		names[canonical(alias)] = name
	}
	sorted := []string{}
	for name := range names {
		// Scripts whose name has several words are out of Go's own reach.
		if _, err := regexp.Compile(`\p{` + name + `}`); err == nil {
			sorted = append(sorted, name)
		}
	}
	sort.Strings(sorted)
	fmt.Printf("// Written by cmake/regex_classes.go with %s. Do not edit.\n", runtime.Version())
	fmt.Print("// clang-format off\n")
	fmt.Println("constexpr ClassName class_names[] = {")
	for _, name := range sorted {
		fmt.Printf("    {%q, %q},\n", name, names[name])
	}
	fmt.Print("};\n\n")
	ranges("other_ranges", unicode.C)
	ranges("unassigned_ranges", unicode.Cn)
	ranges("cased_ranges", unicode.LC)
}
