#include "rhumb/base/glob.h"

#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

enum class Outcome { matched, failed, bad_pattern };

/// A pattern up to the next star: stars before it, its own text, what follows.
struct Chunk {
  bool star = false;
  std::string_view text;
  std::string_view rest;
};

Chunk scan_chunk(std::string_view pattern) {
  Chunk chunk;
  while (pattern.starts_with('*')) {
    pattern.remove_prefix(1);
    chunk.star = true;
  }
  bool in_range = false;
  std::size_t at = 0;
  for (; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\' && at + 1 < pattern.size()) ++at;
    if (c == '[') in_range = true;
    if (c == ']') in_range = false;
    if (c == '*' && !in_range) break;
  }
  chunk.text = pattern.substr(0, at);
  chunk.rest = pattern.substr(at);
  return chunk;
}

/// One bound of a range, unescaped; moves `chunk` on. As getEsc.
std::optional<char32_t> take_bound(std::string_view& chunk) {
  if (chunk.empty() || chunk[0] == '-' || chunk[0] == ']') return std::nullopt;
  if (chunk[0] == '\\') {
    chunk.remove_prefix(1);
    if (chunk.empty()) return std::nullopt;
  }
  const utf8::Rune rune = utf8::decode(chunk);
  if (rune.invalid()) return std::nullopt;
  chunk.remove_prefix(rune.width);
  if (chunk.empty()) return std::nullopt;
  return rune.value;
}

/// A character class whose '[' is consumed; nullopt for a malformed one.
std::optional<bool> match_class(std::string_view& chunk, char32_t rune) {
  const bool negated = chunk.starts_with('^');
  if (negated) chunk.remove_prefix(1);
  bool match = false;
  for (int ranges = 0;; ++ranges) {
    if (ranges > 0 && chunk.starts_with(']')) {
      chunk.remove_prefix(1);
      return match != negated;
    }
    const std::optional<char32_t> low = take_bound(chunk);
    if (!low) return std::nullopt;
    std::optional<char32_t> high = low;
    if (chunk[0] == '-') {
      chunk.remove_prefix(1);
      high = take_bound(chunk);
      if (!high) return std::nullopt;
    }
    match = match || (*low <= rune && rune <= *high);
  }
}

/// Matches the chunk at the start of the name and moves the name on. A match that has failed still reads the chunk to
/// its end, since a malformed one is an error all the same. As matchChunk.
Outcome match_chunk(std::string_view chunk, std::string_view& name) {
  std::string_view rest = name;
  bool failed = false;
  while (!chunk.empty()) {
    failed = failed || rest.empty();
    const char c = chunk[0];
    chunk.remove_prefix(1);
    if (c == '[') {
      const utf8::Rune rune = failed ? utf8::Rune{0, 0} : utf8::decode(rest);
      rest.remove_prefix(rune.width);
      const std::optional<bool> match = match_class(chunk, rune.value);
      if (!match) return Outcome::bad_pattern;
      failed = failed || !*match;
      continue;
    }
    if (c == '?') {
      if (failed) continue;
      failed = rest[0] == '/';
      rest.remove_prefix(utf8::decode(rest).width);
      continue;
    }
    char literal = c;
    if (c == '\\') {
      if (chunk.empty()) return Outcome::bad_pattern;
      literal = chunk[0];
      chunk.remove_prefix(1);
    }
    if (failed) continue;
    failed = literal != rest[0];
    rest.remove_prefix(1);
  }
  if (failed) return Outcome::failed;
  name = rest;
  return Outcome::matched;
}

/// Tries the chunk behind a star at every later place of the name, never beyond a slash.
Outcome match_behind_star(const Chunk& chunk, std::string_view& name) {
  for (std::size_t i = 0; i < name.size() && name[i] != '/'; ++i) {
    std::string_view rest = name.substr(i + 1);
    const Outcome outcome = match_chunk(chunk.text, rest);
    if (outcome == Outcome::bad_pattern) return outcome;
    if (outcome == Outcome::failed || (chunk.rest.empty() && !rest.empty())) continue;
    name = rest;
    return Outcome::matched;
  }
  return Outcome::failed;
}

}  // namespace

std::optional<bool> glob_match(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    const Chunk chunk = scan_chunk(pattern);
    pattern = chunk.rest;
    if (chunk.star && chunk.text.empty()) return name.find('/') == std::string_view::npos;
    std::string_view rest = name;
    Outcome outcome = match_chunk(chunk.text, rest);
    if (outcome == Outcome::matched && (rest.empty() || !pattern.empty())) {
      name = rest;
      continue;
    }
    if (outcome == Outcome::bad_pattern) return std::nullopt;
    outcome = chunk.star ? match_behind_star(chunk, name) : Outcome::failed;
    if (outcome == Outcome::bad_pattern) return std::nullopt;
    if (outcome == Outcome::failed) return false;
  }
  return name.empty();
}

}  // namespace rhumb
