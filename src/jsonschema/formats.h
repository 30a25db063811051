// The formats of strings, with the library's complaints.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::jsonschema {

struct Format {
  std::string_view name;
  /// What is wrong with a text; "" when nothing is. Null for "regex", which is for the validator.
  std::string (*check)(std::string_view text);
};

/// Null for a format that is not known.
const Format* format_called(std::string_view name);

// By what they hold; for the table alone.
std::string check_json_pointer(std::string_view text);
std::string check_relative_json_pointer(std::string_view text);
std::string check_uuid(std::string_view text);
std::string check_semver(std::string_view text);
std::string check_ipv4(std::string_view text);
std::string check_ipv6(std::string_view text);
std::string check_hostname(std::string_view text);
std::string check_email(std::string_view text);
std::string check_uri(std::string_view text);
std::string check_uri_reference(std::string_view text);
std::string check_uri_template(std::string_view text);
std::string check_date(std::string_view text);
std::string check_time(std::string_view text);
std::string check_date_time(std::string_view text);
std::string check_duration(std::string_view text);
std::string check_period(std::string_view text);

}  // namespace rhumb::jsonschema
