// What the engine is told: plain data, made by project from rhumb.yaml and by cli from flags.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/lint/rule.h"

namespace rhumb::lint {

enum class Tier : std::uint8_t { none, development, staging, production };

struct RuleSetting {
  /// None: as preset and profile have it. Severity::note stands for "off" nowhere: see `off`.
  std::optional<Severity> level;
  bool off = false;
  std::map<std::string, ParameterValue, std::less<>> parameters;
};
using RuleSettings = std::map<std::string, RuleSetting, std::less<>>;

/// An entry of `ignores:` in rhumb.yaml. Empty parts match everything; `*` and `?` are wildcards.
struct Ignore {
  std::string rule;
  std::string object;  // "Deployment/tms-odoo"
  std::string path;    // of the file that the finding is in
  std::string environment;
  std::string reason;   // never empty
  std::string expires;  // "2026-12-31", the last day that it counts; empty for never
  Span span;            // of the entry
};

/// One environment of one chart.
struct Environment {
  std::string name;  // empty: the chart's defaults
  std::string release = "release-name";
  std::string namespace_ = "default";
  Tier tier = Tier::none;
  std::string profile;  // "", "tms", "loomworks"
  std::string kube_version;
  std::vector<std::string> api_versions;
  std::string region;                    // of the cloud, "ap-south-1"
  std::string account;                   // of the cloud, twelve digits
  std::vector<std::string> value_files;  // paths as the user would open them
  std::vector<std::string> set;          // as --set
  std::vector<std::string> set_string;   // as --set-string
  /// Over those of the whole configuration.
  RuleSettings rules;
  Span span;  // of the entry in rhumb.yaml
};

struct Configuration {
  std::vector<std::string> presets{"default"};
  RuleSettings rules;
  std::vector<Ignore> ignores;
  /// Tiers in which rules for production count.
  std::vector<Tier> production_tiers{Tier::staging, Tier::production};
  /// References that lead out of the chart are findings.
  bool closed_world = false;
};

}  // namespace rhumb::lint
