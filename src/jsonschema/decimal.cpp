#include "jsonschema/decimal.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

constexpr std::int64_t most_exponent = 1'000'000;
constexpr std::size_t most_factor_digits = 10'000;

/// Limbs of nine digits, the least first.
using Limbs = std::vector<std::uint32_t>;
constexpr std::uint64_t limb_base = 1'000'000'000;

Limbs limbs_of(std::string_view digits) {
  Limbs out;
  while (!digits.empty()) {
    const std::size_t size = std::min<std::size_t>(digits.size(), 9);
    std::uint32_t limb = 0;
    for (const char c : digits.substr(digits.size() - size)) limb = limb * 10 + static_cast<std::uint32_t>(c - '0');
    out.push_back(limb);
    digits.remove_suffix(size);
  }
  return out;
}

/// A remainder that grows by limbs: one step of a long division at a time.
class Remainder {
 public:
  explicit Remainder(Limbs divisor) : divisor_(std::move(divisor)), value_(divisor_.size() + 1) {}

  /// remainder = (remainder x base + limb) mod divisor, with `base` at most limb_base.
  void take(std::uint64_t base, std::uint64_t limb) {
    std::uint64_t carry = limb;
    for (std::uint32_t& part : value_) {
      carry += part * base;
      part = static_cast<std::uint32_t>(carry % limb_base);
      carry /= limb_base;
    }
    if (divisor_.size() == 1) {
      const std::uint64_t whole = value_[1] * limb_base + value_[0];
      value_ = {static_cast<std::uint32_t>(whole % divisor_[0]), 0};
      return;
    }
    subtract(quotient());
    while (!below_divisor()) subtract(1);
  }

  bool is_zero() const {
    return std::all_of(value_.begin(), value_.end(), [](std::uint32_t limb) { return limb == 0; });
  }

 private:
  __extension__ typedef unsigned __int128 Wide;

  /// Never too large, and too small by little.
  std::uint64_t quotient() const {
    const std::size_t size = divisor_.size();
    const Wide top = (Wide{value_[size]} * limb_base + value_[size - 1]) * limb_base + value_[size - 2];
    const Wide below = Wide{divisor_[size - 1]} * limb_base + divisor_[size - 2] + 1;
    return static_cast<std::uint64_t>(top / below);
  }

  void subtract(std::uint64_t times) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      const std::uint64_t part = borrow + (i < divisor_.size() ? times * divisor_[i] : 0);
      const auto low = static_cast<std::uint32_t>(part % limb_base);
      borrow = part / limb_base;
      if (value_[i] < low) {
        value_[i] += static_cast<std::uint32_t>(limb_base);
        ++borrow;
      }
      value_[i] -= low;
    }
  }

  bool below_divisor() const {
    if (value_.back() != 0) return false;
    for (std::size_t i = divisor_.size(); i-- > 0;) {
      if (value_[i] != divisor_[i]) return value_[i] < divisor_[i];
    }
    return false;
  }

  Limbs divisor_;
  Limbs value_;
};

bool divides(std::string_view digits, std::int64_t zeros, std::string_view divisor) {
  Remainder remainder(limbs_of(divisor));
  const Limbs limbs = limbs_of(digits);
  for (std::size_t i = limbs.size(); i-- > 0;) remainder.take(limb_base, limbs[i]);
  for (; zeros >= 9; zeros -= 9) remainder.take(limb_base, 0);
  for (; zeros > 0; --zeros) remainder.take(10, 0);
  return remainder.is_zero();
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal out;
  out.negative_ = text.starts_with('-');
  if (out.negative_) text.remove_prefix(1);
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  std::string_view power = text.substr(e);
  if (!power.empty()) {
    power.remove_prefix(power.size() > 1 && power[1] == '+' ? 2 : 1);
    const auto exponent = parse_int(power);
    if (!exponent) return std::nullopt;
    out.exponent_ = exponent.value;
  }
  std::string_view mantissa = text.substr(0, e);
  const std::size_t point = mantissa.find('.');
  std::int64_t fraction = 0;
  if (point == std::string_view::npos) {
    out.digits_ = mantissa;
  } else {
    out.digits_.append(mantissa.substr(0, point)).append(mantissa.substr(point + 1));
    fraction = static_cast<std::int64_t>(mantissa.size() - point - 1);
  }
  const bool good = std::all_of(out.digits_.begin(), out.digits_.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (out.digits_.empty() || !good) return std::nullopt;
  out.digits_.erase(0, out.digits_.find_first_not_of('0'));  // npos: all of it
  if (out.digits_.empty()) return Decimal();
  if (out.exponent_ < -most_exponent + fraction || out.exponent_ > most_exponent + fraction) return std::nullopt;
  out.exponent_ -= fraction;
  const std::size_t end = out.digits_.find_last_not_of('0') + 1;
  out.exponent_ += static_cast<std::int64_t>(out.digits_.size() - end);
  out.digits_.resize(end);
  return out;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const auto sign = [](const Decimal& number) { return number.is_zero() ? 0 : number.negative_ ? -1 : 1; };
  if (sign(*this) != sign(other)) return sign(*this) <=> sign(other);
  const auto magnitude = [](const Decimal& number) {
    return static_cast<std::int64_t>(number.digits_.size()) + number.exponent_;
  };
  const Decimal& low = negative_ ? other : *this;
  const Decimal& high = negative_ ? *this : other;
  if (is_zero()) return std::strong_ordering::equal;
  if (magnitude(low) != magnitude(high)) return magnitude(low) <=> magnitude(high);
  return low.digits_.compare(high.digits_) <=> 0;
}

bool Decimal::is_multiple_of(const Decimal& factor) const {
  if (is_zero()) return true;
  // No digit but zero follows in the factor: so none may in its multiples.
  const std::int64_t zeros = exponent_ - factor.exponent_;
  if (zeros < 0) return false;
  if (static_cast<std::int64_t>(digits_.size()) + zeros < static_cast<std::int64_t>(factor.digits_.size()))
    return false;
  if (factor.digits_.size() > most_factor_digits) {
    throw LimitError("multipleOf: a number of " + std::to_string(factor.digits_.size()) +
                     " digits exceeds the limit of " + std::to_string(most_factor_digits));
  }
  return divides(digits_, zeros, factor.digits_);
}

double Decimal::to_double() const {
  if (is_zero()) return 0;
  return parse_float((negative_ ? "-" : "") + digits_ + "e" + std::to_string(exponent_)).value;
}

std::int64_t Decimal::low_bits() const {
  std::uint64_t bits = 0;
  for (const char c : digits_) bits = bits * 10 + static_cast<std::uint64_t>(c - '0');
  // 10^64 has 64 factors of two.
  for (std::int64_t i = 0; i < std::min<std::int64_t>(exponent_, 64); ++i) bits *= 10;
  return static_cast<std::int64_t>(negative_ ? 0 - bits : bits);
}

std::size_t Decimal::hash() const {
  return std::hash<std::string>()(digits_) * 31 + std::hash<std::int64_t>()(exponent_);
}

}  // namespace rhumb::jsonschema
