// Classes of characters by name, and how RE2 is told of them.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::regex {

/// "[:alpha:]", "[:^alpha:]".
bool is_posix_class(std::string_view name);

/// Appends what stands for \p{name} (\P{name} when `negative`) within brackets or outside of them. False for a name
/// that Go does not know.
bool append_unicode_class(std::string& out, std::string_view name, bool negative, bool in_brackets);

/// A character that stands for itself, within brackets or outside.
void append_regex_rune(std::string& out, char32_t rune);

}  // namespace rhumb::regex
