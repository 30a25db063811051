#include "url_check.h"

#include <algorithm>
#include <optional>

#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::chart {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }

/// What may stand in a host as it is.
bool is_host_character(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || is_letter(c) || is_digit(c) ||
         std::string_view("-_.~!$&'()*+,;=:[]<>\"").find(c) != std::string_view::npos;
}

std::string escape_error(std::string_view rest) { return "invalid URL escape " + quote(rest.substr(0, 3)); }

/// The error of unescaping, empty when there is none.
std::string check_escapes(std::string_view text, bool host) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const std::string_view rest = text.substr(i);
      if (rest.size() < 3 || !is_hex(rest[1]) || !is_hex(rest[2])) return escape_error(rest);
      if (host && rest[1] >= '0' && rest[1] < '8' && !rest.starts_with("%25")) return escape_error(rest);
      i += 2;
    } else if (host && !is_host_character(text[i])) {
      return "invalid character " + quote(text.substr(i, 1)) + " in host name";
    }
  }
  return {};
}

std::string check_authority(std::string_view authority) {
  const std::string_view host = authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0
  const std::size_t colon = host.starts_with('[') ? host.find(':', host.rfind(']')) : host.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view digits = host.substr(colon + 1);
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
      return "invalid port " + quote(host.substr(colon)) + " after host";
    }
  }
  return check_escapes(host, true);
}

struct Parsed {
  std::string scheme;
  std::string error;
};

/// As getScheme; the rest of the text is left in `text`.
std::string take_scheme(std::string_view& text, std::string& error) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') {
      if (i == 0) {
        error = "missing protocol scheme";
        return {};
      }
      const std::string scheme = strings::to_lower(text.substr(0, i));
      text.remove_prefix(i + 1);
      return scheme;
    }
    const bool may_follow = is_digit(c) || c == '+' || c == '-' || c == '.';
    if (!is_letter(c) && (!may_follow || i == 0)) return {};
  }
  return {};
}

Parsed parse(std::string_view text) {
  Parsed parsed;
  if (std::any_of(text.begin(), text.end(), is_control)) {
    parsed.error = "net/url: invalid control character in URL";
    return parsed;
  }
  if (text == "*") return parsed;
  parsed.scheme = take_scheme(text, parsed.error);
  if (!parsed.error.empty()) return parsed;
  text = text.substr(0, text.find('?'));
  if (!text.starts_with('/')) {
    if (!parsed.scheme.empty()) return parsed;
    if (strings::contains(text.substr(0, text.find('/')), ":")) {
      parsed.error = "first path segment in URL cannot contain colon";
      return parsed;
    }
  }
  if (text.starts_with("//") && (!parsed.scheme.empty() || !text.starts_with("///"))) {
    const std::string_view authority = text.substr(2, text.find('/', 2) - 2);
    parsed.error = check_authority(authority);
    text.remove_prefix(2 + authority.size());
  }
  if (parsed.error.empty()) parsed.error = check_escapes(text, false);
  return parsed;
}

}  // namespace

Result<bool> is_remote(const std::string& text) {
  const std::size_t hash = text.find('#');
  const std::string url = text.substr(0, hash);
  const Parsed parsed = parse(url);
  if (!parsed.error.empty()) return error("parse " + quote(url) + ": " + parsed.error);
  if (hash != std::string::npos) {
    const std::string fragment = check_escapes(std::string_view(text).substr(hash + 1), false);
    if (!fragment.empty()) return error("parse " + quote(text) + ": " + fragment);
  }
  return parsed.scheme == "http" || parsed.scheme == "https" || parsed.scheme == "oci";
}

}  // namespace rhumb::chart
