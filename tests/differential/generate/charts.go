package generate

import (
	"fmt"
	"strings"

	"rhumb/tests/oracle/recorder/rows"
)

// chartRow is a chart with dependencies: conditions, tags, aliases, values to
// import and to export. The template shows what is left of them.
func (w *writer) chartRow(int) *rows.Row {
	row := &rows.Row{Values: rows.Text{Given: true, Data: w.parentValues()}}
	if w.chance(30) {
		row.UserValues = rows.Text{Given: true, Data: w.parentValues()}
	}
	if w.chance(25) {
		row.Flags = rows.Text{Given: true, Data: pick(w, []string{"--set s1.enabled=false", "--set tags.front=true", "--set s2=null", "--set global.g=5", "--set s1.x.y=1", "--set al.enabled=true"})}
	}
	var parts []string
	for i := range w.IntN(4) {
		parts = append(parts, w.dependency(i+1))
	}
	if len(parts) > 0 {
		row.Chart = rows.Text{Given: true, Data: "dependencies:\n" + strings.Join(parts, "\n")}
	}
	for i := range 3 {
		if w.chance(90) {
			w.subchart(row, "charts/", i+1, 1)
		}
	}
	row.Template.Data = "{{ .Values | toYaml }}\n" + showSubcharts(2)
	return row
}

func showSubcharts(depth int) string {
	inner := ""
	if depth > 1 {
		inner = "{{ with $s }}" + showSubcharts(depth-1) + "{{ end }}"
	}
	return "{{ range $n, $s := .Subcharts }}{{ $n }} {{ $s.Chart.Name }} {{ $s.Chart.IsRoot }} {{ $s.Values | toJson }}\n" + inner + "{{ end }}"
}

var subNames = []string{"s1", "s2", "s3"}

func (w *writer) dependency(number int) string {
	name := subNames[number-1]
	if w.chance(15) {
		name = pick(w, subNames)
	}
	lines := []string{"- name: " + name, "  version: " + pick(w, []string{`"*"`, "0.1.0", ">0", "^0.1", `"~0.1"`, "9.9.9", `""`, "0.x"})}
	if w.chance(40) {
		lines = append(lines, "  condition: "+pick(w, []string{name + ".enabled", "al.enabled", "flags.on,flags.off", "nope.x", name, `" s1.enabled , s2.enabled"`, "flags.text", `""`, "flags.off,flags.on"}))
	}
	if w.chance(30) {
		lines = append(lines, "  tags: ["+pick(w, []string{"front", "back", "front, back", "none", ""})+"]")
	}
	if w.chance(25) {
		lines = append(lines, "  alias: "+pick(w, []string{"al", "al2", "s2", "al", "a-b"}))
	}
	if w.chance(40) {
		lines = append(lines, "  import-values:", "  - "+w.imported())
		if w.chance(30) {
			lines = append(lines, "  - "+w.imported())
		}
	}
	if w.chance(10) {
		lines = append(lines, "  enabled: "+pick(w, []string{"true", "false"}))
	}
	return strings.Join(lines, "\n")
}

func (w *writer) imported() string {
	switch w.IntN(5) {
	case 0, 1:
		return pick(w, []string{"data", "nope", "more"})
	case 2, 3:
		return fmt.Sprintf("{child: %s, parent: %s}", pick(w, []string{"x", "exports.data", ".", "deep.y", "nope", "x.a"}), pick(w, []string{"in", ".", "in.deep", "c", "s1"}))
	default:
		return pick(w, []string{"{child: x}", "{parent: x}", "5", "{child: 1, parent: 2}", "null", "[a]"})
	}
}

func (w *writer) parentValues() string {
	lines := []string{"c: " + w.mergeTree(2)}
	for _, name := range []string{"s1", "s2", "s3", "al", "al2", "in", "global"} {
		switch {
		case w.chance(45):
		case w.chance(8):
			lines = append(lines, name+": "+pick(w, []string{"null", "1", "[]", `""`, "true"}))
		default:
			lines = append(lines, name+": {"+w.valuesOfSubchart()+"}")
		}
	}
	if w.chance(60) {
		lines = append(lines, "tags: {"+pick(w, []string{"front: true", "front: false", "front: false, back: true", "back: 1", ""})+"}")
	}
	if w.chance(60) {
		lines = append(lines, "flags: {on: true, off: false, text: x}")
	}
	return strings.Join(lines, "\n")
}

// valuesOfSubchart lays some of a subchart's own keys over its defaults, nulls
// among them.
func (w *writer) valuesOfSubchart() string {
	var keys []string
	add := func(percent int, key, value string) {
		if w.chance(percent) {
			keys = append(keys, key+": "+value)
		}
	}
	orNull := func(text string) string {
		if w.chance(12) {
			return "null"
		}
		return text
	}
	add(75, "enabled", pick(w, []string{"true", "false", "null", "yes", `"true"`, "1"}))
	add(75, "x", orNull(w.mergeTree(2)))
	add(15, "deep", orNull("{y: "+w.mergeTree(1)+"}"))
	add(15, "exports", orNull("{data: "+w.mergeTree(1)+"}"))
	add(75, "global", orNull(w.mergeTree(1)))
	return strings.Join(keys, ", ")
}

// subchart puts a chart below a folder, and sometimes charts below it.
func (w *writer) subchart(row *rows.Row, folder string, number, depth int) {
	name := subNames[number-1]
	base := folder + name + "/"
	meta := fmt.Sprintf("apiVersion: %s\nname: %s\nversion: %s", pick(w, []string{"v2", "v2", "v2", "v1"}), name, pick(w, []string{"0.1.0", "0.1.0", "0.1.0-rc.1", "1.0.0"}))
	if depth > 0 && w.chance(30) {
		meta += "\ndependencies:\n" + w.dependency(1)
		w.subchart(row, base+"charts/", 1, depth-1)
	}
	values := fmt.Sprintf("enabled: %s\nx: %s\nexports: {data: %s, more: {k: %d}}\ndeep: {y: %s}\nglobal: %s",
		pick(w, []string{"true", "false"}), w.mergeTree(2), w.mergeTree(2), number, w.mergeTree(1), w.mergeTree(1))
	row.Files = append(row.Files, rows.File{Path: base + "Chart.yaml", Data: meta})
	if w.chance(90) {
		row.Files = append(row.Files, rows.File{Path: base + "values.yaml", Data: values})
	}
}
