// Addresses of schemas: a URL and what stands behind its '#', which is a JSON pointer or the name of an anchor.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace rhumb::jsonschema {

struct Address {
  std::string url;
  std::string fragment;  // decoded

  bool has_pointer() const { return fragment.empty() || fragment[0] == '/'; }
};

/// At the first '#', which is in neither part.
std::pair<std::string_view, std::string_view> split_fragment(std::string_view text);
/// As decode of the library. False for a bad escape.
bool decode_fragment(std::string_view text, std::string& out, std::string& error);
/// With escapes, apart from slashes.
std::string encode_fragment(std::string_view text);

/// The reference as seen from a base. Throws Failure.
Address join(const std::string& base, std::string_view reference);
/// The URL and the decoded fragment of a reference. Throws Failure.
Address split_reference(std::string_view reference);

/// A token of a JSON pointer with ~0 and ~1.
std::string escape_token(std::string_view token);
/// False where a ~ is followed by something else.
bool unescape_token(std::string_view token, std::string& out);

/// `error in parsing "URL": ERROR`
std::string parse_url_error(std::string_view url, std::string_view error);

}  // namespace rhumb::jsonschema
