// Patterns for people who want to name several things at once.
#pragma once

#include <string_view>

namespace rhumb {

/// Whether the whole text matches: `*` is any text, slashes included, `?` one byte, everything else is itself.
/// Takes at most the product of both lengths.
bool wildcard_match(std::string_view pattern, std::string_view text);

inline bool has_wildcard(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

}  // namespace rhumb
