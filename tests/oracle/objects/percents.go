package main

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation"
)

var totals = []int{0, 1, 2, 3, 4, 5, 7, 10, 11, 99, 100, 101, 1000, 2147483647}

var percentTexts = []string{
	"0%", "1%", "9%", "10%", "25%", "33%", "34%", "49%", "50%", "51%", "66%", "67%", "75%", "99%", "100%", "101%", "200%", "-1%", "-25%", "+50%", "007%",
	"", "%", "%%", "50%%", "50", "1", "-1", "50 %", " 50%", "50% ", "5.5%", "1e2%", "0x10%", "1_0%", "abc", "abc%", "a\"%", "é%", "\xff%",
	"9223372036854775807%", "9223372036854775808%", "-9223372036854775808%", "99999999999999999999%", "http", "2147483647", "2147483648", "-2147483648", "-2147483649", "+5", "05", "0",
}

var integers = []int32{0, 1, -1, 3, 100, 2147483647, -2147483648}

func percents(t table) {
	for _, text := range percentTexts {
		t.line("valid", text, strings.Join(validation.IsValidPercent(text), "|"))
		parsed := intstr.Parse(text)
		t.line("parse", text, fmt.Sprintf("%d %s", parsed.Type, parsed.String()))
		for _, total := range totals {
			scale(t, "text", text, intstr.FromString(text), total)
		}
	}
	for _, value := range integers {
		for _, total := range totals {
			scale(t, "number", fmt.Sprint(value), intstr.FromInt32(value), total)
		}
	}
}

func scale(t table, kind, text string, value intstr.IntOrString, total int) {
	for _, rounding := range []string{"up", "down"} {
		answer := ""
		if scaled, err := intstr.GetScaledValueFromIntOrPercent(&value, total, rounding == "up"); err != nil {
			answer = "error: " + err.Error()
		} else {
			answer = fmt.Sprint(scaled)
		}
		t.line(kind, text, fmt.Sprint(total), rounding, answer)
	}
}
