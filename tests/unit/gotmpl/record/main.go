// Records what Go's own text/template makes of the rows in the tables named on the command line (in this folder:
// go run . ../*.rows):
//
//	== NAME
//	the template, whose name is "t"
//	-- data
//	JSON for dot
//	-- tree | -- out | -- error        written by this program
//
// A row of a table whose file is called *.parse.rows is parsed only; a tree or an error comes out of it. The others
// are executed with missingkey=zero, the functions of toys.go, and what JSON says (numbers that are whole are ints,
// and objects are map[string]interface {}); a row without data has that of the row before. A template with bytes that
// are awkward in a file stands in a section "-- quoted", as one Go string. Errors come with the chain that
// errors.Unwrap walks below them, one to a line, quoted.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

type row struct {
	head     []string // the lines as they are
	template string
	data     string
}

func main() {
	for _, path := range os.Args[1:] {
		if err := record(path); err != nil {
			fmt.Fprintln(os.Stderr, path+":", err)
			os.Exit(1)
		}
	}
}

func record(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	preamble, rest, _ := strings.Cut(string(text), "\n== ")
	var out strings.Builder
	out.WriteString("# recorded: " + runtime.Version() + "\n")
	for _, line := range strings.Split(preamble, "\n") {
		if !strings.HasPrefix(line, "# recorded: ") {
			out.WriteString(line + "\n")
		}
	}
	data := ""
	for _, chunk := range strings.Split(rest, "\n== ") {
		r, err := read("== " + strings.TrimSuffix(chunk, "\n"))
		if err != nil {
			return err
		}
		if r.data == "" {
			r.data = data
		}
		data = r.data
		out.WriteString(strings.Join(r.head, "\n") + "\n")
		if strings.HasSuffix(path, ".parse.rows") {
			out.WriteString(parseRow(r))
		} else {
			out.WriteString(executeRow(r))
		}
	}
	return os.WriteFile(path, []byte(out.String()), 0o644)
}

func read(chunk string) (row, error) {
	var r row
	var section string
	parts := map[string][]string{}
	for _, line := range strings.Split(chunk, "\n") {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			section = name
			if section == "tree" || section == "out" || section == "error" {
				break
			}
			r.head = append(r.head, line)
			parts[section] = []string{}
			continue
		}
		r.head = append(r.head, line)
		if !strings.HasPrefix(line, "== ") {
			parts[section] = append(parts[section], line)
		}
	}
	r.template = strings.Join(parts[""], "\n")
	r.data = strings.Join(parts["data"], "\n")
	if quoted, ok := parts["quoted"]; ok {
		text, err := strconv.Unquote(strings.Join(quoted, ""))
		if err != nil {
			return r, fmt.Errorf("%s: %w", r.head[0], err)
		}
		r.template = text
	}
	return r, nil
}

func parseRow(r row) string {
	set := map[string]*parse.Tree{}
	root := parse.New("t")
	_, err := root.Parse(r.template, "", "", set, toys(nil), builtins())
	if err != nil {
		return "-- error\n" + strconv.Quote(err.Error()) + "\n"
	}
	keys := make([]string, 0, len(set))
	for name := range set {
		keys = append(keys, name)
	}
	sort.Strings(keys)
	out := "-- tree\n"
	for _, name := range keys {
		out += "(" + strconv.Quote(name) + children(set[name].Root.Nodes) + ")\n"
		out += strconv.Quote(set[name].Root.String()) + "\n"
	}
	return out
}

func builtins() map[string]any {
	list := map[string]any{}
	for _, name := range strings.Fields("and call eq ge gt html index js le len lt ne not or print printf println slice urlquery") {
		list[name] = true
	}
	return list
}

func executeRow(r row) string {
	t := template.New("gotpl").Option("missingkey=zero")
	t.Funcs(toys(t))
	if _, err := t.New("t").Parse(r.template); err != nil {
		return "-- error\n" + strconv.Quote(err.Error()) + "\n"
	}
	var out strings.Builder
	err := t.ExecuteTemplate(&out, "t", data(r.data))
	if err == nil {
		return "-- out\n" + strconv.Quote(out.String()) + "\n"
	}
	text := "-- error\n"
	for last := ""; err != nil; err = errors.Unwrap(err) {
		if err.Error() != last {
			text += strconv.Quote(err.Error()) + "\n"
		}
		last = err.Error()
	}
	return text
}

func data(text string) any {
	if text == "" {
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		panic(fmt.Sprintf("%s: %v", text, err))
	}
	return plain(v)
}

func plain(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := strconv.Atoi(v.String()); err == nil {
			return i
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	}
	return v
}
