#include "report/sarif_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/escape.h"

namespace rhumb::report {
namespace {

using Json = nlohmann::ordered_json;

bool is_security(const lint::RuleInfo& rule) {
  return rule.category == lint::Category::security || rule.category == lint::Category::secrets;
}

/// "TooFewReplicas": SARIF wants a name that differs from the id.
std::string pascal_case(std::string_view kebab) {
  std::string out;
  bool start = true;
  for (const char c : kebab) {
    if (c == '-') {
      start = true;
    } else {
      out += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      start = false;
    }
  }
  return out;
}

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && !out.ends_with('.')) out += '.';
  return out;
}

std::string_view problem_severity(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "recommendation";
}

/// Code scanning sorts alerts of security rules by this figure: high, medium and low.
std::string_view security_severity(Severity severity) {
  if (severity == Severity::error) return "8.0";
  return severity == Severity::warning ? "5.5" : "2.0";
}

Json properties(const lint::RuleInfo& rule) {
  Json tags = Json::array({category_name(rule.category)});
  if (is_security(rule) && rule.category != lint::Category::security) tags.push_back("security");
  for (const std::string_view requirement : requirements(rule)) {
    if (tags.size() < 20) tags.push_back(requirement);
  }
  // A fault whatever the installation, or what a good installation has.
  const bool certain = (rule.presets & lint::preset_default) != 0 && rule.category == lint::Category::correctness;
  Json json{{"tags", std::move(tags)},
            {"precision", certain ? "very-high" : "high"},
            {"problem.severity", problem_severity(rule.severity)}};
  if (is_security(rule)) json["security-severity"] = security_severity(rule.severity);
  return json;
}

}  // namespace

std::vector<const lint::RuleInfo*> described_rules(const View& view) {
  std::vector<const lint::RuleInfo*> rules = view.options().rules;
  for (const lint::Finding* finding : view.findings()) {
    const bool known = std::any_of(rules.begin(), rules.end(), [finding](const lint::RuleInfo* rule) {
      return finding->rule == nullptr || rule->name == finding->rule->name;
    });
    if (!known && finding->rule != nullptr) rules.push_back(finding->rule);
  }
  return rules;
}

Json sarif_rule(const lint::RuleInfo& rule, std::string_view rules_uri) {
  const std::string summary = sentence(rule.summary.empty() ? rule.name : rule.summary);
  const std::string remedy = sentence(rule.remedy);
  Json help{{"text", remedy.empty() ? summary : remedy}};
  if (!rule.documentation.empty()) help["markdown"] = rule.documentation;
  Json json{{"id", rule.name},
            {"name", pascal_case(rule.name)},
            {"shortDescription", {{"text", summary}}},
            {"fullDescription", {{"text", remedy.empty() ? summary : summary + " " + remedy}}},
            {"help", std::move(help)}};
  if (!rules_uri.empty()) json["helpUri"] = fmt::format("{}{}.md", rules_uri, uri_path(rule.name));
  json["defaultConfiguration"] = {{"level", sarif_level(rule.severity)}};
  json["properties"] = properties(rule);
  return json;
}

std::string_view sarif_level(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

}  // namespace rhumb::report
