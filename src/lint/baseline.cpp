#include "rhumb/lint/baseline.h"

#include <algorithm>
#include <map>
#include <set>

#include "rhumb/yaml/json.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint {
namespace {

constexpr std::int64_t baseline_version = 1;

std::string text_of(yaml::NodeRef node) { return std::string(node.text()); }

void append_field(std::string& out, std::string_view name, std::string_view text, bool last = false) {
  yaml::append_json_string(out, name);
  out += ": ";
  yaml::append_json_string(out, text);
  out += last ? "}" : ", ";
}

}  // namespace

Result<Baseline> read_baseline(FileId file, const Sources& sources) {
  const SourceText& source = sources.get(file);
  // JSON is YAML, and the tree knows the places.
  auto tree = yaml::Tree::read(source.text());
  if (!tree) return error(source.name() + ": " + tree.error().message);
  const yaml::NodeRef root = tree->root();
  if (root["version"].integer() != baseline_version || !root["findings"].is_list()) {
    return error(source.name() + ": this is no baseline of version 1; make it anew with --update-baseline");
  }
  Baseline baseline;
  for (const yaml::NodeRef entry : root["findings"]) {
    const yaml::TreeNode& node = *entry.node();
    if (entry["fingerprint"].text().empty()) return error(source.name() + ": an entry has no fingerprint");
    baseline.push_back({text_of(entry["fingerprint"]),
                        text_of(entry["rule"]),
                        text_of(entry["chart"]),
                        text_of(entry["object"]),
                        text_of(entry["path"]),
                        text_of(entry["message"]),
                        {file, node.begin, node.end}});
  }
  return baseline;
}

namespace {

std::string line_of(const Finding& finding, const std::string& fingerprint) {
  std::string line = "    {";
  append_field(line, "fingerprint", fingerprint);
  append_field(line, "rule", finding.rule->name);
  append_field(line, "chart", finding.chart);
  append_field(line, "object", finding.object.known() ? finding.object.to_string() : std::string());
  append_field(line, "path", finding.path);
  append_field(line, "message", finding.message, true);
  return line;
}

std::vector<std::string> fingerprints_of(const Finding& finding) {
  std::vector<std::string> all{finding.fingerprint};
  all.insert(all.end(), finding.twin_fingerprints.begin(), finding.twin_fingerprints.end());
  return all;
}

}  // namespace

std::string write_baseline(const Outcome& outcome) {
  std::map<std::pair<std::string, std::string>, std::string> lines;  // by chart and fingerprint: each fault once
  for (const Finding& finding : outcome.findings) {
    const bool is_silenced = finding.suppression && finding.suppression->kind != Suppression::Kind::baseline;
    if (is_silenced || finding.rule->name == "unused-baseline-entry") continue;
    for (const std::string& fingerprint : fingerprints_of(finding)) {
      lines.emplace(std::pair(finding.chart, fingerprint), line_of(finding, fingerprint));
    }
  }
  std::string out = "{\n  \"version\": 1,\n  \"findings\": [";
  bool is_first = true;
  for (const auto& [key, line] : lines) {
    out += is_first ? "\n" : ",\n";
    out += line;
    is_first = false;
  }
  return out + (is_first ? "]\n}\n" : "\n  ]\n}\n");
}

void apply_baseline(Outcome& outcome, const Baseline& baseline) {
  std::map<std::string_view, const BaselineEntry*> known;
  for (const BaselineEntry& entry : baseline) known.emplace(entry.fingerprint, &entry);
  std::set<std::string_view> used;
  for (Finding& finding : outcome.findings) {
    for (const std::string& fingerprint : fingerprints_of(finding)) {
      const auto found = known.find(fingerprint);
      if (found == known.end()) continue;
      used.insert(found->first);
      if (!finding.suppression) finding.suppression = {Suppression::Kind::baseline, "known", found->second->span};
    }
  }
  std::set<std::string_view> charts;
  for (const EnvironmentOutcome& environment : outcome.environments) charts.insert(environment.chart);
  const Rule* const rule = find_rule("unused-baseline-entry");
  for (const BaselineEntry& entry : baseline) {
    if (used.contains(entry.fingerprint) || !charts.contains(entry.chart)) continue;
    Finding finding;
    finding.rule = rule;
    finding.severity = rule->severity;
    finding.message = "the baseline holds a finding of " + entry.rule + " that is gone: " + entry.message;
    finding.chart = entry.chart;
    finding.primary = entry.span;
    finding.fingerprint = entry.fingerprint + "-gone";
    outcome.findings.push_back(std::move(finding));
  }
}

}  // namespace rhumb::lint
