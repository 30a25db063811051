#include "ignore.h"

#include "rhumb/base/glob.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"

namespace rhumb::chart {
namespace {

/// What a line may have for Go's bufio.Scanner.
constexpr std::size_t longest_line = (64 << 10) - 1;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Result<IgnoreRules> IgnoreRules::parse(std::string_view text) {
  IgnoreRules rules;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.size() > longest_line) return error("bufio.Scanner: token too long");
    if (at == 0) line = strings::trim_prefix(line, byte_order_mark);
    at = end + 1;
    if (Result<void> added = rules.add(line); !added) return added.error();
  }
  return rules;
}

void IgnoreRules::add_defaults() { (void)add("templates/.?*"); }

/// As parseRule. A malformed pattern is only noticed as far as matching it against "abc" gets.
Result<void> IgnoreRules::add(std::string_view line) {
  line = strings::trim_space(line);
  if (line.empty() || line.starts_with('#')) return {};
  if (strings::contains(line, "**")) return error("double-star (**) syntax is not supported");
  if (!glob_match(line, "abc")) return error(std::string(bad_pattern_text));
  Rule rule;
  if (line.starts_with('!')) {
    rule.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    rule.directories_only = true;
    line.remove_suffix(1);
  }
  if (strings::contains(line, "/")) rule.scope = Scope::path;
  rule.pattern = strings::trim_prefix(line, "/");
  rule.form = form_of(rule.pattern);
  rules_.push_back(std::move(rule));
  return {};
}

IgnoreRules::Form IgnoreRules::form_of(std::string_view pattern) {
#ifdef RHUMB_STRESS
  if (!pattern.empty()) return Form::general;
#endif
  constexpr std::string_view special = "*?[\\";
  if (pattern.find_first_of(special) == std::string_view::npos) return Form::exact;
  const bool is_ending = pattern[0] == '*' && pattern.find_first_of(special, 1) == std::string_view::npos;
  return is_ending ? Form::ending : Form::general;
}

bool IgnoreRules::ignores(std::string_view path, bool is_directory, Log& log) const {
  if (path.empty() || path == "." || path == "./") return false;
  const std::string_view base = path::base(path);
  for (const Rule& rule : rules_) {
    if (rule.negated) {
      if (rule.directories_only && !is_directory) return true;
      if (!matches(rule, path, base, log)) return true;
      continue;
    }
    if (rule.directories_only && !is_directory) continue;
    if (matches(rule, path, base, log)) return true;
  }
  return false;
}

bool IgnoreRules::matches(const Rule& rule, std::string_view path, std::string_view base, Log& log) {
  const std::string_view name = rule.scope == Scope::base_name ? base : path;
  if (rule.form == Form::exact) return name == rule.pattern;
  if (rule.form == Form::ending) {
    const std::string_view end = std::string_view(rule.pattern).substr(1);
    return name.ends_with(end) && name.find('/') >= name.size() - end.size();
  }
  const std::optional<bool> matched = glob_match(rule.pattern, name);
  if (matched) return *matched;
  log.write(LogLevel::error, "failed to compile", {{"rule", rule.pattern}, {"error", std::string(bad_pattern_text)}});
  return false;
}

}  // namespace rhumb::chart
