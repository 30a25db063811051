// The matchers of a compiled glob (see file_glob.h): each can match a whole text, say where in a text its first match
// starts and which lengths it can have there, and how many runes it takes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::funcs {

enum class MatcherKind : unsigned char {
  any,     // no separator
  super,   // anything
  single,  // a rune that is no separator
  list,
  range,  // a rune
  text,
  nothing,
  prefix,
  suffix,
  prefix_suffix,
  prefix_any,  // a text, then no separator
  suffix_any,
  contains,
  min,
  max,  // so many runes
  row,  // matchers of fixed length in sequence
  any_of,
  every_of,
  tree,  // a matcher with others to its left and right
};

struct Matcher;
using Matchers = std::vector<const Matcher*>;

/// Where a match starts and how long it can be, in bytes; found is false for none.
struct MatchIndex {
  bool found = false;
  std::size_t start = 0;
  std::vector<std::size_t> lengths;
};

struct Matcher {
  MatcherKind kind = MatcherKind::nothing;
  std::string text;      // of text, prefix, contains ...
  std::string suffix;    // of prefix_suffix
  std::u32string runes;  // of a list; the separators of any, single, prefix_any, suffix_any
  char32_t low = 0;
  char32_t high = 0;
  bool negated = false;
  std::ptrdiff_t limit = 0;        // of min and max; the runes of a row
  Matchers parts;                  // of row, any_of and every_of
  const Matcher* value = nullptr;  // of a tree
  const Matcher* left = nullptr;
  const Matcher* right = nullptr;
  std::ptrdiff_t left_length = 0;
  std::ptrdiff_t right_length = 0;
  std::ptrdiff_t tree_length = 0;

  /// Runes that it takes; -1 when that varies.
  std::ptrdiff_t length() const;
};

/// Matches with a bound on the work: throws LimitError above it.
class MatchRun {
 public:
  bool match(const Matcher& matcher, std::string_view text);

 private:
  MatchIndex index(const Matcher& matcher, std::string_view text);
  bool match_rune(const Matcher& matcher, std::string_view text) const;
  bool match_row(const Matcher& row, std::string_view text);
  bool match_tree(const Matcher& tree, std::string_view text);
  MatchIndex index_any_of(const Matcher& matcher, std::string_view text);
  MatchIndex index_every_of(const Matcher& matcher, std::string_view text);
  MatchIndex index_row(const Matcher& row, std::string_view text);
  void spend(std::size_t bytes);

  std::size_t spent_ = 0;
};

}  // namespace rhumb::funcs
