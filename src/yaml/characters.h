// What libyaml's reader makes of the characters of a text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace rhumb::yaml {

/// The number of characters of a text that libyaml's reader would pass on as it is; nothing for what it refuses, drops
/// or might: malformed UTF-8, controls, byte order marks.
std::optional<std::size_t> plain_characters(std::string_view text);

/// Whether there is a line break in it that is no line feed.
bool has_other_break(std::string_view text);

}  // namespace rhumb::yaml
