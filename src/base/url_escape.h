// The percent encoding of the parts of a URL.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::url {

/// Where a text stands; it decides which characters need no escape.
enum class Place { path, segment, host, zone, user, fragment };

bool is_letter_or_digit(char c);
bool must_escape(char c, Place place);
/// False after an error.
bool unescape(std::string_view text, Place place, std::string& out, std::string& error);
std::string escape(std::string_view text, Place place);
/// Whether the text may stand for an encoded path or fragment as it is.
bool valid_encoded(std::string_view text, Place place);

}  // namespace rhumb::url
