// Command semver records what Masterminds/semver answers about versions and
// constraints: tests/unit/base/semver.tsv. Run it in tests/oracle/recorder:
//
//	go run ./semver
//
// Each line is a question, its arguments and the answer, separated by tabs; in
// them bytes that are not printable ASCII, and backslashes, stand as \xHH.
package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

func field(text string) string {
	var out strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '\\' {
			fmt.Fprintf(&out, "\\x%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

func version(v *semver.Version, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf("%d %d %d %q %q", v.Major(), v.Minor(), v.Patch(), v.Prerelease(), v.Metadata())
}

func reasons(text string, v *semver.Version) string {
	constraints, err := semver.NewConstraint(text)
	if err != nil {
		return "error: " + err.Error()
	}
	holds, problems := constraints.Validate(v)
	if holds != constraints.Check(v) {
		panic(text)
	}
	said := make([]string, len(problems))
	for i, problem := range problems {
		said[i] = problem.Error()
	}
	return strconv.FormatBool(holds) + " " + strings.Join(said, "; ")
}

func canonical(text string) string {
	constraints, err := semver.NewConstraint(text)
	if err != nil {
		return "error: " + err.Error()
	}
	return constraints.String()
}

// One of the choices, drawn anew for each call.
func pick(random *rand.Rand, choices ...string) string { return choices[random.IntN(len(choices))] }

func part(random *rand.Rand) string {
	switch random.IntN(40) {
	case 0:
		return pick(random, "01", "1x", "", "|", "18446744073709551616")
	case 1, 2, 3, 4:
		return pick(random, "x", "X", "*", "10")
	}
	return strconv.Itoa(random.IntN(4))
}

func randomVersion(random *rand.Rand) string {
	parts := make([]string, 1+(random.IntN(10)+3)/4)
	for i := range parts {
		parts[i] = part(random)
	}
	text := pick(random, "", "", "", "v") + strings.Join(parts, ".")
	if random.IntN(3) == 0 {
		text += "-" + pick(random, "a", "rc.1", "0", "1", "a.b", "a.1", "-", "x", pick(random, "01", "a..b", "a."))
	}
	if random.IntN(6) == 0 {
		text += "+" + pick(random, "b", "1.2", "1-2", pick(random, "\u00e9", "a+b", ""))
	}
	return text
}

func randomConstraint(random *rand.Rand) string {
	one := func() string {
		operator := pick(random, "", "", "=", "!=", ">", "<", ">=", "<=", "=>", "=<", "~", "~>", "^", pick(random, ">", "<", ">>", "= ="))
		return operator + pick(random, "", "", " ", "\t") + randomVersion(random)
	}
	text := one()
	for range random.IntN(4) {
		text += pick(random, " ", ", ", ",", " || ", "||", " || ", " - ", "  ", " , ", pick(random, "\n", " -", "- ", "|", ";")) + one()
	}
	return text
}

func candidate(random *rand.Rand) *semver.Version {
	text := fmt.Sprintf("%d.%d.%d", random.IntN(4), random.IntN(4), random.IntN(4))
	return semver.MustParse(text + pick(random, "", "", "", "-a", "-rc.1", "-0", "-a.b", "+x"))
}

func main() {
	file, err := os.Create("../../unit/base/semver.tsv")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	defer out.Flush()
	line := func(fields ...string) {
		for i := range fields {
			fields[i] = field(fields[i])
		}
		fmt.Fprintln(out, strings.Join(fields, "\t"))
	}
	fmt.Fprintln(out, "# recorded: github.com/Masterminds/semver/v3 v3.5.0")
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "v", "1", "1.2", "1.2.3", "v1.2.3", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3+",
		"1.2.3-01", "1.2.3-a.01", "1.2.3+01", "1..3", ".1.2", "1.2.", "1.2.3-a_b", "1.2.3+a_b", "1.2.3-+", "1.2.3-a+", " 1.2.3",
		"1.2.3\n", "1.2.99999999999999999999", "99999999999999999999.2.3", "1.2.3-a+b-c", "1.2.3+b-c", "\u0661.2.3",
		"1.2.3-" + strings.Repeat("a", 250), "1.2.3-" + strings.Repeat("a", 251)}
	for range 300 {
		texts = append(texts, randomVersion(random))
	}
	for _, text := range texts {
		line("parse", text, version(semver.NewVersion(text)))
		line("strict", text, version(semver.StrictNewVersion(text)))
	}
	for range 300 {
		a, b := candidate(random), candidate(random)
		line("compare", a.String(), b.String(), strconv.Itoa(a.Compare(b)))
	}
	constraints := []string{"", "*", "1 - 2", "1.2.3 - 2.0", "1-2", "1 - 2 - 3", "1 - 2 || 3 - 4", "1 - 2 1 - 2", "a1.2 - 3b",
		"1.2.3.4 - 5.6.7.8", " 1  -  2 ", "1 -2", "1- 2", "v1 - v2", ">=1 - 2", "\u00e9", "\xff", "\"", "\\", "\u2028", "\U0001F600",
		strings.Repeat(" ", 513), strings.Repeat("1||", 31) + "1", strings.Repeat("1||", 32) + "1"}
	for range 700 {
		constraints = append(constraints, randomConstraint(random))
	}
	for _, text := range constraints {
		line("constraint", text, canonical(text))
		for range 3 {
			v := candidate(random)
			line("validate", text, v.String(), reasons(text, v))
		}
	}
}
