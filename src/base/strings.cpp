#include "rhumb/base/strings.h"

#include <algorithm>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::strings {
namespace {

template <typename Drops>
std::string_view trim_left_if(std::string_view text, Drops drops) {
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    if (!drops(rune.value)) break;
    text.remove_prefix(rune.width);
  }
  return text;
}

template <typename Drops>
std::string_view trim_right_if(std::string_view text, Drops drops) {
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode_last(text);
    if (!drops(rune.value)) break;
    text.remove_suffix(rune.width);
  }
  return text;
}

auto in_set(std::u32string_view set) {
  return [set](char32_t rune) { return set.find(rune) != std::u32string_view::npos; };
}

template <typename Mapping>
std::string map_runes(std::string_view text, Mapping mapping) {
  std::string out;
  out.reserve(text.size());
  for (const utf8::Rune rune : utf8::Runes(text)) utf8::append(out, mapping(rune.value));
  return out;
}

/// As isSeparator of package strings.
bool is_separator(char32_t rune) {
  if (rune < 0x80) return !unicode::is_letter(rune) && !unicode::is_digit(rune) && rune != '_';
  if (unicode::is_letter(rune) || unicode::is_digit(rune)) return false;
  return unicode::is_space(rune);
}

std::vector<std::string_view> explode(std::string_view text, std::size_t n) {
  std::vector<std::string_view> parts;
  while (!text.empty() && parts.size() + 1 < n) {
    const std::size_t width = utf8::decode(text).width;
    parts.push_back(text.substr(0, width));
    text.remove_prefix(width);
  }
  if (!text.empty()) parts.push_back(text);
  return parts;
}

template <typename Part>
std::string join_parts(const std::vector<Part>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

}  // namespace

std::string_view trim_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view trim_suffix(std::string_view text, std::string_view suffix) {
  return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

std::string_view trim_space(std::string_view text) {
  return trim_right_if(trim_left_if(text, unicode::is_space), unicode::is_space);
}

std::string_view trim_left_space(std::string_view text) { return trim_left_if(text, unicode::is_space); }

std::string_view trim(std::string_view text, std::string_view cutset) {
  return trim_right(trim_left(text, cutset), cutset);
}

std::string_view trim_left(std::string_view text, std::string_view cutset) {
  const std::u32string set = utf8::to_runes(cutset);
  return trim_left_if(text, in_set(set));
}

std::string_view trim_right(std::string_view text, std::string_view cutset) {
  const std::u32string set = utf8::to_runes(cutset);
  return trim_right_if(text, in_set(set));
}

std::size_t count(std::string_view text, std::string_view part) {
  if (part.empty()) return utf8::rune_count(text) + 1;
  std::size_t places = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
    ++places;
  }
  return places;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  return split_n(text, separator, -1);
}

std::vector<std::string_view> split_n(std::string_view text, std::string_view separator, std::ptrdiff_t n) {
  if (n == 0) return {};
  const std::size_t most = n < 0 ? SIZE_MAX : static_cast<std::size_t>(n);
  if (separator.empty()) return explode(text, most);
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < most) {
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(text);
  return parts;
}

std::vector<std::string_view> fields(std::string_view text) {
  std::vector<std::string_view> parts;
  for (text = trim_left_if(text, unicode::is_space); !text.empty(); text = trim_left_if(text, unicode::is_space)) {
    const std::string_view rest = trim_left_if(text, [](char32_t rune) { return !unicode::is_space(rune); });
    parts.push_back(text.substr(0, text.size() - rest.size()));
    text = rest;
  }
  return parts;
}

std::string join(const std::vector<std::string_view>& parts, std::string_view separator) {
  return join_parts(parts, separator);
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return join_parts(parts, separator);
}

std::string replace(std::string_view text, std::string_view old, std::string_view with, std::ptrdiff_t n) {
  std::string out;
  std::size_t from = 0;
  const auto places = n < 0 ? SIZE_MAX : static_cast<std::size_t>(n);
  for (std::size_t done = 0; done < places; ++done) {
    std::size_t at = from;
    if (old.empty()) {
      // Before the first rune, behind each of them.
      if (done > 0) {
        if (from == text.size()) break;
        at += utf8::decode(text.substr(from)).width;
      }
    } else {
      at = text.find(old, from);
      if (at == std::string_view::npos) break;
    }
    out.append(text, from, at - from);
    out += with;
    from = at + old.size();
  }
  out.append(text, from);
  return out;
}

std::string to_upper(std::string_view text) { return map_runes(text, unicode::to_upper); }

std::string to_lower(std::string_view text) { return map_runes(text, unicode::to_lower); }

std::string title(std::string_view text) {
  char32_t previous = ' ';
  return map_runes(text, [&previous](char32_t rune) {
    const bool starts = is_separator(previous);
    previous = rune;
    return starts ? unicode::to_title(rune) : rune;
  });
}

bool equal_fold(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const utf8::Rune x = utf8::decode(a);
    const utf8::Rune y = utf8::decode(b);
    a.remove_prefix(x.width);
    b.remove_prefix(y.width);
    if (x.value == y.value) continue;
    char32_t folded = unicode::simple_fold(x.value);
    while (folded != x.value && folded != y.value) folded = unicode::simple_fold(folded);
    if (folded != y.value) return false;
  }
  return a.empty() && b.empty();
}

}  // namespace rhumb::strings
