#include "funcs/support/toml_key.h"

#include <algorithm>

#include "funcs/support/toml_runes.h"

namespace rhumb::funcs {

std::string quote_toml(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\f': out += "\\f"; break;
      case '\r': out += "\\r"; break;
      default:
        if (byte >= 0x20 && byte != 0x7f) {
          out += c;
        } else {
          out += {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        }
    }
  }
  return out + '"';
}

std::string toml_key_part(std::string_view part) {
  const auto is_bare = [](char c) { return toml::is_bare_key(static_cast<unsigned char>(c)); };
  if (!part.empty() && std::all_of(part.begin(), part.end(), is_bare)) return std::string(part);
  return quote_toml(part);
}

std::string toml_key_text(const TomlKey& key) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0) out += '.';
    out += toml_key_part(key[i]);
  }
  return out;
}

}  // namespace rhumb::funcs
