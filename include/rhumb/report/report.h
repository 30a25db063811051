// Findings into the forms that people and programs read.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rhumb/base/result.h"
#include "rhumb/base/source.h"
#include "rhumb/lint/lint.h"

namespace rhumb::report {

struct Options {
  /// Escape sequences for a terminal.
  bool color = false;
  /// Columns of the terminal; 0: no limit.
  unsigned width = 0;
  /// Findings that something silences are shown, marked as such, in the forms that can say so.
  bool show_suppressed = false;
  /// The folder that paths are relative to, absolute.
  std::string root;
  /// Of the run, as the user typed it.
  std::string command_line;
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
