package main

import (
	"errors"
	"fmt"
	"strings"
	"text/template"
	"time"

	"rhumb/tests/unit/gotmpl/record/common"
)

// toys are functions with every kind of signature; tests/unit/gotmpl/toys.cpp has the same.
func toys(t *template.Template) template.FuncMap {
	return template.FuncMap{
		"upper":    strings.ToUpper,
		"add":      func(a, b int) int { return a + b },
		"join":     func(sep string, parts ...string) string { return strings.Join(parts, sep) },
		"id":       func(v any) any { return v },
		"typeof":   func(v any) string { return fmt.Sprintf("%T", v) },
		"fail":     func(msg string) (string, error) { return "", errors.New(msg) },
		"crash":    func() string { panic("crashed") },
		"list":     func(v ...any) []any { return v },
		"strs":     func(v ...string) []string { return v },
		"bytes":    func(s string) []byte { return []byte(s) },
		"half":     func(f float64) float64 { return f / 2 },
		"i64":      func(i int64) int64 { return i },
		"u64":      func(i uint64) uint64 { return i },
		"u8":       func(i uint8) uint8 { return i },
		"i8":       func(i int8) int8 { return i },
		"flag":     func(b bool) bool { return b },
		"cplx":     func(c complex128) complex128 { return c },
		"nanos":    func(d time.Duration) int64 { return int64(d) },
		"duration": func(i int64) time.Duration { return time.Duration(i) },
		"needmap":  func(m map[string]any) int { return len(m) },
		"needlist": func(l []any) int { return len(l) },
		"needstrs": func(l []string) int { return len(l) },
		"isnil":    func(m map[string]any) bool { return m == nil },
		"nilmap":   func() map[string]any { return nil },
		"nillist":  func() []any { return nil },
		"none":     func() any { return nil },
		"set": func(m map[string]any, k string, v any) map[string]any {
			m[k] = v
			return m
		},
		"strmap":  func(k, v string) map[string]string { return map[string]string{k: v} },
		"values":  func(m map[string]any) common.Values { return m },
		"caps":    common.NewCapabilities,
		"month":   func(i int) time.Month { return time.Month(i) },
		"include": include(t),
		"tpl":     tpl(t),
	}
}

func include(t *template.Template) any {
	return func(name string, data any) (string, error) {
		var out strings.Builder
		err := t.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
}

// tpl executes a text in a name space of its own, as Helm's does.
func tpl(t *template.Template) any {
	return func(text string, data any) (string, error) {
		inner, err := t.Clone()
		if err != nil {
			return "", err
		}
		inner.Option("missingkey=zero")
		inner.Funcs(template.FuncMap{"include": include(inner), "tpl": tpl(inner)})
		inner, err = inner.New(t.Name()).Parse(text)
		if err != nil {
			return "", fmt.Errorf("cannot parse template %q: %w", text, err)
		}
		var out strings.Builder
		if err := inner.Execute(&out, data); err != nil {
			return "", fmt.Errorf("error during tpl function execution for %q: %w", text, err)
		}
		return out.String(), nil
	}
}
