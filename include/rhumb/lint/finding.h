// What the engine says: a fault, where it shows, what caused it, and in which environments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/diagnostic.h"
#include "rhumb/base/source.h"
#include "rhumb/lint/rule.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {

/// Empty parts are unknown. Of an object that was rendered.
struct ObjectName {
  std::string api_version;
  std::string kind;
  std::string namespace_;
  std::string name;

  bool known() const { return !kind.empty(); }
  /// "Deployment/tms-odoo"
  std::string to_string() const { return kind + "/" + name; }
  friend bool operator==(const ObjectName&, const ObjectName&) = default;
};

/// A place in the output. Lines count from 1 within the output of the template.
struct RenderedPlace {
  std::string file;  // "tms/charts/tmsOdoo/templates/deployment.yaml"
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string excerpt;  // that line, without its line break; credentials are masked
};

/// Another place that belongs to the finding: the other of two duplicates, the object that a reference leads to.
struct Related {
  std::string message;
  Span span;
};

/// What silenced a finding.
struct Suppression {
  enum class Kind : std::uint8_t { comment, annotation, configuration, baseline };
  Kind kind = Kind::comment;
  std::string reason;
  Span span;  // of what silences it
};

struct Finding {
  const RuleInfo* rule = nullptr;
  Severity severity = Severity::error;
  /// One sentence without a final dot, with the figures that decided: "1 pod is guaranteed, 2 are needed". Credentials
  /// are masked.
  std::string message;
  /// The message without what only goes with the fault in one environment.
  std::string fault;
  /// What to do here, where that is more than the rule's remedy: "set tmsOdoo.replicaCount in values/dev.yaml".
  std::string hint;
  std::string chart;  // path of the chart as given; of a manifest file that file
  ObjectName object;
  std::string path;  // within the object: ".spec.template.spec.containers[0].image"
  /// The same with list items told by their names, where they have any: it survives a change of order.
  std::string stable_path;
  /// What the message calls the container that it is about, as `init container "migrate"`; empty where it names none.
  std::string container;
  /// The primary place is a key of the values.
  bool is_at_value = false;
  std::optional<RenderedPlace> rendered;
  render::Cause cause;
  /// The place a person edits: a key in a values file where one decides, else a line of a template or chart file.
  Span primary;
  std::vector<Related> related;
  /// Credentials in the sources. No report prints this text, neither for this finding nor for another one whose line it
  /// happens to stand in.
  std::vector<Span> sensitive;
  /// In the order of the configuration; empty for a chart that has none.
  std::vector<std::string> environments;
  /// Hexadecimal; the same for the same fault in another version of the files: made of rule, chart, object and path.
  std::string fingerprint;
  /// Of the same fault where an environment calls the object otherwise.
  std::vector<std::string> twin_fingerprints;
  std::optional<Suppression> suppression;
  /// Rules that say the same here and yield to this one: their requirements are broken as well.
  std::vector<const RuleInfo*> stands_for;
};

}  // namespace rhumb::lint
