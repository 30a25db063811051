// Records what sigs.k8s.io/yaml, go-yaml and encoding/json answer, for the tests of module yaml.
//
//	go run . record FILE...            answers the questions of row files anew, in place
//	go run . check FILE...             compares without writing
//	go run . random KIND N SEED OUT    makes N questions of a kind and answers them
//	go run . corpus N SEED DIR OUT     reads the YAML and JSON files below DIR, and N edits of them
//
// A row is a line: operation, input, O or E, answer; separated by tabs, texts quoted as in Go. The inputs of writers
// are in the notation of values.go. Rows whose answer differs from run to run are left out.
package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const header = "# recorded: sigs.k8s.io/yaml v1.6.0, go.yaml.in/yaml v2.4.4 and v3.0.5, encoding/json of go1.26, helm v4.3.1\n"

type writer struct {
	out  *bufio.Writer
	rows int
}

func (w *writer) row(operation, input string, result answer) {
	fmt.Fprintf(w.out, "%s\t%s\t%s\t%s\n", operation, strconv.QuoteToASCII(input), result.status(), strconv.QuoteToASCII(result.text))
	w.rows++
}

func (w *writer) read(operation, text string) {
	if result, isSteady := steady(func() answer { return readers[operation](text) }, times(readers[operation](text))); isSteady {
		w.row(operation, text, result)
	}
}

// Complaints about keys depend on the order of a map.
func times(first answer) int {
	if first.err && strings.Contains(first.text, "map key") {
		return 20
	}
	return 3
}

func (w *writer) write(operation string, value any) {
	if result, isSteady := steady(func() answer { return writers[operation](value) }, 3); isSteady {
		w.row(operation, notation(value), result)
	}
}

func (w *writer) random(kind string, r *rand.Rand) {
	switch kind {
	case "tokens":
		text := randomTokens(r)
		w.read([]string{"read", "head", "values", "strict"}[r.Intn(4)], text)
	case "broken":
		w.read([]string{"read", "head"}[r.Intn(2)], randomBroken(r))
	case "documents":
		text := randomDocument(r, 0, 3)
		if r.Intn(4) == 0 {
			text = mutate(r, text)
		}
		w.read([]string{"read", "read", "map", "strict", "head"}[r.Intn(5)], text)
	case "flow":
		w.read("read", randomFlow(r, 4))
	case "typed":
		w.read([]string{"typed", "typed-strict"}[r.Intn(2)], randomSample(r))
	case "heads":
		w.read("head", randomHead(r))
	case "strings":
		w.write([]string{"yaml", "pretty"}[r.Intn(2)], randomString(r))
	case "values":
		w.write([]string{"yaml", "yaml", "pretty", "to-json", "to-json-indent", "to-json-raw"}[r.Intn(6)], randomValue(r, 4))
	case "keys":
		object := map[string]any{}
		for n := 2 + r.Intn(4); n > 0; n-- {
			object[randomKey(r)] = nil
		}
		w.write([]string{"yaml", "pretty"}[r.Intn(2)], object)
	case "json":
		text := plainJSON(randomValue(r, 3))
		if r.Intn(2) == 0 {
			text = mutate(r, text)
		}
		w.read([]string{"json", "json-map", "json-list", "json-prefix"}[r.Intn(4)], text)
	default:
		panic("unknown kind " + kind)
	}
}

func create(path string) (*writer, func()) {
	file, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	w := &writer{out: bufio.NewWriter(file)}
	w.out.WriteString(header)
	return w, func() {
		w.out.Flush()
		file.Close()
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return value
}

func randomRows(kind string, count, seed int, path string) {
	w, finish := create(path)
	defer finish()
	r := rand.New(rand.NewSource(int64(seed)))
	for i := 0; i < count; i++ {
		w.random(kind, r)
	}
	fmt.Println(w.rows, "rows")
}

func corpus(count, seed int, dir, path string) {
	w, finish := create(path)
	defer finish()
	var texts []string
	filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json", ".tpl":
			if data, err := os.ReadFile(path); err == nil && len(data) < 1<<20 {
				texts = append(texts, string(data))
			}
		}
		return nil
	})
	for _, text := range texts {
		w.read("read", text)
		w.read("head", text)
		w.read("values", text)
	}
	r := rand.New(rand.NewSource(int64(seed)))
	for i := 0; i < count && len(texts) > 0; i++ {
		text := texts[r.Intn(len(texts))]
		if len(text) > 20000 {
			text = text[:20000]
		}
		w.read([]string{"read", "head", "values"}[r.Intn(3)], mutate(r, text))
	}
	fmt.Println(len(texts), "files,", w.rows, "rows")
}

// Answers the rows of a file again.
func answerAgain(path string) (old, fresh string) {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	var out strings.Builder
	for _, line := range strings.SplitAfter(string(data), "\n") {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) < 2 || strings.HasPrefix(line, "#") {
			out.WriteString(line)
			continue
		}
		input, err := strconv.Unquote(fields[1])
		if err != nil {
			panic(path + ": " + line)
		}
		result, isSteady := steady(func() answer {
			if ask, isWriter := writers[fields[0]]; isWriter {
				return ask(parseNotation(input))
			}
			return readers[fields[0]](input)
		}, 12)
		if !isSteady {
			fmt.Print(path, ": left out, the answer is not always the same: ", line)
			continue
		}
		fmt.Fprintf(&out, "%s\t%s\t%s\t%s\n", fields[0], fields[1], result.status(), strconv.QuoteToASCII(result.text))
	}
	return string(data), out.String()
}

func main() {
	args := os.Args[1:]
	switch {
	case len(args) > 1 && (args[0] == "record" || args[0] == "check"):
		status := 0
		for _, path := range args[1:] {
			old, fresh := answerAgain(path)
			if old == fresh {
				continue
			}
			if args[0] == "check" {
				fmt.Println(path, "differs")
				status = 1
			} else if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
				panic(err)
			}
		}
		os.Exit(status)
	case len(args) == 5 && args[0] == "random":
		randomRows(args[1], number(args[2]), number(args[3]), args[4])
	case len(args) == 5 && args[0] == "corpus":
		corpus(number(args[1]), number(args[2]), args[3], args[4])
	default:
		fmt.Fprintln(os.Stderr, "usage: record FILE... | check FILE... | random KIND N SEED OUT | corpus N SEED DIR OUT")
		os.Exit(2)
	}
}
