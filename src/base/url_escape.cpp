#include "base/url_escape.h"

#include <algorithm>
#include <utility>

#include "rhumb/base/quote.h"

namespace rhumb::url {
namespace {

/// As the table of net/url, without letters and digits.
std::string_view plain_characters(Place place) {
  switch (place) {
    case Place::path: return "$&+,-./:;=@_~";
    case Place::segment: return "$&+-.:=@_~";
    case Place::user: return "$&+,-.;=_~";
    case Place::fragment: return "!$&()*+,-./:;=?@_~";
    default: return "!\"$&'()*+,-.:;<=>[]_~";
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool escape_at(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
}

/// Whether an escape may stand in a host or a zone: hosts escape only bytes above ASCII, zones what a host may hold.
bool escape_allowed(std::string_view escape, Place place) {
  if (escape == "%25") return true;
  const int value = hex_digit(escape[1]) << 4 | hex_digit(escape[2]);
  if (place == Place::host) return value >= 0x80;
  if (place == Place::zone) return value == ' ' || !must_escape(static_cast<char>(value), Place::host);
  return true;
}

}  // namespace

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool must_escape(char c, Place place) {
  return !is_letter_or_digit(c) && plain_characters(place).find(c) == std::string_view::npos;
}

bool unescape(std::string_view text, Place place, std::string& out, std::string& error) {
  const bool in_host = place == Place::host || place == Place::zone;
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (!escape_at(text, i) || !escape_allowed(text.substr(i, 3), place)) {
        error = "invalid URL escape " + strings::quoted(text.substr(i, 3));
        return false;
      }
      made += static_cast<char>(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
      i += 2;
      continue;
    }
    if (in_host && static_cast<unsigned char>(c) < 0x80 && must_escape(c, place)) {
      error = "invalid character " + strings::quoted(text.substr(i, 1)) + " in host name";
      return false;
    }
    made += c;
  }
  out = std::move(made);
  return true;
}

std::string escape(std::string_view text, Place place) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!must_escape(c, place)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

bool valid_encoded(std::string_view text, Place place) {
  return std::all_of(text.begin(), text.end(), [place](char c) {
    return std::string_view("!$&'()*+,;=:@[]%").find(c) != std::string_view::npos || !must_escape(c, place);
  });
}

}  // namespace rhumb::url
