// What no single recorded report shows: tables, limits, and findings in great number.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/because.h"
#include "unit/report/cases.h"

namespace rhumb::report::test {
namespace {

std::string written(const Case& test, std::string_view format) {
  return find_format(format)->write(test.outcome, test.sources, test.options);
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Formats, AreFoundByName) {
  for (const Format& format : formats()) {
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_FALSE(format.summary.empty()) << format.name;
  }
  EXPECT_EQ(find_format("yaml"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

std::string many(std::string_view format, std::size_t errors, std::size_t warnings, std::size_t infos) {
  Case test("many");
  for (std::size_t i = 0; i < errors; ++i) test.add(too_few_replicas, "error " + std::to_string(i));
  for (std::size_t i = 0; i < warnings; ++i) test.add(unknown_value, "warning " + std::to_string(i));
  for (std::size_t i = 0; i < infos; ++i) test.add(icon_missing, "info " + std::to_string(i));
  return written(test, format);
}

TEST(GitHubFormat, GivesNoMoreThanAreShown) {
  const std::string text = many("github", 12, 11, 10);
  EXPECT_EQ(count(text, "::error title="), 10U);
  EXPECT_EQ(count(text, "::warning title="), 10U);
  EXPECT_EQ(count(text, "::notice title="), 10U);
  EXPECT_NE(text.find("::notice title=rhumb::4 findings more not shown here"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\n12 errors, 11 warnings, 10 info"));
}

TEST(GitHubFormat, SaysNothingOfTheRestWhereThereIsNone) {
  const std::string text = many("github", 10, 10, 9);
  EXPECT_EQ(count(text, "::notice title="), 9U);
  EXPECT_EQ(text.find("title=rhumb"), std::string::npos);
}

TEST(MarkdownFormat, FitsIntoAComment) {
  const std::string text = many("markdown", 2000, 0, 0);
  EXPECT_LT(text.size(), 65'536U);
  EXPECT_EQ(count(text, "more left out."), 2U);
  EXPECT_NE(text.find("2000 errors"), std::string::npos);
}

TEST(JUnitFormat, ListsRulesThatFoundNothing) {
  Case test("rules");
  test.add_environment("charts/tms", "dev");
  test.options.rules = {&too_few_replicas, &unknown_value};
  EXPECT_EQ(count(written(test, "junit"), "<testcase "), 2U);
  test.options.rules.clear();
  EXPECT_NE(written(test, "junit").find("<testcase name=\"lint\""), std::string::npos);
}

TEST(SarifFormat, SaysOfAllResultsOrOfNoneWhetherTheyAreSuppressed) {
  Case test("suppressions");
  test.add(too_few_replicas, "x").suppression = {lint::Suppression::Kind::baseline, "", {}};
  test.add(too_few_replicas, "y");
  nlohmann::json run = nlohmann::json::parse(written(test, "sarif"))["runs"][0];
  ASSERT_EQ(run["results"].size(), 1U);
  EXPECT_FALSE(run["results"][0].contains("suppressions"));
  test.options.show_suppressed = true;
  run = nlohmann::json::parse(written(test, "sarif"))["runs"][0];
  ASSERT_EQ(run["results"].size(), 2U);
  EXPECT_EQ(run["results"][0]["suppressions"][0]["kind"], "external");
  EXPECT_EQ(run["results"][1]["suppressions"].size(), 0U);
}

TEST(SarifFormat, TellsFailureFromFindings) {
  Case test("status");
  for (const auto& [status, successful] : {std::pair{0, true}, {1, true}, {2, false}, {70, false}}) {
    test.options.exit_status = status;
    const nlohmann::json log = nlohmann::json::parse(written(test, "sarif"));
    EXPECT_EQ(log["runs"][0]["invocations"][0]["executionSuccessful"], successful);
    EXPECT_EQ(log["runs"][0]["results"].size(), 0U);
  }
}

TEST(JsonFormat, LinesHoldWhatTheDocumentHolds) {
  for (const NamedFill& row : all_cases) {
    Case test{std::string(row.name)};
    row.fill(test);
    const nlohmann::json document = nlohmann::json::parse(written(test, "json"));
    const std::string text = written(test, "jsonl");
    std::size_t begin = 0;
    for (nlohmann::json finding : document["findings"]) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      finding["version"] = 1;
      EXPECT_EQ(nlohmann::json::parse(text.substr(begin, end - begin)), finding);
      begin = end + 1;
    }
    EXPECT_GE(begin, text.size());
  }
}

TEST(JsonFormat, HasTheRequirements) {
  Case test("environments");
  fill_environments(test);
  const nlohmann::json document = nlohmann::json::parse(written(test, "json"));
  const nlohmann::json& staging = document["environments"][1]["requirements"];
  EXPECT_EQ(staging["REQ-1-502"]["state"], "broken");
  EXPECT_EQ(staging["REQ-1-502"]["brokenBy"]["too-few-replicas"], 2);
  EXPECT_EQ(document["environments"][0]["requirements"]["REQ-1-502"]["state"], "not applicable");
}

TEST(RequirementMatrix, SaysThatThereAreNone) {
  Case test("none");
  test.add_environment("charts/tms", "dev");
  EXPECT_EQ(requirement_matrix(test.outcome, test.sources, test.options), "no requirements apply");
}

TEST(RequirementMatrix, ColorsAddNothingElse) {
  Case test("environments");
  fill_environments(test);
  const std::string plain = requirement_matrix(test.outcome, test.sources, test.options);
  test.options.color = true;
  std::string colored = requirement_matrix(test.outcome, test.sources, test.options);
  EXPECT_NE(colored, plain);
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  EXPECT_EQ(colored, plain);
}

TEST(Because, DeepInclusionsAreCut) {
  Case test("deep");
  const FileId file = test.sources.add("t.yaml", "a: {{ include \"x\" . }}\n");
  lint::Finding& finding = test.add(unknown_value, "x");
  finding.primary = {file, 0, 1};
  for (int i = 0; i < 1000; ++i) finding.cause.frames.push_back({"include \"x\"", {file, 3, 22}});
  const std::vector<std::string> sentences = causes(View(test.outcome, test.sources, test.options), finding);
  ASSERT_EQ(sentences.size(), 9U);
  EXPECT_EQ(sentences[4], "... 992 inclusions ...");
}

TEST(Because, ManyValuesLayersAndConditionsAreCut) {
  Case test("wide");
  const FileId file = test.sources.add("v.yaml", "a: 1\na: 1\na: 1\na: 1\na: 1\na: 1\na: 1\na: 1\na: 1\n");
  const render::ValueLayer one = layer(test, file, "a", "1", "a.b");
  lint::Finding& finding = test.add(unknown_value, "x");
  finding.cause.values.assign(8, {{one}});
  for (std::uint32_t i = 1; i < 9; ++i) {
    finding.cause.values[0].layers.push_back(one);
    finding.cause.values[0].layers.back().span = {file, i * 5 + 3, i * 5 + 4};
  }
  finding.cause.values[1].layers.push_back(one);  // the same place twice
  finding.cause.branches.assign(6, {{file, 0, 1}, {}});
  const std::vector<std::string> sentences = causes(View(test.outcome, test.sources, test.options), finding);
  EXPECT_EQ(sentences[0],
            "a.b is 1 because v.yaml:1 overrides v.yaml:2, v.yaml:3, v.yaml:4, v.yaml:5, v.yaml:6 and 3 more");
  EXPECT_EQ(sentences[1], "a.b is 1 at v.yaml:1");
  EXPECT_EQ(sentences[6], "and 2 values more");
  EXPECT_EQ(sentences.back(), "and 2 conditions more");
}

TEST(Because, UnknownPlacesAreSaidToBe) {
  Case test("unknown");
  lint::Finding& finding = test.add(unknown_value, "x");
  finding.cause.frames = {{"", {}}, {"tpl", {}}};
  finding.cause.values = {{}, {{render::ValueLayer{}}}};
  finding.cause.branches = {{}};
  const std::vector<std::string> expected{"written by a text that was given to tpl",
                                          "included from a text that was given to tpl: tpl"};
  EXPECT_EQ(causes(View(test.outcome, test.sources, test.options), finding), expected);
}

TEST(Because, MapsAndBlocksComeFromTheirPlace) {
  Case test("maps");
  const FileId file = test.sources.add("v.yaml", "m:\n  a: 1\n  b: 2\nt: |\n  x\ne:\n");
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(value_sentence(view, {{layer(test, file, "m", "a: 1\n  b: 2", "m")}}), "m comes from v.yaml:2");
  EXPECT_EQ(value_sentence(view, {{layer(test, file, "t", "|\n  x", "t"), layer(test, file, "e", "\n", "e")}}),
            "t comes from v.yaml:4, which overrides v.yaml:6 (e)");
}

}  // namespace
}  // namespace rhumb::report::test
