#include "funcs/support/glob_matcher.h"

#include <algorithm>

#include "rhumb/base/limits.h"
#include "rhumb/base/utf8.h"
#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {
namespace {

constexpr std::size_t most_work = 200'000'000;

bool has(const std::u32string& runes, char32_t rune) { return runes.find(rune) != std::u32string::npos; }

/// What utf8.RuneLen says of a decoded rune: 3 for the stand-in of an invalid byte.
std::size_t rune_length(utf8::Rune rune) { return rune.invalid() ? 3 : rune.width; }

std::size_t find_separator(std::string_view text, const std::u32string& separators) {
  for (const char32_t separator : separators) {
    const std::size_t at = text.find(utf8::encode(separator));
    if (at != std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

/// Whether a rune fits a matcher of one rune.
bool fits(const Matcher& matcher, char32_t rune) {
  switch (matcher.kind) {
    case MatcherKind::single: return !has(matcher.runes, rune);
    case MatcherKind::list: return has(matcher.runes, rune) != matcher.negated;
    default: return (rune >= matcher.low && rune <= matcher.high) != matcher.negated;
  }
}

/// The start of every rune, and the end.
std::vector<std::size_t> rune_starts(std::string_view text, std::size_t offset = 0) {
  std::vector<std::size_t> starts;
  std::size_t at = offset;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    starts.push_back(at);
    at += rune.width;
  }
  starts.push_back(offset + text.size());
  return starts;
}

/// `first`, then the end of every rune behind it.
std::vector<std::size_t> rune_ends(std::string_view text, std::size_t first) {
  std::vector<std::size_t> ends{first};
  std::size_t at = first;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    ends.push_back(at + rune_length(rune));
    at += rune.width;
  }
  return ends;
}

MatchIndex index_any(const Matcher& matcher, std::string_view text) {
  return {true, 0, rune_starts(text.substr(0, find_separator(text, matcher.runes)))};
}

MatchIndex index_rune(const Matcher& matcher, std::string_view text) {
  std::size_t at = 0;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (fits(matcher, rune.value)) return {true, at, {rune_length(rune)}};
    at += rune.width;
  }
  return {};
}

MatchIndex index_contains(const Matcher& matcher, std::string_view text) {
  const std::size_t at = text.find(matcher.text);
  if (matcher.negated) return {true, 0, rune_starts(text.substr(0, at))};
  if (at == std::string_view::npos) return {};
  const std::size_t end = at + matcher.text.size();
  if (text.size() <= end) return {true, 0, {end}};
  return {true, 0, rune_starts(text.substr(end), end)};
}

MatchIndex index_prefix(const Matcher& matcher, std::string_view text) {
  const std::size_t at = text.find(matcher.text);
  if (at == std::string_view::npos) return {};
  std::string_view rest = text.substr(at + matcher.text.size());
  if (matcher.kind == MatcherKind::prefix_any) rest = rest.substr(0, find_separator(rest, matcher.runes));
  return {true, at, rune_ends(rest, matcher.text.size())};
}

MatchIndex index_suffix(const Matcher& matcher, std::string_view text) {
  const std::size_t at = text.find(matcher.text);
  if (at == std::string_view::npos) return {};
  std::size_t start = 0;
  if (matcher.kind == MatcherKind::suffix_any) {
    for (const char32_t separator : matcher.runes) {
      const std::size_t last = text.substr(0, at).rfind(utf8::encode(separator));
      if (last == std::string_view::npos) continue;
      start = last + 1;
      break;
    }
  }
  return {true, start, {at + matcher.text.size() - start}};
}

MatchIndex index_prefix_suffix(const Matcher& matcher, std::string_view text) {
  const std::size_t at = text.find(matcher.text);
  if (at == std::string_view::npos) return {};
  std::string_view rest = text.substr(at);
  if (matcher.suffix.empty()) return {true, at, {rest.size()}};
  std::vector<std::size_t> lengths;
  for (std::size_t last = 0; !rest.empty() && (last = rest.rfind(matcher.suffix)) != std::string_view::npos;) {
    lengths.push_back(last + matcher.suffix.size());
    rest = rest.substr(0, last);
  }
  if (lengths.empty()) return {};
  std::reverse(lengths.begin(), lengths.end());
  return {true, at, std::move(lengths)};
}

MatchIndex index_min(const Matcher& matcher, std::string_view text) {
  if (static_cast<std::ptrdiff_t>(text.size()) - matcher.limit + 1 <= 0) return {};
  std::vector<std::size_t> lengths;
  std::size_t at = 0;
  std::ptrdiff_t count = 0;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (++count >= matcher.limit) lengths.push_back(at + rune_length(rune));
    at += rune.width;
  }
  if (lengths.empty()) return {};
  return {true, 0, std::move(lengths)};
}

MatchIndex index_max(const Matcher& matcher, std::string_view text) {
  std::vector<std::size_t> lengths = rune_ends(text, 0);
  lengths.resize(std::min(lengths.size(), static_cast<std::size_t>(matcher.limit) + 1));
  return {true, 0, std::move(lengths)};
}

MatchIndex index_text(const Matcher& matcher, std::string_view text) {
  const std::size_t at = text.find(matcher.text);
  if (at == std::string_view::npos) return {};
  return {true, at, {matcher.text.size()}};
}

std::ptrdiff_t any_of_length(const Matchers& parts) {
  std::ptrdiff_t length = -1;
  for (const Matcher* const part : parts) {
    const std::ptrdiff_t own = part->length();
    if (length == -1) {
      length = own;
    } else if (own != length) {
      return -1;
    }
  }
  return length;
}

}  // namespace

std::ptrdiff_t Matcher::length() const {
  switch (kind) {
    case MatcherKind::single:
    case MatcherKind::list:
    case MatcherKind::range: return 1;
    case MatcherKind::text: return static_cast<std::ptrdiff_t>(utf8::rune_count(text));
    case MatcherKind::nothing: return 0;
    case MatcherKind::row: return limit;
    case MatcherKind::any_of: return any_of_length(parts);
    case MatcherKind::tree: return tree_length;
    default: return -1;
  }
}

void MatchRun::spend(std::size_t bytes) {
  spent_ += bytes + 1;
  if (spent_ > most_work) throw LimitError("a glob takes too long to match");
}

bool MatchRun::match_rune(const Matcher& matcher, std::string_view text) const {
  const utf8::Rune rune = utf8::decode(text);
  return text.size() <= rune.width && fits(matcher, rune.value);
}

bool MatchRun::match(const Matcher& matcher, std::string_view text) {
  spend(text.size());
  const auto part_matches = [&](const Matcher* part) { return match(*part, text); };
  const auto no_separator = [&](std::string_view rest) {
    return find_separator(rest, matcher.runes) == std::string_view::npos;
  };
  const auto rune_count = [&] { return static_cast<std::ptrdiff_t>(utf8::rune_count(text)); };
  switch (matcher.kind) {
    case MatcherKind::any: return no_separator(text);
    case MatcherKind::super: return true;
    case MatcherKind::single:
    case MatcherKind::list:
    case MatcherKind::range: return match_rune(matcher, text);
    case MatcherKind::text: return text == matcher.text;
    case MatcherKind::nothing: return text.empty();
    case MatcherKind::prefix: return text.starts_with(matcher.text);
    case MatcherKind::suffix: return text.ends_with(matcher.text);
    case MatcherKind::prefix_suffix: return text.starts_with(matcher.text) && text.ends_with(matcher.suffix);
    case MatcherKind::prefix_any:
      return text.starts_with(matcher.text) && no_separator(text.substr(matcher.text.size()));
    case MatcherKind::suffix_any:
      return text.ends_with(matcher.text) && no_separator(text.substr(0, text.size() - matcher.text.size()));
    case MatcherKind::contains: return (text.find(matcher.text) != std::string_view::npos) != matcher.negated;
    case MatcherKind::min: return rune_count() >= matcher.limit;
    case MatcherKind::max: return rune_count() <= matcher.limit;
    case MatcherKind::row: return rune_count() == matcher.limit && match_row(matcher, text);
    case MatcherKind::any_of: return std::any_of(matcher.parts.begin(), matcher.parts.end(), part_matches);
    case MatcherKind::every_of: return std::all_of(matcher.parts.begin(), matcher.parts.end(), part_matches);
    case MatcherKind::tree: return match_tree(matcher, text);
  }
  return false;
}

MatchIndex MatchRun::index(const Matcher& matcher, std::string_view text) {
  spend(text.size());
  switch (matcher.kind) {
    case MatcherKind::any: return index_any(matcher, text);
    case MatcherKind::super: return {true, 0, rune_starts(text)};
    case MatcherKind::single:
    case MatcherKind::list:
    case MatcherKind::range: return index_rune(matcher, text);
    case MatcherKind::text: return index_text(matcher, text);
    case MatcherKind::nothing: return {true, 0, {0}};
    case MatcherKind::prefix:
    case MatcherKind::prefix_any: return index_prefix(matcher, text);
    case MatcherKind::suffix:
    case MatcherKind::suffix_any: return index_suffix(matcher, text);
    case MatcherKind::prefix_suffix: return index_prefix_suffix(matcher, text);
    case MatcherKind::contains: return index_contains(matcher, text);
    case MatcherKind::min: return index_min(matcher, text);
    case MatcherKind::max: return index_max(matcher, text);
    case MatcherKind::row: return index_row(matcher, text);
    case MatcherKind::any_of: return index_any_of(matcher, text);
    case MatcherKind::every_of: return index_every_of(matcher, text);
    case MatcherKind::tree: return {};  // the library has no answer here, so that what asks never matches
  }
  return {};
}

bool MatchRun::match_row(const Matcher& row, std::string_view text) {
  std::size_t at = 0;
  for (const Matcher* const part : row.parts) {
    const std::ptrdiff_t length = part->length();
    std::size_t last = 0;  // where the last rune of the part starts
    std::size_t place = 0;
    std::ptrdiff_t count = 0;
    for (const utf8::Rune rune : utf8::Runes(text.substr(at))) {
      last = place;
      place += rune.width;
      if (++count == length) break;
    }
    if (count < length) return false;
    const std::size_t end = at + last + 1;  // one byte behind that start, whatever the width of the rune
    if (end > text.size()) {
      throw gotmpl::FunctionError{"runtime error: slice bounds out of range [:" + std::to_string(end) +
                                  "] with length " + std::to_string(text.size())};
    }
    if (!match(*part, text.substr(at, last + 1))) return false;
    at = end;
  }
  return true;
}

MatchIndex MatchRun::index_row(const Matcher& row, std::string_view text) {
  std::size_t at = 0;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (static_cast<std::ptrdiff_t>(text.size() - at) < row.limit) break;
    if (match_row(row, text.substr(at))) return {true, at, {static_cast<std::size_t>(row.limit)}};
    at += rune.width;
  }
  return {};
}

MatchIndex MatchRun::index_any_of(const Matcher& matcher, std::string_view text) {
  MatchIndex best;
  for (const Matcher* const part : matcher.parts) {
    MatchIndex own = index(*part, text);
    if (!own.found || (best.found && own.start > best.start)) continue;
    if (!best.found || own.start < best.start) {
      best = std::move(own);
      continue;
    }
    std::vector<std::size_t> both;
    std::set_union(best.lengths.begin(), best.lengths.end(), own.lengths.begin(), own.lengths.end(),
                   std::back_inserter(both));
    best.lengths = std::move(both);
  }
  return best;
}

MatchIndex MatchRun::index_every_of(const Matcher& matcher, std::string_view text) {
  MatchIndex result;
  std::size_t start = 0;
  std::size_t offset = 0;
  std::string_view rest = text;
  for (std::size_t i = 0; i < matcher.parts.size(); ++i) {
    MatchIndex own = index(*matcher.parts[i], rest);
    if (!own.found) return {};
    if (i == 0) {
      result = std::move(own);
      start = result.start;
      offset = result.start;
      rest = text.substr(start);
      continue;
    }
    std::vector<std::size_t> both;
    for (const std::size_t length : result.lengths) {
      for (const std::size_t other : own.lengths) {
        if (length + start == other + own.start + offset) both.push_back(other);
      }
    }
    if (both.empty()) return {};
    result.lengths = std::move(both);
    start = own.start + offset;
    rest = text.substr(std::min(start, text.size()));
    offset += own.start;
  }
  result.start = start;
  return result;
}

bool MatchRun::match_tree(const Matcher& tree, std::string_view text) {
  const auto size = static_cast<std::ptrdiff_t>(text.size());
  if (tree.tree_length != -1 && tree.tree_length > size) return false;
  const auto side_matches = [&](const Matcher* side, std::string_view part) {
    return side == nullptr ? part.empty() : match(*side, part);
  };
  // Runes stand for bytes here: a rune takes at least one.
  std::ptrdiff_t offset = std::max<std::ptrdiff_t>(tree.left_length, 0);
  const std::ptrdiff_t limit = tree.right_length >= 0 ? size - tree.right_length : size;
  while (offset < limit) {
    const MatchIndex found =
        index(*tree.value, text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(limit - offset)));
    if (!found.found) return false;
    const std::size_t start = static_cast<std::size_t>(offset) + found.start;
    if (side_matches(tree.left, text.substr(0, start))) {
      for (auto length = found.lengths.rbegin(); length != found.lengths.rend(); ++length) {
        if (side_matches(tree.right, text.substr(std::min(start + *length, text.size())))) return true;
      }
    }
    offset = static_cast<std::ptrdiff_t>(start + utf8::decode(text.substr(start)).width);
  }
  return false;
}

}  // namespace rhumb::funcs
