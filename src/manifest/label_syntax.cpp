// The validity of label keys and values.
#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/manifest/selector.h"

namespace rhumb::manifest {
namespace {

constexpr std::size_t most_name_bytes = 63;
constexpr std::size_t most_subdomain_bytes = 253;

constexpr std::string_view name_rule =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
    "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
constexpr std::string_view value_rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
    "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
    "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
constexpr std::string_view subdomain_rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_alphanumeric(char c) { return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z'); }

/// labelKeyRegexp.
bool is_name(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

/// dns1123LabelRegexp.
bool is_dns_label(std::string_view text) {
  return !text.empty() && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

std::string too_long(std::size_t most) { return "must be no more than " + std::to_string(most) + " bytes"; }

/// As IsDNS1123Subdomain.
std::vector<std::string> subdomain_faults(std::string_view text) {
  std::vector<std::string> faults;
  if (text.size() > most_subdomain_bytes) faults.push_back(too_long(most_subdomain_bytes));
  const auto parts = strings::split(text, ".");
  if (!std::all_of(parts.begin(), parts.end(), is_dns_label)) faults.emplace_back(subdomain_rule);
  return faults;
}

}  // namespace

std::vector<std::string> label_key_faults(std::string_view key) {
  std::vector<std::string> faults;
  const std::size_t slash = key.find('/');
  if (slash != key.rfind('/')) {
    return {"a valid label key " + std::string(name_rule) +
            " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"};
  }
  if (slash == 0) faults.emplace_back("prefix part must be non-empty");
  if (slash != 0 && slash != std::string_view::npos) {
    for (const std::string& fault : subdomain_faults(key.substr(0, slash))) faults.push_back("prefix part " + fault);
  }
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
  if (name.empty()) faults.emplace_back("name part must be non-empty");
  if (name.size() > most_name_bytes) faults.push_back("name part " + too_long(most_name_bytes));
  if (!is_name(name)) faults.push_back("name part " + std::string(name_rule));
  return faults;
}

std::vector<std::string> label_value_faults(std::string_view value) {
  std::vector<std::string> faults;
  if (value.size() > most_name_bytes) faults.push_back(too_long(most_name_bytes));
  if (!value.empty() && !is_name(value)) faults.emplace_back(value_rule);
  return faults;
}

}  // namespace rhumb::manifest
