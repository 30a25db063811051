// Keys of TOML: "a", "a.b", "a.\"b c\"".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rhumb::funcs {

using TomlKey = std::vector<std::string>;

/// With TOML's escapes, and quotes around.
std::string quote_toml(std::string_view text);
/// One part, quoted unless it is bare.
std::string toml_key_part(std::string_view part);
/// All parts with dots between them.
std::string toml_key_text(const TomlKey& key);

}  // namespace rhumb::funcs
