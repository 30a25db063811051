// SARIF 2.1.0 (errata 01), as code scanning wants it: the first location is the line that a person edits, since an
// alert shows on a pull request only where its lines are in the diff. automationDetails stays unset: the upload names
// its category, and would not where the file does.
#include <map>

#include <fmt/format.h>

#include "report/because.h"
#include "report/sarif_locations.h"
#include "report/sarif_rules.h"
#include "report/writers.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

class SarifReport {
 public:
  explicit SarifReport(const View& view) : view_(view), rules_(described_rules(view)) {
    for (std::size_t i = 0; i < rules_.size(); ++i) index_.emplace(rules_[i]->name, i);
  }

  Json write() const {
    Json run{{"tool", {{"driver", driver()}}}, {"invocations", Json::array({invocation()})}};
    const std::string& root = view_.options().root;
    if (!root.empty()) run["originalUriBaseIds"][std::string(sarif_root)] = {{"uri", sarif_file_uri(root, true)}};
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = results();
    Json log{{"$schema", schema}, {"version", "2.1.0"}};
    log["runs"] = Json::array({std::move(run)});
    return log;
  }

 private:
  Json driver() const {
    Json json{{"name", "rhumb"}};
    if (const std::string& version = view_.options().version; !version.empty()) {
      json["version"] = version;
      json["semanticVersion"] = version;
    }
    json["rules"] = Json::array();
    for (const lint::RuleInfo* rule : rules_) json["rules"].push_back(sarif_rule(*rule, view_.options().rules_uri));
    return json;
  }

  Json invocation() const {
    Json json = Json::object();
    const std::vector<std::string> arguments = view_.arguments();
    if (!arguments.empty()) {
      json["commandLine"] = strings::join(arguments, " ");
      json["arguments"] = std::vector<std::string>(arguments.begin() + 1, arguments.end());
    }
    // Findings are a success; status 2 and above: it could not run.
    const std::optional<int> status = view_.options().exit_status;
    json["executionSuccessful"] = status.value_or(0) < 2;
    if (status) json["exitCode"] = *status;
    return json;
  }

  Json results() const {
    Json json = Json::array();
    const std::vector<std::string> fingerprints = unique_fingerprints(view_);
    for (std::size_t i = 0; i < fingerprints.size(); ++i) json.push_back(result(*view_.findings()[i], fingerprints[i]));
    return json;
  }

  std::string message(const lint::Finding& finding) const {
    std::string out = view_.described(finding);
    if (!finding.cause.values.empty()) {
      if (const std::string sentence = value_sentence(view_, finding.cause.values[0]); !sentence.empty()) {
        out += ". " + sentence;
      }
    }
    return out;
  }

  static void add_list(Json& json, const char* key, Json list) {
    if (!list.empty()) json[key] = std::move(list);
  }

  Json result(const lint::Finding& finding, const std::string& fingerprint) const {
    Json json{{"ruleId", rule_name(finding)}};
    if (const auto index = index_.find(rule_name(finding)); index != index_.end()) json["ruleIndex"] = index->second;
    json["level"] = sarif_level(finding.severity);
    json["message"] = sarif_message(message(finding));
    if (Json location = sarif_primary_location(view_, finding); !location.empty()) {
      json["locations"] = Json::array({std::move(location)});
    }
    add_list(json, "relatedLocations", sarif_related_locations(view_, finding));
    add_list(json, "codeFlows", sarif_code_flows(view_, finding));
    add_list(json, "stacks", sarif_stacks(view_, finding));
    json["partialFingerprints"] = {{"primaryLocationLineHash", fingerprint}, {"rhumb/v1", fingerprint}};
    // All results say it or none does.
    if (view_.options().show_suppressed) json["suppressions"] = suppressions(finding);
    json["properties"] = properties(finding);
    return json;
  }

  Json suppressions(const lint::Finding& finding) const {
    Json list = Json::array();
    if (!finding.suppression) return list;
    const lint::Suppression& silenced = *finding.suppression;
    const bool in_source =
        silenced.kind == lint::Suppression::Kind::comment || silenced.kind == lint::Suppression::Kind::annotation;
    Json json{{"kind", in_source ? "inSource" : "external"}, {"status", "accepted"}};
    if (!silenced.reason.empty()) json["justification"] = view_.redactor().text(silenced.reason);
    if (silenced.span.known() && !view_.is_flag(silenced.span)) {
      json["location"] = {{"physicalLocation", sarif_physical_location(view_, silenced.span)}};
    }
    list.push_back(std::move(json));
    return list;
  }

  Json properties(const lint::Finding& finding) const {
    Json json{{"environments", finding.environments}};
    if (!finding.chart.empty()) json["chart"] = view_.file(finding.chart).path;
    if (!finding.hint.empty()) json["help"] = view_.redactor().text(finding.hint);
    if (finding.rule != nullptr && !finding.rule->serves.empty()) json["serves"] = requirements(*finding.rule);
    if (finding.rendered) {
      json["rendered"] = {{"file", finding.rendered->file},
                          {"line", finding.rendered->line},
                          {"excerpt", view_.redactor().text(finding.rendered->excerpt)}};
    }
    return json;
  }

  const View& view_;
  std::vector<const lint::RuleInfo*> rules_;
  std::map<std::string_view, std::size_t> index_;
};

}  // namespace

std::string write_sarif(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  return SarifReport(view).write().dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rhumb::report
