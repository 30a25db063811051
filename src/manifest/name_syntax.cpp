#include "rhumb/manifest/name_syntax.h"

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::manifest {
namespace {

constexpr std::size_t most_label_bytes = 63;
constexpr std::size_t most_subdomain_bytes = 253;
constexpr std::size_t most_port_name_bytes = 15;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_label(std::string_view text) {
  return !text.empty() && is_letter_or_digit(text.front()) && is_letter_or_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_subdomain(std::string_view text) {
  if (text.size() > most_subdomain_bytes) return false;
  const auto parts = strings::split(text, ".");
  return std::all_of(parts.begin(), parts.end(), is_label);
}

bool is_port_name(std::string_view text) {
  return text.size() <= most_port_name_bytes && is_label(text) && !strings::contains(text, "--") &&
         std::any_of(text.begin(), text.end(), is_letter);
}

bool is_config_key(std::string_view text) {
  const auto is_allowed = [](char c) {
    return is_letter_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= most_subdomain_bytes && text != "." && !text.starts_with("..") &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

}  // namespace

bool is_valid_name(NameForm form, std::string_view text) {
  switch (form) {
    case NameForm::subdomain: return is_subdomain(text);
    case NameForm::label: return text.size() <= most_label_bytes && is_label(text);
    case NameForm::label_1035: return text.size() <= most_label_bytes && is_label(text) && is_letter(text.front());
    case NameForm::wildcard_subdomain:
      return text.size() <= most_subdomain_bytes && text.starts_with("*.") && is_subdomain(text.substr(2));
    case NameForm::port_name: return is_port_name(text);
    case NameForm::config_key: return is_config_key(text);
  }
  return false;
}

std::string_view name_rule(NameForm form) {
  switch (form) {
    case NameForm::subdomain:
      return "it takes lower case letters, digits, '-' and '.', a letter or digit at both ends of each part, at most "
             "253 "
             "bytes";
    case NameForm::label:
      return "it takes lower case letters, digits and '-', a letter or digit at both ends, at most 63 bytes";
    case NameForm::label_1035:
      return "it takes lower case letters, digits and '-', a letter first and no '-' last, at most 63 bytes";
    case NameForm::wildcard_subdomain: return "a wildcard stands for the first part alone: *.example.com";
    case NameForm::port_name:
      return "it takes lower case letters, digits and single '-' between them, at least one letter, at most 15 bytes";
    case NameForm::config_key: return "it takes letters, digits, '-', '_' and '.', at most 253 bytes";
  }
  return {};
}

}  // namespace rhumb::manifest
