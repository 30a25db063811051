#include "report/view.h"

#include <gtest/gtest.h>

#include "unit/report/cases.h"

namespace rhumb::report::test {
namespace {

struct PathRow {
  std::string_view name;  // as the source has it
  std::string_view root;
  std::string_view folder;  // the working directory
  std::string_view path;
  std::string_view absolute;
  bool below;
};

TEST(Place, PathsAreRelativeToTheRoot) {
  constexpr PathRow rows[] = {
      {"charts/tms/values.yaml", "/srv/r", "", "charts/tms/values.yaml", "/srv/r/charts/tms/values.yaml", true},
      {"./charts//a", "/srv/r", "", "charts/a", "/srv/r/charts/a", true},
      {"../values.yaml", "/srv/r", "/srv/r/charts", "values.yaml", "/srv/r/values.yaml", true},
      {"a.yaml", "/srv/r", "/srv/r/charts", "charts/a.yaml", "/srv/r/charts/a.yaml", true},
      {"/srv/r/a.yaml", "/srv/r", "", "a.yaml", "/srv/r/a.yaml", true},
      {"/srv/r", "/srv/r", "", ".", "/srv/r", true},
      {"/srv/rest/a.yaml", "/srv/r", "", "/srv/rest/a.yaml", "/srv/rest/a.yaml", false},
      {"/etc/a.yaml", "/srv/r", "", "/etc/a.yaml", "/etc/a.yaml", false},
      {"../a.yaml", "/srv/r", "", "../a.yaml", "/srv/a.yaml", false},
      {"a.yaml", "/", "", "a.yaml", "/a.yaml", true},
      {"a.yaml", "", "", "a.yaml", "", false},
      {"-", "/srv/r", "", "-", "", false},
      {"", "/srv/r", "", "", "", false},
  };
  for (const PathRow& row : rows) {
    Case test("paths");
    test.options.root = row.root;
    test.options.working_directory = row.folder;
    const Place place = View(test.outcome, test.sources, test.options).file(row.name);
    EXPECT_EQ(place.path, row.path) << row.name;
    EXPECT_EQ(place.absolute, row.absolute) << row.name;
    EXPECT_EQ(place.below_root, row.below) << row.name;
  }
}

TEST(Place, ColumnsCountCodePoints) {
  Case test("columns");
  const FileId file = test.sources.add("a.yaml", "größe: 日本 😀 x\n\xff\xfe y\nend");
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.place(test.span(file, "日本"))->to_string(), "a.yaml:1:8");
  EXPECT_EQ(view.place(test.span(file, "日本"))->end_column, 10U);
  EXPECT_EQ(view.place(test.span(file, "x"))->to_string(), "a.yaml:1:13");
  EXPECT_EQ(view.place(test.span(file, "y"))->to_string(), "a.yaml:2:4");  // an invalid byte is a character
}

TEST(Place, RegionsEndBeforeTrailingSpace) {
  Case test("regions");
  const FileId file = test.sources.add("a.yaml", "a: 1\nb: 2 \n\nc: 3");
  const View view(test.outcome, test.sources, test.options);
  const Place place = *view.place(test.span(file, "a: 1\nb: 2 \n\n"));
  EXPECT_EQ(place.end_line, 2U);
  EXPECT_EQ(place.end_column, 5U);
  const Place blank = *view.place(test.span(file, " \n\n"));
  EXPECT_EQ(blank.end_line, 2U);
  EXPECT_EQ(blank.end_column, blank.column);
}

TEST(Place, SpansBehindTheEndAreCut) {
  Case test("ends");
  const FileId file = test.sources.add("a.yaml", "ab");
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.place({file, 1, 99})->end_column, 3U);
  EXPECT_EQ(view.place({file, 98, 99})->to_string(), "a.yaml:1:3");
  EXPECT_FALSE(view.place({}).has_value());
  EXPECT_EQ(view.line_of({file, 98, 99}), "ab");
  EXPECT_EQ(view.text_of({file, 98, 99}), "");
}

TEST(View, AnchorsAtFiles) {
  Case test("anchors");
  const FileId flag = test.sources.add("--set", "a=1");
  const FileId file = test.sources.add("charts/a/templates/x.yaml", "a: {{ .Values.a }}");
  lint::Finding& finding = test.add(unknown_value, "x");
  finding.chart = "charts/a";
  finding.primary = test.span(flag, "a=1");
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.anchor(finding).to_string(), "charts/a/Chart.yaml:1:1");
  finding.cause.frames = {{"", test.span(file, "{{ .Values.a }}")}};
  EXPECT_EQ(view.anchor(finding).to_string(), "charts/a/templates/x.yaml:1:4");
  finding.cause.frames.clear();
  finding.chart = "a-1.0.tgz";
  EXPECT_EQ(view.anchor(finding).path, "a-1.0.tgz");
}

TEST(View, AnchorsAtManifests) {
  Case test("manifests");
  test.add_environment("all.yaml", "");
  test.outcome.environments[0].kind = lint::Target::Kind::manifests;
  test.add(unknown_value, "x").chart = "all.yaml";
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.anchor(test.outcome.findings[0]).path, "all.yaml");
}

TEST(View, LeavesOutAssignments) {
  Case test("arguments");
  test.options.arguments = {"rhumb", "lint",  "--set",   "a.b=secret", "--set-string=c=d", "--set-file",
                            "path",  "--set", "--set=x", "-f",         "--sets=1",         "last"};
  const std::vector<std::string> expected{"rhumb", "lint",  "--set",     "a.b=***", "--set-string=***", "--set-file",
                                          "***",   "--set", "--set=***", "-f",      "--sets=***",       "last"};
  EXPECT_EQ(View(test.outcome, test.sources, test.options).arguments(), expected);
}

TEST(View, DescribesWithWhatTheMessageLeavesOut) {
  Case test("described");
  lint::Finding& finding = test.add(unknown_value, "x is wrong");
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.described(finding), "x is wrong");
  finding.object = {"v1", "Service", "", "web"};
  finding.environments = {"dev", "production"};
  EXPECT_EQ(view.described(finding), "x is wrong (Service/web, in dev, production)");
  finding.message = "web is wrong";
  EXPECT_EQ(view.described(finding), "web is wrong (in dev, production)");
}

TEST(View, FingerprintsAreNeverShared) {
  Case test("fingerprints");
  for (const char* fingerprint : {"aa", "bb", "aa", "", "", "aa"}) {
    test.add(unknown_value, "x").fingerprint = fingerprint;
  }
  const std::vector<std::string> expected{"aa", "bb", "aa-2", "unknown-value||", "unknown-value||-2", "aa-3"};
  EXPECT_EQ(unique_fingerprints(View(test.outcome, test.sources, test.options)), expected);
}

TEST(View, CutsLongTexts) {
  Case test("long");
  const FileId file = test.sources.add("a.yaml", std::string(999, 'x') + "ö" + std::string(5000, 'y'));
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(view.line_of({file, 0, 1}), std::string(999, 'x'));
  EXPECT_EQ(view.scalar_of({file, 0, 5000}), "");
  EXPECT_EQ(view.scalar_of({file, 998, 1003}), "xöyy");
}

TEST(Requirements, AreSplit) {
  EXPECT_EQ(requirements(privileged_container),
            (std::vector<std::string_view>{"REQ-1-503", "Pod Security Standard baseline"}));
  EXPECT_TRUE(requirements(unknown_value).empty());
}

}  // namespace
}  // namespace rhumb::report::test
