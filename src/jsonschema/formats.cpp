#include "jsonschema/formats.h"

#include <algorithm>
#include <iterator>

#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char32_t c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_identifier(char32_t c) { return is_digit(c) || is_letter(c) || c == '-'; }

constexpr Format table[] = {
    {"date", check_date},
    {"date-time", check_date_time},
    {"duration", check_duration},
    {"email", check_email},
    {"hostname", check_hostname},
    {"ipv4", check_ipv4},
    {"ipv6", check_ipv6},
    {"iri", check_uri},
    {"iri-reference", check_uri_reference},
    {"json-pointer", check_json_pointer},
    {"period", check_period},
    {"regex", nullptr},
    {"relative-json-pointer", check_relative_json_pointer},
    {"semver", check_semver},
    {"time", check_time},
    {"uri", check_uri},
    {"uri-reference", check_uri_reference},
    {"uri-template", check_uri_template},
    {"uuid", check_uuid},
};

std::string check_build(std::string_view build) {
  if (build.empty()) return "build is empty";
  for (const std::string_view part : strings::split(build, ".")) {
    if (part.empty()) return "build identifier is empty";
    for (const utf8::Rune c : utf8::Runes(part)) {
      if (!is_identifier(c.value)) return "invalid character " + quote_rune(c.value) + " in build identifier";
    }
  }
  return {};
}

std::string check_pre_release(std::string_view text) {
  for (const std::string_view part : strings::split(text, ".")) {
    if (part.empty()) return "pre-release identifier is empty";
    bool only_digits = true;
    for (const utf8::Rune c : utf8::Runes(part)) {
      if (!is_identifier(c.value)) return "invalid character " + quote_rune(c.value) + " in pre-release identifier";
      only_digits = only_digits && is_digit(c.value);
    }
    if (only_digits && part.size() > 1 && part[0] == '0') return "pre-release numeric identifier starts with zero";
  }
  return {};
}

std::string check_version_core(std::string_view text) {
  constexpr std::string_view names[] = {"major", "minor", "patch"};
  const auto parts = strings::split(text, ".");
  if (parts.size() != std::size(names)) return "versionCore must have 3 numbers separated by dot";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string name(names[i]);
    if (parts[i].empty()) return name + " is empty";
    if (parts[i].size() > 1 && parts[i][0] == '0') return name + " starts with zero";
    if (!std::all_of(parts[i].begin(), parts[i].end(), is_digit)) return name + " contains non-digit";
  }
  return {};
}

}  // namespace

const Format* format_called(std::string_view name) {
  const auto* const at = std::lower_bound(std::begin(table), std::end(table), name,
                                          [](const Format& format, std::string_view b) { return format.name < b; });
  return at != std::end(table) && at->name == name ? at : nullptr;
}

std::string check_json_pointer(std::string_view text) {
  if (text.empty()) return {};
  if (text[0] != '/') return "not starting with /";
  for (std::size_t i = text.find('~'); i != std::string_view::npos; i = text.find('~', i + 1)) {
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return "~ must be followed by 0 or 1";
  }
  return {};
}

std::string check_relative_json_pointer(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return "must start with non-negative integer";
  if (digits > 1 && text[0] == '0') return "starts with zero";
  text.remove_prefix(digits);
  return text == "#" ? "" : check_json_pointer(text);
}

std::string check_uuid(std::string_view text) {
  constexpr std::size_t sizes[] = {8, 4, 4, 4, 12};
  const auto groups = strings::split(text, "-");
  if (groups.size() != std::size(sizes)) return "must have 5 elements";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].size() != sizes[i]) {
      return "element " + std::to_string(i + 1) + " must be " + std::to_string(sizes[i]) + " characters long";
    }
    for (const utf8::Rune c : utf8::Runes(groups[i])) {
      if (!is_hex(c.value)) return "non-hex character " + quote_rune(c.value);
    }
  }
  return {};
}

std::string check_semver(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos) {
    if (std::string wrong = check_build(text.substr(plus + 1)); !wrong.empty()) return wrong;
    text = text.substr(0, plus);
  }
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    if (std::string wrong = check_pre_release(text.substr(dash + 1)); !wrong.empty()) return wrong;
    text = text.substr(0, dash);
  }
  return check_version_core(text);
}

}  // namespace rhumb::jsonschema
