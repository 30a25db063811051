// Text in Go's double quotes, for the messages of modules below `value`.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::strings {

/// As strconv.Quote: what is not printable is escaped, an invalid byte as \xHH.
void append_quoted(std::string& out, std::string_view text);
std::string quoted(std::string_view text);

}  // namespace rhumb::strings
