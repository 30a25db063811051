// Constraints are read as the patterns of Masterminds/semver match: what follows is always decided by the next
// character, so that a cursor takes the place of the patterns.
#include <algorithm>
#include <array>
#include <cstdint>

#include "rhumb/base/quote.h"
#include "rhumb/base/semver.h"

namespace rhumb::semver {
namespace {

constexpr std::size_t longest_constraint = 512;
constexpr std::size_t most_groups = 32;
constexpr std::string_view operator_characters = "=!<>~^";
constexpr std::array<std::string_view, 12> operators{"", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_number(char c) { return (c >= '0' && c <= '9') || c == 'x' || c == 'X' || c == '*' || c == '|'; }
bool is_identifier(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}
bool is_wildcard(std::string_view part) { return part == "x" || part == "X" || part == "*"; }

// A version with wildcards, as cvRegex takes it. The views are into the text.
struct Pattern {
  std::string_view all;
  std::string_view major;
  std::string_view minor;       // without its dot
  std::string_view patch;       // without its dot
  std::string_view prerelease;  // with its dash
};

template <typename Predicate>
std::size_t end_of(std::string_view text, std::size_t at, Predicate predicate) {
  while (at < text.size() && predicate(text[at])) ++at;
  return at;
}

// The text behind a lead character, if one of the wanted characters follows it.
template <typename Predicate>
std::size_t end_of_part(std::string_view text, std::size_t at, char lead, Predicate predicate) {
  if (at + 1 >= text.size() || text[at] != lead || !predicate(text[at + 1])) return at;
  return end_of(text, at + 1, predicate);
}

std::size_t end_of_identifiers(std::string_view text, std::size_t at, char lead) {
  std::size_t end = end_of_part(text, at, lead, is_identifier);
  if (end == at) return at;
  for (std::size_t next = end; (next = end_of_part(text, end, '.', is_identifier)) != end;) end = next;
  return end;
}

// Matches at a place, as far as it goes; `all` is empty when nothing matches.
Pattern match_pattern(std::string_view text, std::size_t from) {
  Pattern pattern;
  const std::size_t major = from < text.size() && text[from] == 'v' ? from + 1 : from;
  const std::size_t major_end = end_of(text, major, is_number);
  if (major_end == major) return pattern;
  const std::size_t minor_end = end_of_part(text, major_end, '.', is_number);
  const std::size_t patch_end = minor_end == major_end ? minor_end : end_of_part(text, minor_end, '.', is_number);
  const std::size_t prerelease_end = end_of_identifiers(text, patch_end, '-');
  const std::size_t end = end_of_identifiers(text, prerelease_end, '+');
  pattern.all = text.substr(from, end - from);
  pattern.major = text.substr(major, major_end - major);
  if (minor_end != major_end) pattern.minor = text.substr(major_end + 1, minor_end - major_end - 1);
  if (patch_end != minor_end) pattern.patch = text.substr(minor_end + 1, patch_end - minor_end - 1);
  pattern.prerelease = text.substr(patch_end, prerelease_end - patch_end);
  return pattern;
}

// "a - b" somewhere in a text, with the blanks around it.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view low;
  std::string_view high;
};

bool find_range(std::string_view text, std::size_t from, Range& range) {
  for (; from < text.size(); ++from) {
    const Pattern low = match_pattern(text, end_of(text, from, is_space));
    if (low.all.empty()) continue;
    const auto low_end = static_cast<std::size_t>(low.all.data() - text.data()) + low.all.size();
    const std::size_t dash = end_of(text, low_end, is_space);
    if (dash == low_end || dash >= text.size() || text[dash] != '-') continue;
    const std::size_t high_begin = end_of(text, dash + 1, is_space);
    const Pattern high = match_pattern(text, high_begin);
    if (high_begin == dash + 1 || high.all.empty()) continue;
    range = {from, end_of(text, high_begin + high.all.size(), is_space), low.all, high.all};
    return true;
  }
  return false;
}

// As rewriteRange: each range becomes two comparators, at the first place where the same text stands.
std::string rewrite_ranges(std::string_view text) {
  std::string rewritten(text);
  Range range;
  for (std::size_t from = 0; find_range(text, from, range); from = range.end) {
    const std::string_view whole = text.substr(range.begin, range.end - range.begin);
    const std::size_t at = rewritten.find(whole);
    if (at == std::string::npos) continue;
    rewritten.replace(at, whole.size(), ">= " + std::string(range.low) + ", <= " + std::string(range.high) + " ");
  }
  return rewritten;
}

// As parseConstraint: the version of a comparator, with its open parts as 0.
bool read_version(Comparator& comparator, const Pattern& pattern) {
  std::string text(pattern.all);
  comparator.dirty = true;
  if (is_wildcard(pattern.major)) {
    text = "0.0.0";
  } else if (is_wildcard(pattern.minor) || pattern.minor.empty()) {
    comparator.minor_dirty = true;
    text = std::string(pattern.major) + ".0.0";
  } else if (is_wildcard(pattern.patch) || pattern.patch.empty()) {
    comparator.patch_dirty = true;
    text = std::string(pattern.major) + "." + std::string(pattern.minor) + ".0";
  } else {
    comparator.dirty = false;
  }
  if (comparator.dirty) text += pattern.prerelease;
  Result<Version> version = parse(text);
  if (!version) return false;
  comparator.version = *std::move(version);
  return true;
}

enum class Reading : std::uint8_t { good, improper, bad_version };

// The comparators of one group: separated by blanks or a comma.
Reading read_group(std::string_view text, std::vector<Comparator>& comparators) {
  std::size_t at = end_of(text, 0, is_space);
  Reading reading = Reading::good;
  for (;;) {
    const std::size_t operator_end =
        end_of(text, at, [](char c) { return operator_characters.find(c) != std::string_view::npos; });
    Comparator comparator;
    comparator.operation = text.substr(at, operator_end - at);
    if (std::find(operators.begin(), operators.end(), comparator.operation) == operators.end()) {
      return Reading::improper;
    }
    const Pattern pattern = match_pattern(text, end_of(text, operator_end, is_space));
    if (pattern.all.empty()) return Reading::improper;
    comparator.original = pattern.all;
    if (reading == Reading::good && !read_version(comparator, pattern)) reading = Reading::bad_version;
    const auto end = static_cast<std::size_t>(pattern.all.data() - text.data()) + pattern.all.size();
    comparators.push_back(std::move(comparator));
    at = end_of(text, end, is_space);
    if (at == text.size()) return reading;
    if (text[at] == ',') {
      at = end_of(text, at + 1, is_space);
    } else if (at == end) {
      return Reading::improper;
    }
  }
}

// What the checks below share: the candidate and the comparator in the words of Go's messages.
struct Check {
  const Version& candidate;
  const Comparator& comparator;

  const Version& wanted() const { return comparator.version; }
  int order() const { return compare(candidate, wanted()); }
  /// "" when it holds.
  std::string unless(bool holds, std::string_view relation, std::string_view tail = "") const {
    if (holds) return "";
    return strings::quoted(candidate.string()) + " " + std::string(relation) + " " +
           strings::quoted(comparator.original) + std::string(tail);
  }
};

std::string check_not_equal(const Check& check) {
  const Comparator& comparator = check.comparator;
  const Version& version = check.candidate;
  const Version& wanted = check.wanted();
  bool differs = check.order() != 0;
  if (comparator.dirty) {
    differs = differs || version.major != wanted.major;
    if (version.major == wanted.major) {
      if (comparator.minor_dirty) {
        differs = false;
      } else if (version.minor == wanted.minor && comparator.patch_dirty) {
        Version other = wanted;
        other.patch = version.patch;
        differs = compare(version, other) != 0;
      }
    }
  }
  return check.unless(differs, "is equal to");
}

std::string check_greater(const Check& check) {
  const Version& version = check.candidate;
  const Version& wanted = check.wanted();
  bool greater = check.order() > 0;
  if (check.comparator.dirty && version.major != wanted.major) {
    greater = version.major > wanted.major;
  } else if (check.comparator.minor_dirty) {
    greater = false;  // 11.1 is not above 11
  } else if (check.comparator.patch_dirty) {
    greater = version.minor > wanted.minor;
  }
  return check.unless(greater, "is less than or equal to");
}

std::string check_less_or_equal(const Check& check) {
  const Version& version = check.candidate;
  const Version& wanted = check.wanted();
  bool holds = check.order() <= 0;
  if (check.comparator.dirty) {
    const bool above_minor =
        version.major == wanted.major && version.minor > wanted.minor && !check.comparator.minor_dirty;
    holds = version.major <= wanted.major && !above_minor;
  }
  return check.unless(holds, "is greater than");
}

std::string check_tilde(const Check& check) {
  const Version& version = check.candidate;
  const Version& wanted = check.wanted();
  const Comparator& comparator = check.comparator;
  if (check.order() < 0) return check.unless(false, "is less than");
  if (wanted.major == 0 && wanted.minor == 0 && wanted.patch == 0 && !comparator.minor_dirty &&
      !comparator.patch_dirty) {
    return "";  // ~0.0.0 takes everything from there on
  }
  if (version.major != wanted.major) return check.unless(false, "does not have same major version as");
  return check.unless(version.minor == wanted.minor || comparator.minor_dirty,
                      "does not have same major and minor version as");
}

std::string check_caret(const Check& check) {
  const Version& version = check.candidate;
  const Version& wanted = check.wanted();
  const Comparator& comparator = check.comparator;
  if (check.order() < 0) return check.unless(false, "is less than");
  if (wanted.major > 0 || comparator.minor_dirty || version.major > 0) {
    return check.unless(version.major == wanted.major, "does not have same major version as");
  }
  if (wanted.minor > 0 || comparator.patch_dirty) {
    return check.unless(version.minor == wanted.minor, "does not have same minor version as",
                        ". Expected minor versions to match when constraint major version is 0");
  }
  if (version.minor > 0) return check.unless(false, "does not have same minor version as");
  return check.unless(version.patch == wanted.patch, "does not equal",
                      ". Expect version and constraint to equal when major and minor versions are 0");
}

std::string prerelease_refusal(const Version& version) {
  return strings::quoted(version.string()) +
         " is a prerelease version and the constraint is only looking for release versions";
}

}  // namespace

std::string Comparator::refuse(const Version& candidate, bool with_prereleases) const {
  if (!candidate.prerelease.empty() && !with_prereleases) return prerelease_refusal(candidate);
  const Check check{candidate, *this};
  if (operation == "!=") return check_not_equal(check);
  if (operation == ">") return check_greater(check);
  if (operation == "<") return check.unless(check.order() < 0, "is greater than or equal to");
  if (operation == ">=" || operation == "=>") return check.unless(check.order() >= 0, "is less than");
  if (operation == "<=" || operation == "=<") return check_less_or_equal(check);
  if (operation == "^") return check_caret(check);
  if (dirty || operation == "~" || operation == "~>") return check_tilde(check);
  return check.unless(check.order() == 0, "is not equal to");
}

Result<Constraints> Constraints::parse(std::string_view text) {
  if (text.size() > longest_constraint) return error("constraint string is too long (max 512 bytes)");
  const std::string rewritten = rewrite_ranges(text);
  std::vector<std::string_view> parts;
  std::string_view rest = rewritten;
  for (std::size_t at; (at = rest.find("||")) != std::string_view::npos; rest.remove_prefix(at + 2)) {
    parts.push_back(rest.substr(0, at));
  }
  parts.push_back(rest);
  if (parts.size() > most_groups) return error("too many constraint groups (max 32)");
  Constraints constraints;
  for (const std::string_view part : parts) {
    Group group;
    switch (read_group(part, group.comparators)) {
      case Reading::good: break;
      case Reading::improper: return error("improper constraint: " + strings::quoted(part));
      case Reading::bad_version: return error("constraint parser error");
    }
    group.names_prerelease = std::any_of(group.comparators.begin(), group.comparators.end(),
                                         [](const Comparator& one) { return !one.version.prerelease.empty(); });
    constraints.groups_.push_back(std::move(group));
  }
  return constraints;
}

bool Constraints::check(const Version& version) const {
  return std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
    return std::all_of(group.comparators.begin(), group.comparators.end(),
                       [&](const Comparator& one) { return one.refuse(version, with_prereleases(group)).empty(); });
  });
}

std::vector<std::string> Constraints::validate(const Version& version) const {
  std::vector<std::string> reasons;
  bool said_prerelease = false;
  for (const Group& group : groups_) {
    bool holds = true;
    for (const Comparator& one : group.comparators) {
      std::string reason = one.refuse(version, with_prereleases(group));
      if (reason.empty()) continue;
      holds = false;
      const bool of_prerelease = !version.prerelease.empty() && !with_prereleases(group);
      if (of_prerelease && said_prerelease) continue;
      said_prerelease = said_prerelease || of_prerelease;
      reasons.push_back(std::move(reason));
    }
    if (holds) return {};
  }
  return reasons;
}

std::string Constraints::string() const {
  std::string text;
  for (const Group& group : groups_) {
    if (&group != &groups_.front()) text += " || ";
    for (const Comparator& one : group.comparators) {
      if (&one != &group.comparators.front()) text += ' ';
      text += one.operation + one.original;
    }
  }
  return text;
}

}  // namespace rhumb::semver
