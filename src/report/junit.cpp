// JUnit XML has no standard; this is what Jenkins, GitLab, Azure and CircleCI all read. A suite is a chart in an
// environment. A case is one finding, or a rule that found nothing: so no suite is empty, the numbers say what was
// checked, and a case that passes again can be recognised by its name. Errors and warnings fail; the rest are cases
// that pass and say something; what is silenced is skipped.
#include <map>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/text.h"
#include "report/writers.h"

namespace rhumb::report {
namespace {

struct Suite {
  std::string chart;  // a path as Place has it
  std::string environment;
  std::vector<const lint::Finding*> findings;

  std::string name() const { return environment.empty() ? chart : fmt::format("{} ({})", chart, environment); }
};

Suite& suite_of(std::vector<Suite>& suites, const std::string& chart, const std::string& environment) {
  for (Suite& suite : suites) {
    if (suite.chart == chart && suite.environment == environment) return suite;
  }
  suites.push_back({chart, environment, {}});
  return suites.back();
}

std::vector<Suite> suites_of(const View& view) {
  std::vector<Suite> suites;
  for (const lint::EnvironmentOutcome& outcome : view.outcome().environments) {
    suite_of(suites, view.file(outcome.chart).path, outcome.environment);
  }
  for (const lint::Finding* finding : view.findings()) {
    const std::string chart = finding->chart.empty() ? "rhumb" : view.file(finding->chart).path;
    std::vector<std::string> environments = finding->environments;
    if (environments.empty()) environments.emplace_back();
    for (const std::string& environment : environments)
      suite_of(suites, chart, environment).findings.push_back(finding);
  }
  return suites;
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml(value));
}

class SuiteWriter {
 public:
  SuiteWriter(const View& view, const Suite& suite) : view_(view), suite_(suite) {}

  std::string write() {
    for (const lint::Finding* finding : suite_.findings) add(*finding);
    for (const lint::RuleInfo* rule : view_.options().rules) {
      if (used_.find(rule->name) == used_.end()) add_case(rule->name, "", "");
    }
    if (tests_ == 0) add_case("lint", "", "");
    return fmt::format(
        "  <testsuite{} tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">\n{}  </testsuite>\n",
        attribute("name", printable(suite_.name())), tests_, failures_, skipped_, cases_);
  }

  std::size_t tests() const { return tests_; }
  std::size_t failures() const { return failures_; }
  std::size_t skipped() const { return skipped_; }

 private:
  void add(const lint::Finding& finding) {
    used_[rule_name(finding)];
    const std::string where = subject(finding);
    std::string name = fmt::format("{}{}", rule_name(finding), where.empty() ? "" : ": " + where);
    if (const std::size_t count = ++names_[name]; count > 1) name += fmt::format(" ({})", count);
    const Place place = view_.anchor(finding);
    const std::string file = attribute("file", printable(place.path)) + fmt::format(" line=\"{}\"", place.line);
    add_case(name, place.path.empty() ? "" : file, outcome(finding));
  }

  void add_case(std::string_view name, std::string_view attributes, std::string_view content) {
    ++tests_;
    cases_ += fmt::format("    <testcase{}{} time=\"0\"{}", attribute("name", printable(name)),
                          attribute("classname", printable(suite_.name())), attributes);
    cases_ += content.empty() ? "/>\n" : fmt::format(">\n{}    </testcase>\n", content);
  }

  std::string outcome(const lint::Finding& finding) {
    if (finding.suppression) {
      ++skipped_;
      return fmt::format("      <skipped{}/>\n",
                         attribute("message", printable(view_.redactor().text(finding.suppression->reason))));
    }
    const std::string text = headline(view_, finding, false) + "\n" + details(view_, finding);
    if (finding.severity < Severity::warning)
      return fmt::format("      <system-out>{}</system-out>\n", xml_lines(text));
    ++failures_;
    return fmt::format("      <failure{}{}>{}</failure>\n", attribute("message", printable(view_.message(finding))),
                       attribute("type", severity_name(finding.severity)), xml_lines(text));
  }

  const View& view_;
  const Suite& suite_;
  std::map<std::string, std::size_t> names_;
  std::map<std::string_view, std::size_t> used_;
  std::string cases_;
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
  std::size_t skipped_ = 0;
};

}  // namespace

std::string write_junit(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  std::string suites;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const Suite& suite : suites_of(view)) {
    SuiteWriter writer(view, suite);
    suites += writer.write();
    tests += writer.tests();
    failures += writer.failures();
    skipped += writer.skipped();
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"rhumb\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
      "time=\"0\">\n{}</testsuites>",
      tests, failures, skipped, suites);
}

}  // namespace rhumb::report
