// Exact decimal numbers: what JSON Schema compares. The library uses math/big.Rat, which reads the same texts; powers
// of ten stay an exponent here, so that 1e1000000 costs nothing.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rhumb::jsonschema {

class Decimal {
 public:
  /// A JSON number or a number as fmt prints it. As Rat.SetString: nullopt for an exponent beyond a million.
  static std::optional<Decimal> parse(std::string_view text);

  bool is_zero() const { return digits_.empty(); }
  bool is_integer() const { return digits_.empty() || exponent_ >= 0; }
  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const = default;

  /// Whether this is an integer times `factor`, which is not zero. Throws LimitError for a factor of very many digits.
  bool is_multiple_of(const Decimal& factor) const;
  /// As Rat.Float64: the nearest one, infinite where there is none.
  double to_double() const;
  /// Of an integer, as big.Int.Int64: the low 64 bits.
  std::int64_t low_bits() const;
  /// The same for equal numbers.
  std::size_t hash() const;

 private:
  // digits_ x 10^exponent_; without zeros at either end, empty for 0.
  bool negative_ = false;
  std::string digits_;
  std::int64_t exponent_ = 0;
};

}  // namespace rhumb::jsonschema
