// Command charts records what Helm makes of charts and values files: the tables
// tests/tables/chart/*.cases. The format is described in cases.go.
//
// usage: go run . [-check] FILE...
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader"
	chartv2 "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"sigs.k8s.io/yaml"
)

// Go iterates maps in random order: what differs between runs is no recording.
const runs = 12

// root stands in texts for the folder in which a case is laid out.
const root = "/w"

func main() {
	args := os.Args[1:]
	check := len(args) > 0 && args[0] == "-check"
	if check {
		args = args[1:]
	}
	here := mustGetwd()
	failed := false
	for _, path := range args {
		if err := os.Chdir(here); err != nil {
			panic(err)
		}
		if err := record(path, check); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func record(path string, check bool) error {
	// Cases run in folders of their own.
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	table, err := parse(string(text))
	if err != nil {
		return err
	}
	for _, c := range table.cases {
		if err := answer(c); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	recorded := table.String()
	if check {
		if recorded != string(text) {
			return fmt.Errorf("differs from what Helm answers")
		}
		return nil
	}
	fmt.Printf("%s: %d cases\n", path, len(table.cases))
	return os.WriteFile(path, []byte(recorded), 0o644)
}

func answer(c *testCase) error {
	var first result
	for i := range runs {
		got, err := runOnce(c)
		if err != nil {
			return err
		}
		if i == 0 {
			first = got
		} else if got != first {
			return fmt.Errorf("Helm gives several results:\n%+v\n%+v", first, got)
		}
	}
	c.setResult(first)
	return nil
}

type result struct{ out, log, err string }

func runOnce(c *testCase) (result, error) {
	dir, err := os.MkdirTemp("", "case")
	if err != nil {
		return result{}, err
	}
	defer os.RemoveAll(dir)
	dir, err = filepath.EvalSymlinks(dir)
	if err != nil {
		return result{}, err
	}
	for _, f := range c.files {
		if err := f.write(dir); err != nil {
			return result{}, err
		}
	}
	if err := os.Chdir(dir); err != nil {
		return result{}, err
	}
	var log bytes.Buffer
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})))
	out, failure := pipeline(c)
	hide := func(s string) string { return strings.ReplaceAll(s, dir, root) }
	lines := strings.Split(strings.TrimSuffix(hide(log.String()), "\n"), "\n")
	sort.Strings(lines)
	r := result{out: hide(out), log: strings.Join(lines, "\n")}
	if failure != nil {
		r.err = hide(failure.Error())
		r.out = ""
	}
	return r, nil
}

// pipeline goes the way of `helm template` as far as values, and prints what
// the case wants to know on the way.
func pipeline(c *testCase) (string, error) {
	var out strings.Builder
	user, err := c.options().MergeValues(nil)
	if err != nil {
		return "", err
	}
	if c.wants("user") {
		fmt.Fprintf(&out, "user: %s\n", dump(user))
	}
	if c.wantsOnly("user") {
		return out.String(), nil
	}
	loaded, err := loader.Load(filepath.Join(mustGetwd(), c.chart()))
	if err != nil {
		return "", err
	}
	ch, ok := loaded.(*chartv2.Chart)
	if !ok {
		return "version 3\n", nil
	}
	printLoaded(&out, c, ch)
	if !c.wants("values") && !c.wants("tree") && !c.wants("chart") {
		return out.String(), nil
	}
	ac, err := chart.NewAccessor(ch)
	if err != nil {
		return "", err
	}
	if req := ac.MetaDependencies(); len(req) > 0 {
		if err := action.CheckDependencies(ch, req); err != nil {
			return "", fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: %w", err)
		}
	}
	if err := chartutil.ProcessDependencies(ch, user); err != nil {
		return "", err
	}
	printTree(&out, c, ch)
	top, err := util.ToRenderValuesWithSchemaValidation(ch, user, common.ReleaseOptions{}, nil, true)
	if err != nil {
		return "", err
	}
	if c.wants("values") {
		fmt.Fprintf(&out, "values: %s\n", dump(map[string]any(top["Values"].(common.Values))))
	}
	return out.String(), nil
}

func mustGetwd() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return dir
}

func printLoaded(out *strings.Builder, c *testCase, ch *chartv2.Chart) {
	names := func(label string, files []*common.File) {
		if !c.wants(label) {
			return
		}
		for _, f := range files {
			fmt.Fprintf(out, "%s: %s %s\n", label, strconv.Quote(f.Name), strconv.Quote(shorten(string(f.Data))))
		}
	}
	names("raw", ch.Raw)
	names("templates", ch.Templates)
	names("files", ch.Files)
	if c.wants("metadata") {
		text, err := yaml.Marshal(ch.Metadata)
		fmt.Fprintf(out, "metadata: %s %v\n", strconv.Quote(string(text)), err)
	}
	if c.wants("lock") && ch.Lock != nil {
		fmt.Fprintf(out, "lock: %s", strconv.Quote(ch.Lock.Digest))
		for _, d := range ch.Lock.Dependencies {
			fmt.Fprintf(out, " %s", strconv.Quote(d.Name+" "+d.Version))
		}
		out.WriteString("\n")
	}
}

func shorten(s string) string {
	if len(s) > 40 {
		return fmt.Sprintf("%s... %d bytes", s[:20], len(s))
	}
	return s
}

func printTree(out *strings.Builder, c *testCase, ch *chartv2.Chart) {
	var lines []string
	var visit func(ch *chartv2.Chart)
	visit = func(ch *chartv2.Chart) {
		if c.wants("tree") {
			line := fmt.Sprintf("tree: %s %s", ch.ChartFullPath(), ch.ChartPath())
			for _, d := range ch.Metadata.Dependencies {
				line += fmt.Sprintf(" %s=%v", d.Name, d.Enabled)
			}
			lines = append(lines, line)
		}
		if c.wants("chart") {
			ac, err := chart.NewAccessor(ch)
			if err != nil {
				panic(err)
			}
			// As the engine makes .Chart of it.
			metadata := ac.MetadataAsMap()
			metadata["IsRoot"] = ac.IsRoot()
			lines = append(lines, fmt.Sprintf("chart: %s %s", ch.ChartFullPath(), dump(metadata)))
		}
		for _, d := range ch.Dependencies() {
			visit(d)
		}
	}
	visit(ch)
	if c.wants("tree") {
		for _, crd := range ch.CRDObjects() {
			lines = append(lines, "crd: "+crd.Filename)
		}
	}
	sort.Strings(lines)
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
}

// dump writes a value with its Go types: float64 as in JSON, int64(5), "text".
func dump(v any) string {
	switch t := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(t)
	case string:
		return strconv.Quote(t)
	case float64:
		b, err := json.Marshal(t)
		if err != nil {
			return err.Error()
		}
		return string(b)
	case []any:
		if t == nil {
			return "[]nil"
		}
		parts := make([]string, len(t))
		for i, e := range t {
			parts[i] = dump(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		if t == nil {
			return "{}nil"
		}
		keys := make([]string, 0, len(t))
		for k := range t {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		parts := make([]string, len(keys))
		for i, k := range keys {
			parts[i] = strconv.Quote(k) + ": " + dump(t[k])
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case map[string]string:
		if t == nil {
			return "map[string]string{}nil"
		}
		m := map[string]any{}
		for k, s := range t {
			m[k] = s
		}
		return "map[string]string" + dump(m)
	default:
		return fmt.Sprintf("%T(%v)", v, v)
	}
}
