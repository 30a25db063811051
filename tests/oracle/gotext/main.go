// Records what Go's packages strings, unicode, strconv, time and fmt say, for the unit tests of what stands in for them:
//
//	go run tests/oracle/gotext/main.go tests/unit
//
// writes base/strings.tsv, base/unicode.tsv, value/numbers.tsv and value/printf.tsv. A line is a name, arguments and a
// result, with tabs in between; bytes that are not printable ASCII, and backslashes, are written \xHH.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

type table struct {
	file *os.File
	out  *bufio.Writer
}

func open(folder, name string) *table {
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		log.Fatal(err)
	}
	t := &table{file, bufio.NewWriter(file)}
	fmt.Fprintf(t.out, "# recorded: %s\n", runtime.Version())
	return t
}

func (t *table) close() {
	if err := t.out.Flush(); err != nil {
		log.Fatal(err)
	}
	t.file.Close()
}

func (t *table) line(fields ...any) {
	for i, field := range fields {
		if i > 0 {
			t.out.WriteByte('\t')
		}
		for _, c := range []byte(fmt.Sprint(field)) {
			if c < ' ' || c > '~' || c == '\\' {
				fmt.Fprintf(t.out, `\x%02x`, c)
			} else {
				t.out.WriteByte(c)
			}
		}
	}
	t.out.WriteByte('\n')
}

var random = rand.New(rand.NewSource(1))

func pick[T any](from []T) T { return from[random.Intn(len(from))] }

func textOf(alphabet []string, most int) string {
	text := ""
	for n := random.Intn(most + 1); n > 0; n-- {
		text += pick(alphabet)
	}
	return text
}

var letters = []string{"a", "b", "A", "é", "É", "ß", " ", "\t", "\u00a0", "-", "_", "1", "ab", "日", "\xff", "\xc3",
	"\u3000", "İ", "K", "\u212a", "ǆ", "ſ", ".", "😀", "\ufffd"}

func recordStrings(t *table) {
	for i := 0; i < 150; i++ {
		a, b, c, n := textOf(letters, 10), textOf(letters, 2), textOf(letters, 3), random.Intn(6)-1
		t.line("trim_space", a, strings.TrimSpace(a))
		t.line("trim", a, b, strings.Trim(a, b))
		t.line("trim_left", a, b, strings.TrimLeft(a, b))
		t.line("trim_right", a, b, strings.TrimRight(a, b))
		t.line("trim_prefix", a, b, strings.TrimPrefix(a, b))
		t.line("trim_suffix", a, b, strings.TrimSuffix(a, b))
		t.line("split_n", a, b, n, strings.Join(strings.SplitN(a, b, n), "|"))
		t.line("fields", a, strings.Join(strings.Fields(a), "|"))
		t.line("count", a, b, strings.Count(a, b))
		t.line("replace", a, b, c, n, strings.Replace(a, b, c, n))
		t.line("to_upper", a, strings.ToUpper(a))
		t.line("to_lower", a, strings.ToLower(a))
		t.line("title", a, strings.Title(a))
		t.line("equal_fold", b, c, strings.EqualFold(b, c))
		t.line("to_valid", a, string([]rune(a)))
		t.line("rune_count", a, utf8.RuneCountInString(a))
		last, width := utf8.DecodeLastRuneInString(a)
		t.line("decode_last", a, fmt.Sprint(last, " ", width))
	}
}

func bit(holds bool, at uint) uint64 {
	if holds {
		return 1 << at
	}
	return 0
}

// A hash over all properties of all code points up to the end of each block.
func recordUnicode(t *table) {
	hash := uint64(14695981039346656037)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		properties := bit(unicode.IsLetter(r), 0) | bit(unicode.IsUpper(r), 1) | bit(unicode.IsLower(r), 2) |
			bit(unicode.IsTitle(r), 3) | bit(unicode.IsDigit(r), 4) | bit(unicode.IsNumber(r), 5) |
			bit(unicode.IsPunct(r), 6) | bit(unicode.IsSpace(r), 7) | bit(unicode.IsPrint(r), 8) |
			bit(unicode.IsGraphic(r), 9) | bit(unicode.IsControl(r), 10)
		for _, part := range []uint64{properties, uint64(unicode.ToUpper(r)), uint64(unicode.ToLower(r)),
			uint64(unicode.ToTitle(r)), uint64(unicode.SimpleFold(r))} {
			hash = (hash ^ part) * 1099511628211
		}
		if r%8192 == 8191 {
			t.line("block", strconv.Itoa(int(r)), strconv.FormatUint(hash, 10))
		}
	}
}

func number() float64 {
	switch random.Intn(6) {
	case 0:
		return math.Float64frombits(random.Uint64())
	case 1:
		return float64(random.Intn(1000))
	case 2:
		return random.NormFloat64()
	case 3:
		return float64(random.Intn(100)) * math.Pow(10, float64(random.Intn(40)-20))
	case 4:
		return float64(random.Intn(10000)) / 8
	default:
		return pick([]float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), 1e6, 123456, 1e21, 1e20, 5e-324,
			math.MaxFloat64, 0.1, 1e-5, 1e-6, 9e-7, 2.5, 100000, 999999.5, 1 << 53, math.SmallestNonzeroFloat64 * 3})
	}
}

// An error follows the value that comes with it.
func outcome(value any, err error) string {
	if err != nil {
		return fmt.Sprint(value, " ", err)
	}
	return fmt.Sprint(value)
}

func bitsOf(value float64) string {
	if value != value {
		return "NaN"
	}
	return strconv.FormatUint(math.Float64bits(value), 10)
}

func recordNumbers(t *table) {
	for i := 0; i < 600; i++ {
		value, form, precision, size := number(), pick([]byte("eEfgGbxX")), random.Intn(22)-1, pick([]int{32, 64})
		t.line("format_float", bitsOf(value), string(form), precision, size,
			strconv.FormatFloat(value, form, precision, size))
		if encoded, err := json.Marshal(value); err == nil {
			t.line("json_float", bitsOf(value), string(encoded))
		}
	}
	signs := strings.Split("0 1 2 9 . e E x X p P _ + - a F 0x 1_0 e1 inf nan infinity", " ")
	for i := 0; i < 500; i++ {
		text := textOf(signs, 7)
		if i%2 == 0 {
			text = strconv.FormatFloat(number(), pick([]byte("eEfgGx")), random.Intn(30)-1, 64)
		}
		for _, size := range []int{32, 64} {
			value, err := strconv.ParseFloat(text, size)
			t.line("parse_float", text, size, outcome(bitsOf(value), err))
		}
	}
	digits := strings.Split("0 1 2 3 7 8 9 _ x X b o B + - f 0x 0b 9223372036854775807 18446744073709551615", " ")
	for i := 0; i < 300; i++ {
		text, base, size := textOf(digits, 6), pick([]int{0, 8, 10}), pick([]int{32, 64})
		signed, err := strconv.ParseInt(text, base, size)
		t.line("parse_int", text, base, size, outcome(signed, err))
		unsigned, err := strconv.ParseUint(text, base, size)
		t.line("parse_uint", text, base, size, outcome(unsigned, err))
	}
	parts := strings.Split(`\ \ \a \b \f \n \r \t \v \x41 \xff \u00e9 \U0001F600 \101 \' \" ' " é 1 \ud800 \400 \q`, " ")
	parts = append(parts, "`", "\xff", "\n", "\r", " ")
	for i := 0; i < 400; i++ {
		delimiter := pick([]string{`"`, `'`, "`"})
		text := delimiter + textOf(parts, 4) + delimiter
		value, err := strconv.Unquote(text)
		t.line("unquote", text, err == nil, value)
		t.line("quote", value, strconv.Quote(value))
		t.line("quote_to_ascii", value, strconv.QuoteToASCII(value))
		r := rune(random.Intn(0x110000))
		t.line("quote_rune", int(r), strconv.QuoteRune(r))
		t.line("can_backquote", value, strconv.CanBackquote(value))
		d := time.Duration(random.Int63() >> uint(random.Intn(63)))
		if i%3 == 0 {
			d = -d
		}
		t.line("duration", int64(d), d.String())
	}
	for i := -1; i < 14; i++ {
		t.line("month", i, time.Month(i).String())
		t.line("weekday", i, time.Weekday(i).String())
	}
	t.line("duration", int64(math.MinInt64), time.Duration(math.MinInt64).String())
}

func format() string {
	text := "%"
	for random.Intn(3) == 0 {
		text += string(pick([]byte("+-# 0")))
	}
	if random.Intn(3) == 0 {
		text += strconv.Itoa(random.Intn(25))
	}
	if random.Intn(3) == 0 {
		text += "." + strconv.Itoa(random.Intn(20))
	}
	return text + pick(strings.Split("v d s q x X U c b o O e E f F g G t T w z é", " "))
}

func recordPrintf(t *table) {
	texts := []string{"", "a", "héllo", "日本語", "\xff\xfe", "x`y", "tab\t", "\u200b\u00a0", "😀", "\x00\x7f", `q"'\`}
	for i := 0; i < 400; i++ {
		form, float, integer, text := format(), number(), random.Int63()>>uint(random.Intn(63)), pick(texts)
		t.line("float", form, bitsOf(float), fmt.Sprintf(form, float))
		t.line("int", form, integer, fmt.Sprintf(form, int(integer)))
		t.line("uint", form, integer, fmt.Sprintf(form, uint64(integer)))
		t.line("text", form, text, fmt.Sprintf(form, text))
		t.line("bytes", form, text, fmt.Sprintf(form, []byte(text)))
		t.line("duration", form, integer, fmt.Sprintf(form, time.Duration(integer)))
	}
	// The operands of the test: 3, "a", nil, 2.5, -7.
	for i := 0; i < 600; i++ {
		form := textOf(strings.Split("% % % [ ] * . 1 2 3 + - # 0 d v s x q é !", " "), 9)
		t.line("format", form, fmt.Sprintf(form, 3, "a", nil, 2.5, -7))
	}
	mixed := []any{1, "a", nil, 1.5, true, []any{1, nil}, map[string]any{"b": nil, "a": "x"}, []byte("hi"),
		[]string{"p", "q"}, map[string]string{"k": "v"}, time.Minute, []any(nil), map[string]any(nil), []byte(nil)}
	for _, verb := range strings.Split("v d s q x X U c b o O e f g t T w z", " ") {
		for _, flags := range []string{"", "+", "#", "5", "-5", "05", ".1"} {
			t.line("mixed", "%"+flags+verb, fmt.Sprintf("%"+flags+verb, mixed))
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run tests/oracle/gotext/main.go tests/unit")
	}
	for name, record := range map[string]func(*table){"base/strings.tsv": recordStrings, "base/unicode.tsv": recordUnicode,
		"value/numbers.tsv": recordNumbers, "value/printf.tsv": recordPrintf} {
		random = rand.New(rand.NewSource(1))
		t := open(os.Args[1], name)
		record(t)
		t.close()
	}
}
