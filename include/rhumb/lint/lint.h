// Lints charts and manifests: renders them in every environment, hands the objects to the rules, finds the cause of
// each finding, merges what several environments have in common, applies what silences findings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/result.h"
#include "rhumb/base/timer.h"
#include "rhumb/chart/values.h"
#include "rhumb/lint/config.h"
#include "rhumb/lint/finding.h"

namespace rhumb::lint {

/// What is linted: a chart in its environments, or manifests that are rendered already.
struct Target {
  enum class Kind : std::uint8_t { chart, manifests };
  Kind kind = Kind::chart;
  /// As the user would open it; "-" for standard input.
  std::string path;
  std::vector<Environment> environments;
  Configuration configuration;
  /// From the command line, over the values of every environment.
  chart::ValueOptions extra_values;
  bool helm3 = false;
};

/// Whether a requirement holds in an environment.
struct RequirementState {
  enum class Kind : std::uint8_t { not_applicable, met, broken };
  Kind kind = Kind::not_applicable;
  std::vector<std::size_t> findings;  // that break it: indexes into Outcome::findings
};

struct EnvironmentOutcome {
  std::string chart;        // the target's path
  std::string environment;  // its name
  std::size_t objects = 0;
  /// By requirement: "REQ-1-502".
  std::map<std::string, RequirementState> requirements;
  Target::Kind kind = Target::Kind::chart;
};

struct Outcome {
  /// By place, those that are silenced included.
  std::vector<Finding> findings;
  std::vector<EnvironmentOutcome> environments;
  /// Credentials in the sources that no finding is about; as Finding::sensitive.
  std::vector<Span> sensitive;
};

struct LintWorld {
  Sources& sources;
  const FileSystem& files;
  Host& host;
  Log& log;
  const Limits& limits;
  Timers* timers = nullptr;
  unsigned threads = 1;
  /// "2026-11-26", for ignores that expire.
  std::string today;
  /// What is done, for --verbose: thread-safe; null for nobody to tell.
  Log* diagnostics = nullptr;
};

/// An error only where linting itself could not go on; a chart that does not render is a finding.
Result<Outcome> lint(const std::vector<Target>& targets, const LintWorld& world);

}  // namespace rhumb::lint
