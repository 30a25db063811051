// Records what the libraries of Kubernetes and of the image distribution say about the parts that objects are made of:
//
//	go -C tests/oracle/objects run . ../../unit/manifest
//
// writes quantity.tsv, int_or_percent.tsv, selector.tsv, image_reference.tsv, name_syntax.tsv and api_lifecycle.tsv into
// the folder. A line is a name,
// arguments and a result, with tabs in between; bytes that are not printable ASCII, and backslashes, are written \xHH.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

type table struct {
	out *bufio.Writer
}

func (t table) line(fields ...string) {
	for i, field := range fields {
		fields[i] = plain(field)
	}
	fmt.Fprintln(t.out, strings.Join(fields, "\t"))
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: objects FOLDER")
	}
	const kubernetes, distribution = "k8s.io/apimachinery", "github.com/distribution/reference"
	write("quantity.tsv", kubernetes, quantities)
	write("int_or_percent.tsv", kubernetes, percents)
	write("selector.tsv", kubernetes, selectors)
	write("image_reference.tsv", distribution, images)
	write("name_syntax.tsv", kubernetes, names)
	write("api_lifecycle.tsv", "k8s.io/api", lifecycles)
}

func write(name, module string, record func(table)) {
	file, err := os.Create(filepath.Join(os.Args[1], name))
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "# recorded: %s %s\n", module, version(module))
	record(table{out})
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func version(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return "?"
}

func plain(text string) string {
	var sb strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '\\' {
			fmt.Fprintf(&sb, `\x%02x`, c)
		} else {
			sb.WriteByte(c)
		}
	}
	return sb.String()
}
