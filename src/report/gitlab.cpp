// GitLab Code Quality: a subset of Code Climate's format. Entries of one fingerprint would be merged, so each is its
// own.
#include <nlohmann/json.hpp>

#include "report/escape.h"
#include "report/view.h"
#include "report/writers.h"

namespace rhumb::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(const lint::Finding& finding) {
  const bool security = finding.rule != nullptr && (finding.rule->category == lint::Category::security ||
                                                    finding.rule->category == lint::Category::secrets);
  switch (finding.severity) {
    case Severity::error: return security ? "critical" : "major";
    case Severity::warning: return "minor";
    case Severity::info:
    case Severity::note: break;
  }
  return "info";
}

Json entry(const View& view, const lint::Finding& finding, const std::string& fingerprint) {
  const Place place = view.anchor(finding);
  return {
      {"description", printable(view.described(finding))},
      {"check_name", rule_name(finding)},
      {"fingerprint", fingerprint},
      {"severity", severity_of(finding)},
      {"location",
       {{"path", place.path.empty() ? "." : place.path}, {"lines", {{"begin", place.line}, {"end", place.end_line}}}}}};
}

}  // namespace

std::string write_gitlab(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  const std::vector<std::string> fingerprints = unique_fingerprints(view);
  Json json = Json::array();
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    const lint::Finding& finding = *view.findings()[i];
    if (!finding.suppression) json.push_back(entry(view, finding, fingerprints[i]));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rhumb::report
