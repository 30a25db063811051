// Findings into the forms that people and programs read.
//
// Columns count code points from 1; the end of a region is the first column behind it. What a finding or the outcome
// calls sensitive is masked in every form (see base/mask.h), and so is its text wherever else it turns up.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/lint/lint.h"

namespace rhumb::report {

struct Options {
  /// Escape sequences for a terminal.
  bool color = false;
  /// Columns of the terminal; 0: unknown, lines of source text are cut at 200 then.
  unsigned width = 0;
  /// Findings that something silences are shown, marked as such, in the forms that can say so.
  bool show_suppressed = false;
  /// The folder that paths are relative to, absolute. What lies outside keeps its path as the user gave it.
  std::string root;
  /// The folder in which the relative names of the sources are found, absolute; empty: the root.
  std::string working_directory;
  /// Of the run, as the user typed it, the program's name first. The assignments of --set flags are left out of
  /// reports.
  std::vector<std::string> arguments;
  std::optional<int> exit_status;
  /// The rules that ran, those without a finding too.
  std::vector<const lint::RuleInfo*> rules;
  /// What is written answers a question: there are no faults to be counted.
  bool is_explanation = false;
  /// Of rhumb: "0.1.0".
  std::string version;
  /// Where the documentation of a rule is: this, its name, ".md". Empty: nowhere.
  std::string rules_uri;
};

/// Text, without a final newline where the format has none.
using Writer = std::string (*)(const lint::Outcome& outcome, const Sources& sources, const Options& options);

struct Format {
  std::string_view name;  // "text", "json", "sarif" ...
  std::string_view summary;
  Writer write = nullptr;
};

/// In the order of the help.
std::span<const Format> formats();
/// Null for an unknown name.
const Format* find_format(std::string_view name);

/// The matrix requirement by environment: met, broken (by which findings), not applicable.
std::string requirement_matrix(const lint::Outcome& outcome, const Sources& sources, const Options& options);

}  // namespace rhumb::report
