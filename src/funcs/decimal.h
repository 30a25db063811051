// Decimal numbers of any length, as shopspring/decimal 1.4.0 behind addf, subf, mulf and divf: 1.1 + 2.2 is 3.3.
#pragma once

#include <cstdint>
#include <vector>

namespace rhumb::funcs {

/// An integer times a power of ten.
class Decimal {
 public:
  Decimal() = default;
  /// From the shortest digits that read back as the value.
  /// Throws FunctionError for what is not finite: "Cannot create a Decimal from NaN".
  static Decimal from(double value);

  Decimal operator+(const Decimal& other) const;
  Decimal operator-(const Decimal& other) const;
  Decimal operator*(const Decimal& other) const;
  /// Rounded to 16 digits behind the point, halves away from zero. Throws FunctionError for a zero divisor.
  Decimal operator/(const Decimal& other) const;

  /// The nearest float64; infinite when there is none.
  double nearest() const;

 private:
  // Base 1e9, lowest first, no zeros at the top; zero is empty.
  using Digits = std::vector<std::uint32_t>;

  static int compare(const Digits& a, const Digits& b);
  static void trim(Digits& digits);
  static Digits add(const Digits& a, const Digits& b);
  static Digits subtract(const Digits& a, const Digits& b);
  static Digits multiply(const Digits& a, const Digits& b);
  static Digits times_power_of_ten(const Digits& digits, std::int64_t power);
  static bool take_multiple(Digits& u, std::size_t at, const Digits& divisor, std::uint64_t guess);
  static void give_back(Digits& u, std::size_t at, const Digits& divisor);
  /// The quotient; `dividend` keeps the remainder.
  static Digits divide(Digits& dividend, const Digits& divisor);
  static std::uint32_t divide_small(Digits& dividend, std::uint32_t divisor);

  Digits digits_;
  std::int64_t exponent_ = 0;
  bool negative_ = false;
};

}  // namespace rhumb::funcs
