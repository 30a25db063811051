// .helmignore: which files of a folder are no part of the chart. As package ignore of helm 4.3.1, with its surprises:
// a negated pattern ignores everything that it does not match, and the first rule that matches decides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/log.h"
#include "rhumb/base/result.h"

namespace rhumb::chart {

class IgnoreRules {
 public:
  /// Errors: "double-star (**) syntax is not supported", "syntax error in pattern", "bufio.Scanner: token too long".
  static Result<IgnoreRules> parse(std::string_view text);
  /// Dot files right below templates/.
  void add_defaults();
  /// `path` is relative to the chart's root. A pattern that turns out to be malformed is logged and does not match.
  bool ignores(std::string_view path, bool is_directory, Log& log) const;

 private:
  enum class Scope { base_name, path };
  /// Most patterns are a name, or a star and the end of one.
  enum class Form { exact, ending, general };
  struct Rule {
    std::string pattern;
    Form form = Form::general;
    Scope scope = Scope::base_name;
    bool negated = false;
    bool directories_only = false;
  };

  Result<void> add(std::string_view line);
  static Form form_of(std::string_view pattern);
  static bool matches(const Rule& rule, std::string_view path, std::string_view base, Log& log);

  std::vector<Rule> rules_;
};

}  // namespace rhumb::chart
