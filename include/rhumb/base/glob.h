// Go's filepath.Match: `*` and `?` do not cross a slash, `[a-z]`, `[^a-z]`, `\` takes the next rune as it is.
#pragma once

#include <optional>
#include <string_view>

namespace rhumb {

/// The text of filepath.ErrBadPattern.
inline constexpr std::string_view bad_pattern_text = "syntax error in pattern";

/// Whether the whole name matches; nullopt for a pattern that is malformed where matching got to.
std::optional<bool> glob_match(std::string_view pattern, std::string_view name);

}  // namespace rhumb
