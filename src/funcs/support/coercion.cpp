#include "funcs/support/coercion.h"

#include <cmath>
#include <string_view>

#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

// As trimZeroDecimal: "5.00" loses its fraction, "5." and "5.10" do not.
std::string_view without_zero_fraction(std::string_view text) {
  bool zero_seen = false;
  for (std::size_t i = text.size(); i > 0 && (text[i - 1] == '.' || text[i - 1] == '0'); --i) {
    if (text[i - 1] == '0') {
      zero_seen = true;
    } else if (zero_seen) {
      return text.substr(0, i - 1);
    }
  }
  return text;
}

// time.Month and time.Weekday are known to cast; any other named number is not.
bool counts_as_integer(Type type) { return type != Type::duration; }

}  // namespace

std::int64_t truncate_to_int64(double value) {
  constexpr double bound = 0x1p63;
  if (std::isnan(value) || value >= bound || value < -bound) return INT64_MIN;
  return static_cast<std::int64_t>(value);
}

std::int64_t to_int64(const Value& value) {
  switch (value.rep()) {
    case Rep::boolean: return value.as_bool() ? 1 : 0;
    case Rep::integer: return counts_as_integer(value.type()) ? value.as_integer() : 0;
    case Rep::unsigned_integer: return static_cast<std::int64_t>(value.as_unsigned());
    case Rep::floating: return truncate_to_int64(value.as_double());
    case Rep::text: {
      if (!value.is_string()) return 0;
      const auto number = parse_int(without_zero_fraction(value.as_text()), 0, 64);
      return number ? number.value : 0;
    }
    default: return 0;
  }
}

double to_float64(const Value& value) {
  switch (value.rep()) {
    case Rep::boolean: return value.as_bool() ? 1 : 0;
    case Rep::integer: return counts_as_integer(value.type()) ? static_cast<double>(value.as_integer()) : 0;
    case Rep::unsigned_integer: return static_cast<double>(value.as_unsigned());
    case Rep::floating: return value.as_double();
    case Rep::text: {
      if (!value.is_string()) return 0;
      const auto number = parse_float(value.as_text(), 64);
      return number ? number.value : 0;
    }
    default: return 0;
  }
}

bool is_empty(const Value& value) { return !is_true(value); }

}  // namespace rhumb::funcs
