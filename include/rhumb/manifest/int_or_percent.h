// A number or a share of one: maxUnavailable, minAvailable, maxSurge and the ports that may be names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "rhumb/base/result.h"

namespace rhumb::manifest {

/// As intstr.IntOrString.
struct IntOrString {
  static IntOrString of(std::int32_t number) { return {false, number, {}}; }
  static IntOrString of(std::string text) { return {true, 0, std::move(text)}; }
  /// As intstr.Parse: a number where the text is one of 32 bits, else the text.
  static IntOrString parse(std::string_view text);

  /// As IntOrString.String.
  std::string to_string() const { return is_text ? text : std::to_string(number); }

  bool is_text = false;
  std::int32_t number = 0;
  std::string text;
};

/// As intstr.GetScaledValueFromIntOrPercent: a number stands for itself, "N%" for that share of the total, rounded up
/// or down. Errors: any other text.
Result<std::int64_t> scaled_value(const IntOrString& value, std::int64_t total, bool round_up);

/// As validation.IsValidPercent: what is wrong with a text that should be "N%", empty for nothing.
std::string percent_fault(std::string_view text);

}  // namespace rhumb::manifest
