// What every format looks through: the findings to show, places as lines and columns of paths, texts without
// credentials, and the figures of the summary.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/redactor.h"
#include "rhumb/base/source.h"
#include "rhumb/lint/lint.h"
#include "rhumb/report/report.h"

namespace rhumb::report {

struct Place {
  std::string path;      // relative to the root where it lies below it, else as the user gave it
  std::string absolute;  // empty for what is no file: a flag, standard input
  bool below_root = false;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t end_line = 1;
  std::uint32_t end_column = 1;  // the first one behind

  /// "values/dev.yaml:12:15"
  std::string to_string() const;
  /// "values/dev.yaml:12"
  std::string path_and_line() const;
};

struct Totals {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
  std::size_t notes = 0;
  std::size_t suppressed = 0;
};

class View {
 public:
  View(const lint::Outcome& outcome, const Sources& sources, const Options& options);

  const lint::Outcome& outcome() const { return outcome_; }
  const Sources& sources() const { return sources_; }
  const Options& options() const { return options_; }
  const Redactor& redactor() const { return redactor_; }
  /// Those that silence hides left out.
  const std::vector<const lint::Finding*>& findings() const { return findings_; }
  const Totals& totals() const { return totals_; }

  /// None for a place that is not known.
  std::optional<Place> place(const Span& span) const;
  /// A path of a chart or a source, as Place has it.
  Place file(std::string_view name) const;
  /// The place that a person edits, else the nearest one that the cause knows.
  Span primary(const lint::Finding& finding) const;
  /// For formats that can only point at files: the same, flags passed over; else line 1 of the chart's
  /// Chart.yaml, or of its file.
  Place anchor(const lint::Finding& finding) const;
  /// The span of it, where it has one.
  std::optional<Span> anchor_span(const lint::Finding& finding) const;
  /// The line that holds the start of the span, without its line break, masked; the first 1000 bytes of longer ones.
  std::string line_of(const Span& span) const;
  /// The text of the span, masked, cut in the same way.
  std::string text_of(const Span& span) const;
  /// The same where it is one line and complete: a scalar as it is written. Empty otherwise.
  std::string scalar_of(const Span& span) const;
  bool is_flag(const Span& span) const;

  std::string message(const lint::Finding& finding) const { return redactor_.text(finding.message); }
  /// For forms that hold nothing else: "1 pod is guaranteed, 2 are needed (Deployment/tms-odoo, in dev, staging)". The
  /// object is left out where the message names it.
  std::string described(const lint::Finding& finding) const;
  /// The command line, the assignments of --set flags left out.
  std::vector<std::string> arguments() const;
  /// "2 errors, 1 warning in 2 charts, 5 environments", or "no findings in ..."
  std::string summary() const;

 private:
  std::string cut_source(FileId file, std::size_t begin, std::size_t end) const;
  bool span_of_file(const Span& span) const { return span.known() && !is_flag(span); }

  const lint::Outcome& outcome_;
  const Sources& sources_;
  const Options& options_;
  Redactor redactor_;
  std::vector<const lint::Finding*> findings_;
  Totals totals_;
};

std::string_view rule_name(const lint::Finding& finding);
/// "note", "info", "warning", "error"
std::string_view severity_name(Severity severity);
/// "security"
std::string_view category_name(lint::Category category);
std::string_view suppression_name(lint::Suppression::Kind kind);
/// "REQ-1-502, REQ-1-503" as parts.
std::vector<std::string_view> requirements(const lint::RuleInfo& rule);
/// "Deployment/tms-odoo .spec.replicas", or what of it is known.
std::string subject(const lint::Finding& finding);
/// "staging, production"
std::string environment_names(const lint::Finding& finding);
/// "1 error", "2 errors"
std::string counted(std::size_t count, std::string_view noun);

/// Fingerprints that no two findings share: those that come again get a counter, and those that have none are made of
/// rule, chart, object and path. For View::findings(), in its order.
std::vector<std::string> unique_fingerprints(const View& view);

}  // namespace rhumb::report
