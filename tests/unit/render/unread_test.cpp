// Values that no template reads: PATH@FILE:LINE each, see traced_chart.h.
#include "traced_chart.h"

namespace rhumb::render::test {
namespace {

struct Row {
  std::string name;
  std::string values;
  std::string text;  // of the template
  std::string unread;
  Files more = {};
  chart::ValueOptions options = {};
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const std::string sub = "apiVersion: v2\nname: s\nversion: 0.1.0\n";
const std::string parent =
    "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: s, version: '*', condition: s.use}]\n";

const std::vector<Row> rows{
    {"Field", "a: 1\nb: 2\n", "{{ .Values.a }}", "b@values.yaml:2"},
    {"TopmostAlone", "a: 1\nb:\n  c: 2\n  d: [3]\n", "{{ .Values.a }}", "b@values.yaml:3"},
    {"FieldOfAMap", "a: {b: 1, c: 2}\n", "{{ .Values.a.b }}", "a.c@values.yaml:1"},
    {"EmptyMapThatIsTested", "a: {}\nb: {}\n", "{{ if .Values.a }}x{{ end }}", "b@values.yaml:2"},
    {"MapThatIsTested", "a: {b: 1}\n", "{{ if .Values.a }}x{{ end }}", "a.b@values.yaml:1"},
    {"ToYaml", "a: {b: {c: 1}}\nz: 1\n", "{{ toYaml .Values.a }}", "z@values.yaml:2"},
    {"ToYamlOfAll", "a: {b: {c: 1}}\nz: 1\n", "{{ .Values | toYaml }}", ""},
    {"Printed", "a: {b: 1}\n", "{{ .Values.a }}", ""},
    {"With", "a: {b: 1, c: 2}\n", "{{ with .Values.a }}{{ .b }}{{ end }}", "a.c@values.yaml:1"},
    {"RangeOverScalars", "l: [1, 2]\nm: {a: 1}\n", "{{ range .Values.l }}x{{ end }}{{ range .Values.m }}x{{ end }}",
     ""},
    {"RangeOverMaps", "l:\n- {a: 1, b: 2}\n- {a: 1}\n", "{{ range .Values.l }}{{ .a }}{{ end }}",
     "l[0].b@values.yaml:2"},
    {"RangeOverAMapOfMaps", "m: {k: {a: 1, b: 2}}\n", "{{ range $k, $v := .Values.m }}{{ $v.a }}{{ end }}",
     "m.k.b@values.yaml:1"},
    {"Include", "a: {b: 1, c: 2}\n", "{{ define \"h\" }}{{ .b }}{{ end }}{{ include \"h\" .Values.a }}",
     "a.c@values.yaml:1"},
    {"Dict", "a: {b: 1, c: 2}\n", "{{ $d := dict \"k\" .Values.a }}{{ $d.k.b }}", "a.c@values.yaml:1"},
    {"Set", "a: {b: 1, c: 2}\n", "{{ $d := set (dict) \"k\" .Values.a }}{{ $d.k.b }}", "a.c@values.yaml:1"},
    {"DefaultAndOr", "a: {b: 1, c: 2}\n", "{{ (.Values.a | default dict).b }}{{ (or .Values.a dict).b }}",
     "a.c@values.yaml:1"},
    {"Index", "a: {b: 1, c: 2}\n", "{{ index .Values \"a\" \"b\" }}", "a.c@values.yaml:1"},
    {"IndexOfAList", "l: [{a: 1}, {a: 2}]\n", "{{ (index .Values.l 0).a }}", "l[1]@values.yaml:1"},
    {"Get", "a: {b: 1, c: 2}\n", "{{ get .Values.a \"b\" }}", "a.c@values.yaml:1"},
    {"Dig", "a: {b: 1, c: 2}\n", "{{ dig \"b\" \"no\" .Values.a }}", "a.c@values.yaml:1"},
    {"HasKey", "a: {b: 1, c: 2}\n", "{{ hasKey .Values.a \"b\" }}", "a.c@values.yaml:1"},
    {"Pluck", "a: {b: 1, c: 2}\n", "{{ pluck \"b\" .Values.a | first }}", "a.c@values.yaml:1"},
    {"Keys", "a: {b: 1, c: {d: 1}}\n", "{{ keys .Values.a | join \",\" }}", "a.c.d@values.yaml:1"},
    {"KindIs", "a: {b: 1}\n", "{{ kindIs \"map\" .Values.a }}", "a.b@values.yaml:1"},
    {"Merge", "a: {b: 1, c: 2}\nd: {b: 3, e: 4}\n", "{{ $m := merge (dict) .Values.a .Values.d }}{{ $m.b }}",
     "a.c@values.yaml:1 d.e@values.yaml:2"},
    {"MergeAndToYaml", "a: {b: 1, c: 2}\nd: {b: 3, e: 4}\n", "{{ mergeOverwrite (dict) .Values.a .Values.d | toYaml }}",
     ""},
    {"DeepCopy", "a: {b: 1, c: 2}\n", "{{ (deepCopy .Values.a).b }}", "a.c@values.yaml:1"},
    {"OtherFunctions", "a: {b: 1}\nl: [{c: 1}]\n", "{{ toJson .Values.a }}{{ concat .Values.l }}", ""},
    {"SetAndToYamlAgain", "a: {b: 1}\n",
     "{{ $m := dict }}{{ toYaml $m }}{{ $_ := set $m \"k\" .Values.a }}{{ toYaml $m }}", ""},
    {"LoserOfTheUser",
     "a: 1\nb: {c: 1}\n",
     "{{ .Values.a }}",
     "b@values.yaml:2 b@u.yaml:2",
     {{"/u.yaml", "a: 2\nb: {c: 2}\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"ListOverAList",
     "l: [{a: 1}]\n",
     "{{ range .Values.l }}{{ .a }}{{ end }}",
     "",
     {{"/u.yaml", "l: [{a: 2}]\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"EmptyMapUnderAMap",
     "a: {}\n",
     "{{ .Values.a.b }}",
     "",
     {{"/u.yaml", "a: {b: 2}\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"EmptyMapUnderASet", "a: {}\n", "{{ .Values.a.b }}", "", {}, {{}, {}, {"a.b=1"}, {}, {}, {}}},
    {"NullDeletes",
     "a: {b: 1, c: 2}\n",
     "{{ .Values.a.c }}",
     "",
     {{"/u.yaml", "a: {b: null}\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"NullOfADefault", "a: {b: null, c: 1}\nd: null\n", "{{ .Values.a.c }}", "", {}},
    {"NullThatIsSet",
     "a: {b: null}\n",
     "{{ .Values.a.b }}",
     "",
     {{"/u.yaml", "a: {b: x}\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"NullOfNothing",
     "a: 1\n",
     "{{ .Values.a }}",
     "typo@u.yaml:1",
     {{"/u.yaml", "typo: null\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"Typo",
     "image: {tag: 1}\n",
     "{{ .Values.image.tag }}",
     "imgae@u.yaml:1",
     {{"/u.yaml", "imgae: {tag: 2}\n"}},
     {{"/u.yaml"}, {}, {}, {}, {}, {}}},
    {"SetFlags", "a: 1\n", "{{ .Values.a }}", "b@--set:1", {}, {{}, {}, {"a=2,b=3"}, {}, {}, {}}},
    {"SetJson",
     "a: 1\n",
     "{{ .Values.m.a }}{{ .Values.o }}",
     "a@values.yaml:1 m.b@--set-json:1",
     {},
     {{}, {"m={\"a\":1,\"b\":2}", "{\"o\":1}"}, {}, {}, {}, {}}},
    {"Alias", "a: &x {b: 1}\nc: *x\n", "{{ .Values.c.b }}", ""},
    {"BranchNotTaken", "a: false\nb: {c: 1}\nd: 1\ne: {f: 1, g: 2}\n",
     "{{ if .Values.a }}{{ .Values.b | toYaml }}{{ .Values.e.f }}{{ end }}", "d@values.yaml:3 e.g@values.yaml:4"},
    {"RelativeInABranchNotTaken", "a: false\nb: {c: 1, d: 2}\n",
     "{{ with .Values.b }}{{ if $.Values.a }}{{ .c }}{{ end }}{{ end }}", "b.d@values.yaml:2"},
    {"EntriesInABranchNotTaken", "a: false\nl: [{c: 1, d: 2}]\n",
     "{{ if .Values.a }}{{ range $x := .Values.l }}{{ $x.c }}{{ end }}{{ end }}", ""},
    {"BehindTheDecider", "a: false\nb: {c: 1}\n", "{{ if and .Values.a (toYaml .Values.b) }}x{{ end }}", ""},
    {"IndexInABranchNotTaken", "a: false\nb: {c: 1, d: 2}\n",
     "{{ if .Values.a }}{{ index .Values \"b\" \"c\" }}{{ get $.Values.b \"c\" }}{{ end }}", "b.d@values.yaml:2"},
    {"HelperThatNobodyCalls", "a: {c: 1}\nb: 1\n", "{{ define \"h\" }}{{ .ctx.Values.a | toYaml }}{{ end }}",
     "b@values.yaml:2"},
    {"FieldsOfADictInABranchNotTaken", "a: {c: 1, d: 2}\n",
     "{{ define \"h\" }}{{ if .no }}{{ .r.c }}{{ end }}{{ end }}{{ include \"h\" (dict \"r\" .Values.a) }}",
     "a.d@values.yaml:1"},
    {"Tpl", "a: '{{ .Values.b.c }}'\nb: {c: 1, d: 2}\n", "{{ tpl .Values.a . }}", "b.d@values.yaml:2"},
    {"BranchNotTakenInTpl", "a: '{{ if false }}{{ .Values.b.c }}{{ end }}'\nb: {c: 1, d: 2}\n", "{{ tpl .Values.a . }}",
     "b.d@values.yaml:2"},
    {"FromYamlOfAText", "a: 'b: 1'\n", "{{ (fromYaml .Values.a).b }}", ""},
    {"Dependency",
     "s: {a: 2, b: 3}\n",
     "x",
     "c@charts/s/values.yaml:2 s.b@values.yaml:1",
     {{"charts/s/Chart.yaml", sub},
      {"charts/s/values.yaml", "a: 1\nc: 1\n"},
      {"charts/s/templates/s.yaml", "{{ .Values.a }}"}}},
    {"DependencyThatIsOff",
     "s: {use: false, a: 2}\n",
     "x",
     "",
     {{"Chart.yaml", parent}, {"charts/s/Chart.yaml", sub}, {"charts/s/values.yaml", "a: 1\nc: 1\n"}}},
    {"ConditionOfADependency", "s: {use: true}\n", "x", "", {{"Chart.yaml", parent}, {"charts/s/Chart.yaml", sub}}},
    {"Tags",
     "tags: {t: true, other: true}\n",
     "x",
     "tags.other@values.yaml:1",
     {{"Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: s, version: '*', tags: [t]}]\n"},
      {"charts/s/Chart.yaml", sub}}},
    {"ImportValues",
     "x: 1\n",
     "{{ .Values.x }}",
     "other@charts/s/values.yaml:2",
     {{"Chart.yaml",
       "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: s, version: '*', import-values: [d]}]\n"},
      {"charts/s/Chart.yaml", sub},
      {"charts/s/values.yaml", "exports: {d: {z: 1}}\nother: 1\n"}}},
    {"Globals",
     "global: {a: 1, b: 2}\n",
     "x",
     "global.b@values.yaml:1",
     {{"charts/s/Chart.yaml", sub}, {"charts/s/templates/s.yaml", "{{ .Values.global.a }}"}}},
    {"GlobalsBelow",
     "global: {m: {a: 1, b: 2}}\n",
     "x",
     "global.m.b@values.yaml:1",
     {{"charts/s/Chart.yaml", sub},
      {"charts/s/values.yaml", "global: {m: {}}\n"},
      {"charts/s/templates/s.yaml", "{{ .Values.global.m.a }}"}}},
    {"ParentReadsItsDependency",
     "s: {a: 2}\n",
     "{{ .Values.s.a }}",
     "",
     {{"charts/s/Chart.yaml", sub}, {"charts/s/values.yaml", "a: 1\n"}}},
};

class Unread : public testing::TestWithParam<Row> {};

TEST_P(Unread, IsWhatNoTemplateReads) {
  const Row& row = GetParam();
  Files files = row.more;
  files["values.yaml"] = row.values;
  files["templates/t.yaml"] = row.text;
  EXPECT_EQ(TracedChart(files, row.options).unread(), row.unread);
}

INSTANTIATE_TEST_SUITE_P(All, Unread, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace rhumb::render::test
