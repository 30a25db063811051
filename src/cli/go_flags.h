// The command line as Helm reads it (pflag 1.0.10): "--set=a=1", "--set a=1", "-fvalues.yaml", "-f=a,b", flags between
// and behind arguments, "--" as the end, and pflag's error texts. A command lists its flags in a table; CLI11 hands
// what stands behind the command's name to this parser.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"

namespace rhumb::cli {

enum class FlagType : std::uint8_t {
  boolean,
  text,
  text_array,    // every occurrence one element, as it is
  text_slice,    // comma separated with CSV quoting
  text_to_text,  // key=value, comma separated
  duration,
  integer,
  float32,
  wait_strategy,  // Helm's own
  post_renderer,  // a plugin: refused
};

struct FlagRow {
  std::string_view name;
  char shorthand = 0;
  FlagType type = FlagType::boolean;
  std::string_view usage;
  /// The value when the flag stands without one ("true" for a boolean is implied).
  std::string_view bare_value = {};
  /// The end of "Flag --x has been deprecated, ..."; "" when it is not.
  std::string_view deprecated = {};
  bool hidden = false;
};

class ParsedFlags {
 public:
  bool boolean(std::string_view name, bool otherwise = false) const;
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  const std::vector<std::string>& list(std::string_view name) const;
  bool changed(std::string_view name) const { return values_.contains(name); }
  std::vector<std::string> arguments;
  bool help = false;
  /// What is printed on standard error, a line each: log lines at once, notices when all flags could be read.
  std::vector<std::string> warnings;
  std::vector<std::string> notices;

 private:
  friend class FlagParser;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// Errors carry pflag's message.
Result<void> parse_flags(std::span<const FlagRow> rows, std::span<const std::string> arguments, ParsedFlags& parsed);

/// One record of Go's encoding/csv.
Result<std::vector<std::string>> read_csv_record(std::string_view text);

}  // namespace rhumb::cli
