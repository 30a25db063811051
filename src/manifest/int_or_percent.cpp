#include "rhumb/manifest/int_or_percent.h"

#include <cmath>
#include <limits>

#include "rhumb/value/go_number.h"

namespace rhumb::manifest {
namespace {

// Go converts a float that is out of range to this one.
constexpr std::int64_t out_of_range = std::numeric_limits<std::int64_t>::min();

Diagnostic invalid(const std::string& reason) { return error("invalid value for IntOrString: " + reason); }

/// In floats, as Go does: what the API server and the controllers come to is what counts.
std::int64_t share(std::int64_t percent, std::int64_t total, bool round_up) {
  const double exact = static_cast<double>(percent) * static_cast<double>(total) / 100;
  const double rounded = round_up ? std::ceil(exact) : std::floor(exact);
  constexpr double limit = 9223372036854775808.0;
  return rounded >= -limit && rounded < limit ? static_cast<std::int64_t>(rounded) : out_of_range;
}

}  // namespace

IntOrString IntOrString::parse(std::string_view text) {
  const auto number = parse_int(text, 10, 32);
  return number ? of(static_cast<std::int32_t>(number.value)) : of(std::string(text));
}

Result<std::int64_t> scaled_value(const IntOrString& value, std::int64_t total, bool round_up) {
  if (!value.is_text) return std::int64_t{value.number};
  if (!value.text.ends_with('%')) return invalid("invalid type: string is not a percentage");
  const std::string_view digits = std::string_view(value.text).substr(0, value.text.size() - 1);
  const auto percent = atoi(digits);
  if (!percent) {
    return invalid("invalid value " + quote(value.text) + ": " + number_error("Atoi", digits, percent.error));
  }
  return share(percent.value, total, round_up);
}

std::string percent_fault(std::string_view text) {
  const bool is_percent = text.size() > 1 && text.find_first_not_of("0123456789") == text.size() - 1;
  if (is_percent && text.ends_with('%')) return {};
  return "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used "
         "for validation is '[0-9]+%')";
}

}  // namespace rhumb::manifest
