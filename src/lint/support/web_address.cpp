#include "lint/support/web_address.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "rhumb/base/strings.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/url.h"
#include "rhumb/base/utf8.h"

namespace rhumb::lint {
namespace {

constexpr std::size_t longest_address = 2083;
constexpr std::size_t shortest_address = 4;
constexpr std::array<std::string_view, 7> schemes{"ftp", "tcp", "udp", "ws", "wss", "http", "https"};

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(unsigned char c) { return is_letter(c) || is_digit(c); }

bool all_of(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alphanumeric(static_cast<unsigned char>(c)) || marks.find(c) != std::string_view::npos;
  });
}

/// Letters and digits at both ends, marks only between them.
bool is_label(std::string_view text, std::string_view marks) {
  return !text.empty() && is_alphanumeric(static_cast<unsigned char>(text.front())) &&
         is_alphanumeric(static_cast<unsigned char>(text.back())) && all_of(text, marks);
}

bool is_local_part(std::string_view text) {
  const auto atoms = strings::split(text, ".");
  return std::all_of(atoms.begin(), atoms.end(),
                     [](std::string_view atom) { return !atom.empty() && all_of(atom, "!#$%&'*+-/=?^_`{|}~"); });
}

bool is_mail_domain(std::string_view text) {
  text = strings::trim_suffix(text, ".");
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view top = text.substr(dot + 1);
  return is_label(text.substr(0, dot), "-._~") && is_label(top, "-_~") &&
         is_letter(static_cast<unsigned char>(top.front())) && is_letter(static_cast<unsigned char>(top.back()));
}

bool has_space(std::string_view text) {
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (unicode::is_space(rune.value)) return true;
  }
  return false;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

bool is_host(std::string_view text) {
  if (text.starts_with('[')) return text.ends_with(']') && text.size() > 4;
  const auto labels = strings::split(strings::trim_suffix(text, "."), ".");
  return std::all_of(labels.begin(), labels.end(), [](std::string_view label) { return is_label(label, "-_"); });
}

/// Host, port and what follows; user and scheme are cut off.
bool is_authority_and_path(std::string_view text) {
  const std::size_t slash = text.find_first_of("/?#");
  std::string_view authority = text.substr(0, slash);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    if (!is_port(authority.substr(colon + 1))) return false;
    authority = authority.substr(0, colon);
  }
  return is_host(authority);
}

}  // namespace

bool is_request_url(std::string_view text) {
  std::string error;
  // ParseRequestURI knows no fragments.
  const auto url = parse_url(text.substr(0, text.find('#')), error);
  return url && url->is_absolute();
}

bool is_web_address(std::string_view text) {
  if (text.size() < shortest_address || text.size() >= longest_address) return false;
  if (text.starts_with('.') || has_space(text)) return false;
  const bool has_scheme = strings::contains(text, "://");
  std::string error;
  const auto url =
      parse_url(has_scheme || !strings::contains(text, ":") ? std::string(text) : "http://" + std::string(text), error);
  if (!url || url->host.starts_with('.')) return false;
  if (url->host.empty() && !url->path.empty() && !strings::contains(url->path, ".")) return false;
  const std::size_t at = text.find("://");
  if (at == std::string_view::npos) return is_authority_and_path(text);
  const bool is_known = std::find(schemes.begin(), schemes.end(), text.substr(0, at)) != schemes.end();
  return is_known && is_authority_and_path(text.substr(at + 3));
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at)) && is_mail_domain(text.substr(at + 1));
}

}  // namespace rhumb::lint
