// Writes src/base/unicode_tables.inc from the tables of Go's package unicode:
//
//	go run cmake/unicode_tables.go > src/base/unicode_tables.inc
package main

import (
	"fmt"
	"runtime"
	"strings"
	"unicode"
)

// ranges prints the runs of code points that the predicate holds for.
func ranges(name string, holds func(rune) bool) {
	fmt.Printf("constexpr Range %s[] = {\n", name)
	var line strings.Builder
	start := rune(-1)
	for r := rune(0); r <= unicode.MaxRune+1; r++ {
		in := r <= unicode.MaxRune && holds(r)
		if in && start < 0 {
			start = r
		}
		if !in && start >= 0 {
			add(&line, fmt.Sprintf("{0x%X, 0x%X},", start, r-1))
			start = -1
		}
	}
	fmt.Println("    " + line.String())
	fmt.Print("};\n\n")
}

func add(line *strings.Builder, item string) {
	if line.Len()+1+len(item) > 110 {
		fmt.Println("    " + line.String())
		line.Reset()
	}
	if line.Len() > 0 {
		line.WriteByte(' ')
	}
	line.WriteString(item)
}

// deltas prints runs of code points (all, or every second one) that a mapping moves by the same distance.
func deltas(name string, mapped func(rune) rune) {
	fmt.Printf("constexpr Delta %s[] = {\n", name)
	var line strings.Builder
	type run struct{ first, last, step, delta rune }
	var current *run
	flush := func() {
		if current != nil {
			add(&line, fmt.Sprintf("{0x%X, 0x%X, %d, %d},", current.first, current.last, current.step, current.delta))
			current = nil
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		delta := mapped(r) - r
		if delta == 0 {
			continue
		}
		if current != nil && delta == current.delta && r-current.last <= 2 {
			if distance := r - current.last; current.first == current.last || current.step == distance {
				current.step, current.last = distance, r
				continue
			}
		}
		flush()
		current = &run{r, r, 1, delta}
	}
	flush()
	fmt.Println("    " + line.String())
	fmt.Print("};\n\n")
}

// folds prints what unicode.SimpleFold maps to other than the lower case, or else the upper case, of a code point.
func folds() {
	fmt.Println("constexpr Fold folds[] = {")
	var line strings.Builder
	for r := rune(0); r <= unicode.MaxRune; r++ {
		usual := unicode.ToLower(r)
		if usual == r {
			usual = unicode.ToUpper(r)
		}
		if folded := unicode.SimpleFold(r); folded != usual {
			add(&line, fmt.Sprintf("{0x%X, 0x%X},", r, folded))
		}
	}
	fmt.Println("    " + line.String())
	fmt.Println("};")
}

func main() {
	fmt.Printf("// Written by cmake/unicode_tables.go with %s. Do not edit.\n", runtime.Version())
	fmt.Print("// clang-format off\n")
	fmt.Printf("constexpr std::string_view unicode_version = %q;\n\n", unicode.Version)
	ranges("letters", unicode.IsLetter)
	ranges("uppers", unicode.IsUpper)
	ranges("lowers", unicode.IsLower)
	ranges("titles", unicode.IsTitle)
	ranges("digits", unicode.IsDigit)
	ranges("numbers", unicode.IsNumber)
	ranges("puncts", unicode.IsPunct)
	ranges("spaces", unicode.IsSpace)
	ranges("prints", unicode.IsPrint)
	ranges("graphics", unicode.IsGraphic)
	deltas("upper_deltas", unicode.ToUpper)
	deltas("lower_deltas", unicode.ToLower)
	deltas("title_deltas", unicode.ToTitle)
	folds()
}
