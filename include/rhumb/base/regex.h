// Compiled regular expressions over Go's view of a text: an invalid byte is a U+FFFD of one byte. RE2 lives here.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/limits.h"

namespace re2 {
class RE2;
}

namespace rhumb {

/// A part of a text, in bytes; begin is npos for a group that took no part in the match.
struct RegexRange {
  std::size_t begin = std::string_view::npos;
  std::size_t end = std::string_view::npos;

  bool found() const { return begin != std::string_view::npos; }
};

/// The whole match, then the groups.
using RegexMatch = std::vector<RegexRange>;

class Regex {
 public:
  /// Never null; the result is kept for the next call, of whatever thread. Throws LimitError.
  static std::shared_ptr<const Regex> compile(const Limits& limits, std::string_view pattern);

  Regex(const Limits& limits, std::string_view pattern);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  /// Go's text, "error parsing regexp: ..."; empty for a good pattern.
  const std::string& error() const { return error_; }
  const std::string& pattern() const { return pattern_; }
  std::size_t group_count() const { return group_names_.size() - 1; }
  const std::vector<std::string>& group_names() const { return group_names_; }
  /// Small enough to be kept.
  bool is_small() const { return small_; }

 private:
  friend class RegexSubject;

  std::string pattern_;
  std::vector<std::string> group_names_;
  std::string error_;
  const re2::RE2& program() const;

  /// Made when it is first asked for, where it is sure that RE2 takes it.
  mutable std::once_flag once_;
  mutable std::unique_ptr<re2::RE2> program_;
  std::string translated_;
  bool small_ = false;
  bool has_no_boundary_ = false;
};

/// A text that is searched. Positions are those of the text as it was given.
class RegexSubject {
 public:
  RegexSubject(const Regex& regex, std::string_view text);

  bool matches() const;
  /// The places of all matches, or of the first `most` of them, as Regexp.FindAllStringIndex.
  std::vector<RegexRange> find_all(std::size_t most) const;
  /// The matches as Regexp.replaceAll visits them, each with `count` ranges, and whether it is replaced.
  template <typename Visit>
  void for_each_replaced(std::size_t count, Visit visit) const {
    std::size_t last_end = 0;
    RegexMatch match;
    for (std::size_t position = 0; position <= text_.size();) {
      if (!match_at(position, count, match)) break;
      const RegexRange whole = match[0];
      // An empty match right behind another match is none.
      const bool replaces = whole.end > last_end || whole.begin == 0;
      last_end = whole.end;
      position = next_position(position, whole.end);
      for (RegexRange& range : match) range = original(range);
      visit(match, replaces);
    }
  }

 private:
  /// The leftmost match from a position on; `match` gets the whole and the groups, `count` ranges in all.
  bool match_at(std::size_t position, std::size_t count, RegexMatch& match) const;
  bool match_bytes_at(std::size_t position, std::size_t count, RegexMatch& match) const;
  std::size_t next_position(std::size_t position, std::size_t match_end) const;
  RegexRange original(RegexRange range) const;
  std::size_t original(std::size_t position) const;

  const Regex& regex_;
  std::string valid_;
  std::string_view text_;
  std::vector<std::size_t> replaced_;  // where an invalid byte became three
};

}  // namespace rhumb
