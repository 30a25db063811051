// Places that a template has for a key and left empty: BRANCH | FRAMES | DECIDERS | KEYS, see traced_chart.h.
#include "traced_chart.h"

namespace rhumb::render::test {
namespace {

struct Row {
  std::string name;
  Files files;
  std::string from;  // of the output, where the parent begins
  std::string key;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const std::string helpers = "templates/_h.tpl";
const std::string tmpl = "templates/t.yaml";
const std::string library = "apiVersion: v2\nname: s\nversion: 0.1.0\n";

/// Two conditions under which the same key is written.
std::string chain(const std::string& first, const std::string& second) {
  return "a:\n  {{- if .Values." + first + " }}\n  k: 1\n  {{- else if .Values." + second +
         " }}\n  k: 2\n  {{- end }}\n";
}

const std::vector<Row> rows{
    {"Direct",
     {{"values.yaml", "r: {}\n"},
      {tmpl, "m:\n  a: 1\n  {{- with .Values.r }}\n  resources:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n"}},
     "m:",
     "resources",
     "t.yaml:3 | t.yaml:3 | r@values.yaml:1 | r"},
    {"OtherKey",
     {{"values.yaml", "r: {}\n"}, {tmpl, "m:\n  {{- with .Values.r }}\n  resources: {{ . }}\n  {{- end }}\n"}},
     "m:",
     "limits",
     "none"},
    {"PartOfAKey",
     {{tmpl, "m:\n  {{- with .Values.r }}\n  my-resources: 1\n  resources-too: 1\n  {{- end }}\n"}},
     "m:",
     "resources",
     "none"},
    {"MissingValue",
     {{tmpl, "m:\n  {{- if .Values.a.b }}\n  k: 1\n  {{- end }}\n  l: 1\n"}, {"values.yaml", "a: {}\n"}},
     "m:",
     "k",
     "t.yaml:2 | t.yaml:2 | | a.b"},
    {"TakenIsNone",
     {{"values.yaml", "r: 1\n"}, {tmpl, "m:\n  {{- if .Values.r }}\n  k: 1\n  {{- end }}\n"}},
     "m:",
     "k",
     "none"},
    {"ElseThatWroteIsNone",
     {{tmpl, "m:\n  {{- if .Values.r }}\n  k: 1\n  {{- else }}\n  l: 1\n  {{- end }}\n"}},
     "m:",
     "k",
     "none"},
    {"ElseThatWroteNothing",
     {{tmpl, "m:\n  {{- if .Values.r }}\n  k: 1\n  {{- else if .Values.s }}\n  k: 2\n  {{- end }}\n"}},
     "m:",
     "k",
     "t.yaml:4 | t.yaml:4 | | s"},
    {"ListItem",
     {{tmpl, "m:\n  {{- range .Values.l }}\n  - name: {{ . }}\n  {{- end }}\n"}, {"values.yaml", "l: []\n"}},
     "m:",
     "name",
     "t.yaml:2 | t.yaml:2 | l@values.yaml:1 | l"},
    {"ThroughIncludeAndNindent",
     {{"values.yaml", "r: {}\n"},
      {helpers, "{{ define \"h\" -}}\na: 1\n{{- if .Values.r }}\nresources: 1\n{{- end }}\nb: 1\n{{- end }}"},
      {tmpl, "m:\n  {{- include \"h\" . | nindent 2 }}\n"}},
     "m:",
     "resources",
     "_h.tpl:3 | _h.tpl:3 t.yaml:2[include \"h\"] | r@values.yaml:1 | r"},
    {"AtTheEndThroughTrim",
     {{"values.yaml", "r: {}\n"},
      {helpers, "{{ define \"h\" }}\na: 1\n{{ if .Values.r }}\nresources: 1\n{{ end }}\n{{ end }}"},
      {tmpl, "m:\n  {{- include \"h\" . | trim | nindent 2 }}\n"}},
     "m:",
     "resources",
     "_h.tpl:3 | _h.tpl:3 t.yaml:2[include \"h\"] | r@values.yaml:1 | r"},
    {"HelperThatWroteNothing",
     {{"values.yaml", "r: {}\n"},
      {helpers, "{{ define \"h\" }}{{ with .Values.r }}\nresources: {{ . }}{{ end }}{{ end }}"},
      {tmpl, "m:\n  a: 1\n  {{- include \"h\" . | indent 2 }}\n"}},
     "m:",
     "resources",
     "_h.tpl:1 | _h.tpl:1 t.yaml:3[include \"h\"] | r@values.yaml:1 | r"},
    {"NestedKey",
     {{"values.yaml", "r: {}\n"},
      {tmpl, "m:\n  {{- with .Values.r }}\n  outer:\n    {{- if .k }}\n    k: 1\n    {{- end }}\n  {{- end }}\n"}},
     "m:",
     "k",
     "t.yaml:2 | t.yaml:2 | r@values.yaml:1 | r"},
    {"WithinAWith",
     {{"values.yaml", "o: {a: 1}\n"},
      {tmpl, "{{ with .Values.o }}m:\n  a: {{ .a }}\n  {{- if .r }}\n  k: 1\n  {{- end }}\n{{ end }}"}},
     "m:",
     "k",
     "t.yaml:3 | t.yaml:3 | | o.r"},
    {"InADependency",
     {{"charts/s/Chart.yaml", library},
      {"charts/s/values.yaml", "r: {}\n"},
      {"charts/s/templates/s.yaml",
       "m:\n  {{- if and .Values.r (index .Values \"x\" \"z\") }}\n  k: 1\n  {{- end }}\n"},
      {"values.yaml", "s: {x: {}}\n"}},
     "m:",
     "k",
     "charts/s/templates/s.yaml:2 | charts/s/templates/s.yaml:2 | r@charts/s/values.yaml:1 | s.r s.x.z"},
    {"OfAGlobal",
     {{"charts/s/Chart.yaml", library},
      {"charts/s/templates/s.yaml", "m:\n  {{- if .Values.global.r }}\n  k: 1\n  {{- end }}\n"},
      {"values.yaml", "global: {x: 1}\n"}},
     "m:",
     "k",
     "charts/s/templates/s.yaml:2 | charts/s/templates/s.yaml:2 | | global.r"},
    {"OfAVariable",
     {{tmpl, "{{ $o := .Values.o }}m:\n  {{- if $o.r }}\n  k: 1\n  {{- end }}\n"}, {"values.yaml", "o: {a: 1}\n"}},
     "m:",
     "k",
     "t.yaml:2 | t.yaml:2 | | o.r"},
    {"DecidedByAHelper",
     {{helpers, "{{ define \"h\" }}{{ if .Values.r }}true{{ end }}{{ end }}"},
      {tmpl, "m:\n  {{- if include \"h\" . }}\n  k: 1\n  {{- end }}\n"},
      {"values.yaml", "r: false\n"}},
     "m:",
     "k",
     "t.yaml:2 | t.yaml:2 | r@values.yaml:1 |"},
    {"TheLastOneWins",
     {{tmpl, "m:\n  {{- if .Values.a }}\n  k: 1\n  {{- end }}\n  {{- if .Values.b }}\n  k: 2\n  {{- end }}\n"}},
     "m:",
     "k",
     "t.yaml:5 | t.yaml:5 | | b"},
    {"SwitchOfTheMapThatHoldsTheKey",
     {{"values.yaml", "own: {}\nexporter: {enabled: false, annotations: {a.b/c: 1}}\n"},
      {tmpl,
       "m:\n  l: 1\n  {{- if or .Values.own (and .Values.exporter.enabled .Values.exporter.annotations) }}\n"
       "  annotations:\n    {{- if .Values.own }}\n    {{- toYaml .Values.own | nindent 4 }}\n    {{- end }}\n"
       "    {{- if .Values.exporter.annotations }}\n    {{- toYaml .Values.exporter.annotations | nindent 4 }}\n"
       "    {{- end }}\n  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:3 | t.yaml:3 | exporter.enabled@values.yaml:2 | exporter.enabled"},
    {"SwitchWithinTheBranch",
     {{"values.yaml", "own: {}\nmore: {}\nexporter: {enabled: false, annotations: {a.b/c: 1}}\n"},
      {tmpl,
       "m:\n  {{- if or $.Values.own $.Values.more $.Values.exporter.enabled }}\n  annotations:\n"
       "    {{- if or $.Values.own $.Values.more }}\n    {{- $all := merge $.Values.own $.Values.more }}\n"
       "    {{- toYaml $all | nindent 4 }}\n    {{- end }}\n    {{- if $.Values.exporter.enabled }}\n"
       "    {{- toYaml $.Values.exporter.annotations | nindent 4 }}\n    {{- end }}\n  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:2 | t.yaml:2 | exporter.enabled@values.yaml:3 | exporter.enabled"},
    {"MapThatHasToBeFilled",
     {{"values.yaml", "job: {enabled: false}\nown: {}\n"},
      {tmpl,
       "m:\n  {{- if or .Values.job.enabled .Values.own }}\n  annotations:\n    {{- if .Values.job.enabled }}\n"
       "    last: {{ .Values.job.enabled }}\n    {{- end }}\n    {{- if .Values.own }}\n"
       "    {{- toYaml .Values.own | nindent 4 }}\n    {{- end }}\n  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:2 | t.yaml:2 | own@values.yaml:2 | own"},
    {"MapMadeOfSeveral",
     {{"values.yaml", "job: {enabled: false}\nown: {}\n"},
      {tmpl,
       "m:\n  {{- if or .Values.job.enabled .Values.own }}\n  annotations:\n"
       "    {{- $all := merge (dict \"x\" 1) .Values.own }}\n    {{- toYaml $all | nindent 4 }}\n  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:2 | t.yaml:2 | own@values.yaml:2 | own"},
    {"ValueOfAnotherKeyIsNoMapOfTheKey",
     {{"values.yaml", "on: false\nother: {}\n"},
      {tmpl,
       "m:\n  {{- if or .Values.on .Values.other }}\n  annotations:\n    x: 1\n  labels: {{ toYaml .Values.other }}\n"
       "  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:2 | t.yaml:2 | other@values.yaml:2 | on other"},
    {"EverythingThatIsNotSet",
     {{"values.yaml", "exporter: {enabled: false, annotated: false, annotations: {a.b/c: 1}}\n"},
      {tmpl,
       "m:\n  {{- if and .Values.exporter.enabled .Values.exporter.annotations .Values.exporter.annotated }}\n"
       "  annotations: {{- toYaml .Values.exporter.annotations | nindent 4 }}\n  {{- end }}\n"}},
     "m:",
     "annotations[\"a.b/c\"]",
     "t.yaml:2 | t.yaml:2 | exporter.enabled@values.yaml:1, exporter.annotated@values.yaml:1 | exporter.enabled "
     "exporter.annotated"},
    {"EntryOfAMapOfTheValues",
     {{"values.yaml", "exporter: {enabled: false, annotations: {a.b/c: 1}}\n"},
      {tmpl,
       "annotations:\n  x: 1\n  {{- if .Values.exporter.enabled }}\n"
       "  {{- toYaml .Values.exporter.annotations | nindent 2 }}\n  {{- end }}\n"}},
     "annotations:",
     "[\"a.b/c\"]",
     "t.yaml:3 | t.yaml:3 | exporter.enabled@values.yaml:1 | exporter.enabled"},
    {"EmptyMapIsNoPlaceForAnEntry",
     {{"values.yaml", "own: {}\n"},
      {tmpl, "annotations:\n  x: 1\n  {{- if .Values.own }}\n  {{- toYaml .Values.own | nindent 2 }}\n  {{- end }}\n"}},
     "annotations:",
     "[\"a.b/c\"]",
     "none"},
    {"SwitchOfAnAlternative",
     {{"values.yaml", "custom: {}\nprobe: {enabled: false}\n"}, {tmpl, chain("custom", "probe.enabled")}},
     "a:",
     "k",
     "t.yaml:4 | t.yaml:4 | probe.enabled@values.yaml:2 | probe.enabled"},
    {"SwitchBeforeAnAlternative",
     {{"values.yaml", "custom: {}\nprobe: {enabled: false}\n"}, {tmpl, chain("probe.enabled", "custom")}},
     "a:",
     "k",
     "t.yaml:2 | t.yaml:2 | probe.enabled@values.yaml:2 | probe.enabled"},
    {"LastAlternativeOfEqualOnes",
     {{"values.yaml", "first: {}\nlast: {}\n"}, {tmpl, chain("first", "last")}},
     "a:",
     "k",
     "t.yaml:4 | t.yaml:4 | last@values.yaml:2 | last"},
    {"AnEmptyOneBeforeOneOfAnotherValue",
     {{"values.yaml", "own: {}\npreset: none\n"},
      {tmpl,
       "a:\n  {{- if .Values.own }}\n  k: 1\n  {{- else if ne .Values.preset \"none\" }}\n  k: 2\n  {{- end }}\n"}},
     "a:",
     "k",
     "t.yaml:2 | t.yaml:2 | own@values.yaml:1 | own"},
    {"AlternativeThatAloneWritesIt",
     {{"values.yaml", "other: false\nmap: {}\n"},
      {tmpl,
       "a:\n  {{- if .Values.other }}\n  x: 1\n  {{- else }}\n  {{- if .Values.map }}\n  k: 2\n  {{- end }}\n"
       "  {{- end }}\n"}},
     "a:",
     "k",
     "t.yaml:5 | t.yaml:5 | map@values.yaml:2 | map"},
    {"AlternativeOfACalledTemplate",
     {{"values.yaml", "custom: {}\nprobe: {enabled: false}\n"},
      {helpers, "{{ define \"h\" }}\n{{- if .Values.probe.enabled }}\nk: 2\n{{- end }}\n{{- end }}"},
      {tmpl, "a:\n  {{- if .Values.custom }}\n  k: 1\n  {{- else }}\n  {{- include \"h\" . }}\n  {{- end }}\n"}},
     "a:",
     "k",
     "_h.tpl:2 | _h.tpl:2 t.yaml:5[include \"h\"] | probe.enabled@values.yaml:2 | probe.enabled"},
};

/// The last argument of find_slot.
struct ColumnRow {
  std::string name;
  Files files;
  std::string key;
  std::uint32_t column;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const ColumnRow& row) { return out << row.name; }

const Files pod{{"values.yaml", "a: 1\n"},
                {tmpl,
                 "spec:\n  containers:\n    - name: {{ .Values.a }}\n      {{- with .Values.inner }}\n"
                 "      securityContext: 1\n      {{- end }}\n  {{- with .Values.outer }}\n  securityContext: 2\n"
                 "  {{- end }}\n"}};
Files indented() {
  return {{"values.yaml", "a: 1\n"},
          {helpers, "{{ define \"h\" }}" + pod.at(tmpl) + "{{ end }}"},
          {tmpl, "x:\n  {{- include \"h\" . | nindent 2 }}\n"}};
}

/// A branch that begins an item of the list which lacks a key in the one before.
Files another_item(const std::string& before) {
  return {{"values.yaml", "more: false\n"},
          {tmpl, "containers:\n  - name: a\n    image: b\n{{- if .Values.more }}\n" + before +
                     "  - name: c\n    resources: 1\n{{- end }}\n"}};
}
Files printed() {
  return {{"values.yaml", "on: false\nmap: {k: 1}\n"},
          {tmpl, "m:\n  a: 1\n  {{- if .Values.on }}\n  {{- toYaml .Values.map | nindent 2 }}\n  {{- end }}\n"}};
}

const std::vector<ColumnRow> column_rows{
    {"Anywhere", pod, "securityContext", 0, "outer"},
    {"OfTheItem", pod, "securityContext", 7, "inner"},
    {"OfTheMapAround", pod, "securityContext", 3, "outer"},
    {"Elsewhere", pod, "securityContext", 5, "none"},
    {"OfTheItemIndented", indented(), "securityContext", 9, "inner"},
    {"OfTheMapAroundIndented", indented(), "securityContext", 5, "outer"},
    {"OfAnotherItem", another_item(""), "resources", 5, "none"},
    {"OfTheDashOfAnotherItem", another_item("  - resources: 1\n"), "resources", 5, "none"},
    {"BeforeAnotherItem", another_item("    resources: 1\n"), "resources", 5, "more"},
    {"BehindItemsOfItsOwnList", another_item("    env:\n      - name: e\n    resources: 1\n"), "resources", 5, "more"},
    {"OfAPrintedMap", printed(), "k", 3, "on"},
    {"OfAPrintedMapElsewhere", printed(), "k", 5, "none"},
};

class SlotColumns : public testing::TestWithParam<ColumnRow> {};

TEST_P(SlotColumns, TellMapsApart) {
  const ColumnRow& row = GetParam();
  const TracedChart chart(row.files);
  ASSERT_EQ(chart.problem(), "");
  const std::vector<std::string_view> keys{row.key};
  const auto slot = find_slot(chart.rendering(), 0, 0, chart.rendering().files()[0].text.text.size(), keys, row.column);
  EXPECT_EQ(slot ? slot->keys.at(0) : "none", row.expected);
}

INSTANTIATE_TEST_SUITE_P(All, SlotColumns, testing::ValuesIn(column_rows),
                         [](const auto& row) { return row.param.name; });

class Slots : public testing::TestWithParam<Row> {};

TEST_P(Slots, AreFound) {
  const Row& row = GetParam();
  EXPECT_EQ(TracedChart(row.files).slot_of(row.from, row.key), row.expected);
}

INSTANTIATE_TEST_SUITE_P(All, Slots, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(LeftOutObjects, AreThoseOfTheKind) {
  const TracedChart chart({{"values.yaml", "backup: {enabled: false}\n"},
                           {"templates/a.yaml", "{{ if .Values.backup.enabled }}\nkind: CronJob\n{{ end }}"},
                           {"templates/b.yaml", "{{ if .Values.backup.enabled }}\nkind: Job\n{{ end }}"},
                           {"templates/c.yaml", "{{ if .Values.x }}\nspec:\n  kind: CronJob\n{{ end }}"},
                           {"templates/d.yaml", "{{ if not .Values.x }}\nkind: CronJob\n{{ end }}"}});
  EXPECT_EQ(chart.left_out("CronJob"), "c/templates/a.yaml: backup.enabled");
}

/// The keys of what would have written a value behind `a:`.
std::string behind(const std::string& text, const std::string& helper = {}) {
  const TracedChart chart({{"values.yaml", "x: ''\ny: ''\n"},
                           {"templates/_helpers.tpl", "{{ define \"h\" }}" + helper + "{{ end }}"},
                           {"templates/a.yaml", text}});
  std::size_t file = 0;
  std::size_t begin = 0;
  if (!chart.problem().empty() || !chart.find("a:", file, begin)) return "not in the output";
  const auto slot = slot_behind(chart.rendering(), file, begin + 1);
  return slot && !slot->keys.empty() ? slot->keys.front() : "none";
}

TEST(Slots, OfKeysWithoutAValue) {
  EXPECT_EQ(behind("a: {{ if .Values.x }}1{{ end }}\nb: {{ if .Values.y }}1{{ end }}\n"), "x");
  EXPECT_EQ(behind("a: {{ include \"h\" (dict \"t\" .Values.x) | nindent 2 }}\nb: {{ if .Values.y }}1{{ end }}\n",
                   "{{ if eq .t \"s\" }}1{{ else if eq .t \"h\" }}2{{ end }}"),
            "x");
  // The next key, not a value of this one.
  EXPECT_EQ(behind("a:\n{{- if .Values.y }}\nb: 1\n{{- end }}\n"), "none");
  EXPECT_EQ(behind("a:\n{{- include \"h\" .Values.y }}\n", "{{ if . }}\nb: 1{{ end }}"), "none");
  EXPECT_EQ(behind("a: 1\n{{ if .Values.y }}\nb: 1\n{{ end }}\n"), "none");
}

/// What a slot for `k` in the map `m:` says besides its keys: the text wanted, and how its value would be printed.
std::string told_of(const std::string& values, const std::string& text) {
  const TracedChart chart({{"values.yaml", values}, {tmpl, text}});
  if (!chart.problem().empty()) return chart.problem();
  const std::vector<std::string_view> keys{"k"};
  const auto slot = find_slot(chart.rendering(), 0, 0, chart.rendering().files()[0].text.text.size(), keys);
  if (!slot) return "none";
  const std::string print = slot->is_shallow ? "shallow" : slot->print.known() ? "printed" : "literal";
  return slot->wanted.empty() ? print : slot->wanted + ", " + print;
}

TEST(Slots, SayWhichTextIsWanted) {
  EXPECT_EQ(told_of("x: a\n", "m:\n  l: 1\n  {{- if eq .Values.x \"b\" }}\n  k: 1\n  {{- end }}\n"), "b, literal");
  EXPECT_EQ(told_of("x: a\n", "m:\n  l: 1\n  {{- if eq \"b\" .Values.x }}\n  k: 1\n  {{- end }}\n"), "b, literal");
  EXPECT_EQ(told_of("x: a\n", "m:\n  l: 1\n  {{- if ne .Values.x \"a\" }}\n  k: 1\n  {{- end }}\n"), "literal");
  EXPECT_EQ(told_of("x: a\n", "m:\n  l: 1\n  {{- if eq (lower .Values.x) \"b\" }}\n  k: 1\n  {{- end }}\n"), "literal");
}

TEST(Slots, SayWhetherTheValueWouldStandBelowItsKey) {
  const auto printed_at = [](const std::string& values, int column) {
    return told_of(values, "m:\n  l: 1\n  {{- with .Values.x }}\n  k: {{ toYaml . | nindent " + std::to_string(column) +
                               " }}\n  {{- end }}\n");
  };
  EXPECT_EQ(printed_at("x: {}\n", 4), "printed");
  EXPECT_EQ(printed_at("x: {}\n", 2), "shallow");
  // Items of a list may stand in the column of their key, but not before it.
  EXPECT_EQ(printed_at("x: []\n", 2), "printed");
  EXPECT_EQ(printed_at("x: []\n", 1), "shallow");
}

}  // namespace
}  // namespace rhumb::render::test
