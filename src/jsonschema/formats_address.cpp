// The formats of addresses: of hosts, of mail, of resources.
#include <algorithm>

#include "jsonschema/address.h"
#include "jsonschema/formats.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/url.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

bool is_letter_or_digit(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string check_label(std::string_view label) {
  if (label.empty() || label.size() > 63) return "label must be 1 to 63 characters long";
  if (label.starts_with('-')) return "label starts with hyphen";
  if (label.ends_with('-')) return "label ends with hyphen";
  for (const utf8::Rune c : utf8::Runes(label)) {
    if (!is_letter_or_digit(c.value) && c.value != '-') return "invalid character " + quote_rune(c.value);
  }
  return {};
}

/// What stands in front of the @.
std::string check_local_part(std::string_view local) {
  if (local.size() > 64) return "local part more than 64 characters long";
  if (local.size() > 1 && local.starts_with('"') && local.ends_with('"')) {
    const bool good = local.substr(1, local.size() - 2).find_first_of("\\\"") == std::string_view::npos;
    return good ? "" : "backslash and quote are not allowed within quoted local part";
  }
  if (local.starts_with('.')) return "starts with dot";
  if (local.ends_with('.')) return "ends with dot";
  if (strings::contains(local, "..")) return "consecutive dots";
  for (const utf8::Rune c : utf8::Runes(local)) {
    const bool is_mark = c.value < 0x80 && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(static_cast<char>(c.value)) !=
                                               std::string_view::npos;
    if (!is_letter_or_digit(c.value) && !is_mark) return "invalid character " + quote_rune(c.value);
  }
  return {};
}

std::string prefixed(std::string_view prefix, const std::string& wrong) {
  return wrong.empty() ? "" : std::string(prefix) + wrong;
}

/// As parseURL of the library: url.Parse, and a look at the addresses of IPv6.
std::optional<Url> read_url(std::string_view text, std::string& error) {
  auto url = parse_url(text, error);
  if (!url || !strings::contains(url->host_name(), ":")) return url;
  if (!strings::contains(url->host, "[") || !strings::contains(url->host, "]")) {
    error = "ipv6 address not enclosed in brackets";
  } else {
    error = prefixed("invalid ipv6 address: ", check_ipv6(url->host_name()));
  }
  return error.empty() ? url : std::nullopt;
}

std::string check_braces(std::string_view segment) {
  bool opens = true;
  for (const char c : segment) {
    if (c != '{' && c != '}') continue;
    if ((c == '{') != opens) return "nested curly braces";
    opens = !opens;
  }
  return opens ? "" : "no matching closing brace";
}

}  // namespace

std::string check_ipv4(std::string_view text) {
  const auto groups = strings::split(text, ".");
  if (groups.size() != 4) return "expected four decimals";
  for (const std::string_view group : groups) {
    if (group.size() > 1 && group[0] == '0') return "leading zeros";
    const auto number = atoi(group);
    if (!number) return number_error("Atoi", group, number.error);
    if (number.value < 0 || number.value > 255) return "decimal must be between 0 and 255";
  }
  return {};
}

std::string check_ipv6(std::string_view text) {
  if (!strings::contains(text, ":")) return "missing colon";
  std::string error;
  const auto address = parse_ip_address(text, error);
  if (!address) return error;
  return address->has_zone ? "zone id is not a part of ipv6 address" : "";
}

std::string check_hostname(std::string_view text) {
  text = strings::trim_suffix(text, ".");
  if (text.size() > 253) return "more than 253 characters long";
  for (const std::string_view label : strings::split(text, ".")) {
    if (std::string wrong = check_label(label); !wrong.empty()) return wrong;
  }
  return {};
}

std::string check_email(std::string_view text) {
  if (text.size() > 254) return "more than 255 characters long";
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return "missing @";
  if (std::string wrong = check_local_part(text.substr(0, at)); !wrong.empty()) return wrong;
  std::string_view domain = text.substr(at + 1);
  if (!domain.starts_with('[') || !domain.ends_with(']')) return prefixed("invalid domain: ", check_hostname(domain));
  domain = domain.substr(1, domain.size() - 2);
  if (domain.starts_with("IPv6:")) return prefixed("invalid ipv6 address: ", check_ipv6(domain.substr(5)));
  return prefixed("invalid ipv4 address: ", check_ipv4(domain));
}

std::string check_uri(std::string_view text) {
  std::string error;
  const auto url = read_url(text, error);
  if (!url) return error;
  return url->is_absolute() ? "" : "relative url";
}

std::string check_uri_reference(std::string_view text) {
  if (strings::contains(text, "\\")) return "contains \\";
  std::string error;
  read_url(text, error);
  return error;
}

std::string check_uri_template(std::string_view text) {
  std::string error;
  const auto url = read_url(text, error);
  if (!url) return error;
  for (const std::string_view encoded : strings::split(url->raw_path, "/")) {
    std::string segment;
    if (!decode_fragment(encoded, segment, error)) return "percent decode failed: " + error;
    if (std::string wrong = check_braces(segment); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace rhumb::jsonschema
