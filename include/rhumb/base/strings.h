// What Go's package strings does and <string> does not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::strings {

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
inline bool has_prefix(std::string_view text, std::string_view prefix) { return text.starts_with(prefix); }
inline bool has_suffix(std::string_view text, std::string_view suffix) { return text.ends_with(suffix); }
std::string_view trim_prefix(std::string_view text, std::string_view prefix);
std::string_view trim_suffix(std::string_view text, std::string_view suffix);

/// Without Unicode white space at both ends, as strings.TrimSpace.
std::string_view trim_space(std::string_view text);
/// The same at the start only, as strings.TrimLeftFunc with unicode.IsSpace.
std::string_view trim_left_space(std::string_view text);
/// Without the runes of the set at both ends, at the start, at the end. An invalid byte of the text counts as U+FFFD.
std::string_view trim(std::string_view text, std::string_view cutset);
std::string_view trim_left(std::string_view text, std::string_view cutset);
std::string_view trim_right(std::string_view text, std::string_view cutset);

/// The number of places without overlap; rune_count + 1 for an empty part.
std::size_t count(std::string_view text, std::string_view part);
/// As strings.Split: an empty separator splits into runes.
std::vector<std::string_view> split(std::string_view text, std::string_view separator);
/// As strings.SplitN: at most n parts, all for a negative n, none for 0.
std::vector<std::string_view> split_n(std::string_view text, std::string_view separator, std::ptrdiff_t n);
/// The parts between runs of white space.
std::vector<std::string_view> fields(std::string_view text);
std::string join(const std::vector<std::string_view>& parts, std::string_view separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// As strings.Replace: the first n places, all for a negative n. An empty `old` matches before each rune and at the
/// end.
std::string replace(std::string_view text, std::string_view old, std::string_view with, std::ptrdiff_t n = -1);

/// Invalid bytes become U+FFFD, as strings.ToUpper and ToLower.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
/// As strings.Title: the rune behind each separator in title case.
std::string title(std::string_view text);
/// As strings.EqualFold.
bool equal_fold(std::string_view a, std::string_view b);

}  // namespace rhumb::strings
