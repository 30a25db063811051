package main

// A notation for Go values, which keeps what JSON would lose: the kind of a number, invalid UTF-8, nil slices.
//   null true false  i-5 (int)  u5 (uint64)  d1.5 (float64)  "text" (quoted as in Go)  b"bytes"
//   [v v]  ["a" of strings: s["a" "b"]]  {"key" v "key" v}  nil-list  nil-map  D5 (time.Duration)

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
)

func notation(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case int:
		return "i" + strconv.Itoa(v)
	case uint64:
		return "u" + strconv.FormatUint(v, 10)
	case time.Duration:
		return "D" + strconv.FormatInt(int64(v), 10)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return "d" + strings.TrimPrefix(strconv.FormatFloat(v, 'g', -1, 64), "+")
		}
		return "d" + strconv.FormatFloat(v, 'e', -1, 64)
	case string:
		return strconv.QuoteToASCII(v)
	case []byte:
		return "b" + strconv.QuoteToASCII(string(v))
	case []string:
		var out []string
		for _, item := range v {
			out = append(out, strconv.QuoteToASCII(item))
		}
		return "s[" + strings.Join(out, " ") + "]"
	case []any:
		if v == nil {
			return "nil-list"
		}
		var out []string
		for _, item := range v {
			out = append(out, notation(item))
		}
		return "[" + strings.Join(out, " ") + "]"
	case map[string]any:
		if v == nil {
			return "nil-map"
		}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		var out []string
		for _, key := range keys {
			out = append(out, strconv.QuoteToASCII(key)+" "+notation(v[key]))
		}
		return "{" + strings.Join(out, " ") + "}"
	}
	panic(fmt.Sprintf("no notation for %T", value))
}

type parser struct{ rest string }

func (p *parser) take(prefix string) bool {
	if !strings.HasPrefix(p.rest, prefix) {
		return false
	}
	p.rest = p.rest[len(prefix):]
	return true
}

func (p *parser) quoted() string {
	prefix, err := strconv.QuotedPrefix(p.rest)
	if err != nil {
		panic("not a quoted text: " + p.rest)
	}
	p.rest = p.rest[len(prefix):]
	text, _ := strconv.Unquote(prefix)
	return text
}

func (p *parser) number() string {
	end := strings.IndexAny(p.rest, " ]}")
	if end < 0 {
		end = len(p.rest)
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	return text
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func (p *parser) value() any {
	p.rest = strings.TrimLeft(p.rest, " ")
	switch {
	case p.take("null"):
		return nil
	case p.take("true"):
		return true
	case p.take("false"):
		return false
	case p.take("nil-list"):
		return []any(nil)
	case p.take("nil-map"):
		return map[string]any(nil)
	case p.take("i"):
		return must(strconv.Atoi(p.number()))
	case p.take("u"):
		return must(strconv.ParseUint(p.number(), 10, 64))
	case p.take("D"):
		return time.Duration(must(strconv.ParseInt(p.number(), 10, 64)))
	case p.take("d"):
		return must(strconv.ParseFloat(p.number(), 64))
	case p.take("b"):
		return []byte(p.quoted())
	case p.take("s["):
		list := []string{}
		for !p.take("]") {
			list = append(list, p.value().(string))
			p.take(" ")
		}
		return list
	case p.take("["):
		list := []any{}
		for !p.take("]") {
			list = append(list, p.value())
			p.take(" ")
		}
		return list
	case p.take("{"):
		object := map[string]any{}
		for !p.take("}") {
			key := p.quoted()
			object[key] = p.value()
			p.take(" ")
		}
		return object
	}
	return p.quoted()
}

func parseNotation(text string) any {
	p := &parser{text}
	value := p.value()
	if p.rest != "" {
		panic("left over: " + p.rest)
	}
	return value
}
