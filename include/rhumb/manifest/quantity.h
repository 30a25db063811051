// Amounts of CPU, memory and storage as Kubernetes writes them: "500m", "1.5Gi", "2e3". Exact, never a float.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rhumb/base/result.h"

namespace rhumb::manifest {

class Quantity {
 public:
  /// Zero.
  Quantity() = default;

  /// As resource.ParseQuantity, with its errors: finer than a nano is rounded up to it, away from zero; an amount with
  /// a binary suffix is at most 2^63-1. A field of an object is trimmed before it is read (Quantity.UnmarshalJSON).
  static Result<Quantity> parse(std::string_view text);

  /// As Quantity.Cmp.
  std::strong_ordering operator<=>(const Quantity& other) const;
  bool operator==(const Quantity& other) const { return (*this <=> other) == std::strong_ordering::equal; }

  bool is_zero() const { return digits_.empty(); }
  bool is_negative() const { return negative_; }
  /// Without a fraction: half a byte is a slip.
  bool is_whole() const { return exponent_ >= 0; }

  /// As Quantity.Value: in units, rounded up. None where Go's answer does not hold the amount.
  std::optional<std::int64_t> value() const { return scaled(0); }
  /// As Quantity.MilliValue: the amount times a thousand, rounded up.
  std::optional<std::int64_t> milli_value() const { return scaled(3); }

 private:
  /// As Quantity.ScaledValue.
  std::optional<std::int64_t> scaled(int places) const;
  std::optional<std::int64_t> truncated(int places) const;
  void normalize();
  void multiply(std::uint64_t factor);
  void round_to_nano();
  void cap();

  std::string digits_;         // without zeros at both ends; empty for zero
  std::int64_t exponent_ = 0;  // of ten
  bool negative_ = false;
  bool is_long_ = false;  // Go keeps it as an inf.Dec, which rounds negative amounts in another way
};

}  // namespace rhumb::manifest
