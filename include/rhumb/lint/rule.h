// What a rule is: its description, from which the documentation, the SARIF descriptors and the schema of rhumb.yaml are
// made, and its check. One file per rule in src/lint/rules/; the registry is generated from that folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rhumb/base/diagnostic.h"

namespace rhumb::lint {

class Context;
class ChartContext;

/// What kind of fault a rule is about; the order of the documentation.
enum class Category : std::uint8_t {
  correctness,    // the API server refuses it, or it does nothing
  availability,   // replicas, budgets, probes, rollouts
  security,       // Pod Security Standards, access, network
  secrets,        // credentials and how they come to pods
  resources,      // requests, limits, quotas, scaling
  observability,  // metrics, logs, alerts
  data,           // databases, volumes, backups
  delivery,       // images, pipelines
  chart,          // what `helm lint` looks at
  values,         // keys of values files
  opinion,        // a matter of taste
};

/// Sets of rules that are switched on together.
enum Presets : std::uint8_t {
  preset_none = 0,
  preset_default = 1,     // correctness: a finding is a fault whatever the installation
  preset_production = 2,  // with the above: what a production installation is expected to have
  preset_restricted = 4,  // the Pod Security Standard "restricted"
};
/// Specifications whose requirements a rule serves.
enum Profiles : std::uint8_t { profile_none = 0, profile_tms = 1, profile_loomworks = 2, profile_both = 3 };

using ParameterValue = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;
enum class ParameterType : std::uint8_t { integer, boolean, text, list };

struct Parameter {
  std::string_view name;  // kebab-case
  ParameterType type = ParameterType::text;
  /// As in a rhumb.yaml; of a list the items separated by commas.
  std::string_view fallback;
  std::string_view help;
  /// What a text, or an item of a list, may be; empty for anything.
  std::span<const std::string_view> choices = {};
};

/// Looks at the objects of one chart in one environment.
using Check = void (*)(Context&);
/// Looks at one chart in all of its environments at once.
using ChartCheck = void (*)(ChartContext&);

struct RuleInfo {
  std::string_view name;  // kebab-case, names the fault
  Category category = Category::correctness;
  Severity severity = Severity::error;
  std::string_view since;  // version of rhumb
  std::uint8_t presets = preset_none;
  std::uint8_t profiles = profile_none;
  /// Only in environments of tier production or staging (parameter `tiers` of the configuration).
  bool production_only = false;
  /// The requirements or standards that it serves, separated by ", ": "REQ-1-502".
  std::string_view serves = {};
  /// Checks of other linters with the same meaning, whose ignore annotations are heeded, separated by ", ":
  /// "kube-linter/no-anti-affinity, kube-score/deployment-has-host-podantiaffinity, polaris/hostNetworkSet".
  std::string_view peers = {};
  /// Rules that may say the same about the same node, separated by ", ". Where one of them does this one keeps silent,
  /// and what the other says counts for the requirements of both: one fault is one finding.
  std::string_view yields_to = {};
  /// One sentence without a final dot: what is wrong.
  std::string_view summary;
  /// One or two sentences: what to do.
  std::string_view remedy;
  /// Markdown: "## What it does", "## Why", "## Example" with a yaml block that is wrong and one that is right.
  std::string_view documentation;
  std::span<const Parameter> parameters = {};
  /// One of the two.
  Check check = nullptr;
  ChartCheck check_chart = nullptr;
};
using Rule = RuleInfo;

/// All rules, by name.
std::span<const Rule* const> rules();
/// Null for an unknown name.
const Rule* find_rule(std::string_view name);
/// The known rule whose name is nearest, empty if none is near.
std::string_view nearest_rule(std::string_view name);

}  // namespace rhumb::lint
