// Base 64 with padding, as Go's base64.StdEncoding: line breaks in the input are skipped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rhumb {

void append_base64(std::string& out, std::string_view data);
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace rhumb
