#include "funcs/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {
namespace {

constexpr std::uint32_t base = 1'000'000'000;
constexpr int digits_of_limb = 9;
constexpr std::int64_t division_precision = 16;

std::uint32_t small_power_of_ten(std::int64_t power) {
  std::uint32_t value = 1;
  while (power-- > 0) value *= 10;
  return value;
}

void check_exponent(std::int64_t exponent) {
  if (exponent > INT32_MAX || exponent < INT32_MIN) {
    throw gotmpl::FunctionError{"exponent " + std::to_string(exponent) + " overflows an int32!"};
  }
}

}  // namespace

void Decimal::trim(Digits& digits) {
  while (!digits.empty() && digits.back() == 0) digits.pop_back();
}

int Decimal::compare(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  const auto [x, y] = std::mismatch(a.rbegin(), a.rend(), b.rbegin());
  if (x == a.rend()) return 0;
  return *x < *y ? -1 : 1;
}

Decimal::Digits Decimal::add(const Digits& a, const Digits& b) {
  const Digits& longer = a.size() < b.size() ? b : a;
  const Digits& shorter = a.size() < b.size() ? a : b;
  Digits sum = longer;
  std::uint32_t carry = 0;
  for (std::size_t i = 0; i < sum.size() && (i < shorter.size() || carry != 0); ++i) {
    sum[i] += carry + (i < shorter.size() ? shorter[i] : 0);
    carry = sum[i] >= base ? 1 : 0;
    if (carry != 0) sum[i] -= base;
  }
  if (carry != 0) sum.push_back(carry);
  return sum;
}

// a is not below b.
Decimal::Digits Decimal::subtract(const Digits& a, const Digits& b) {
  Digits difference = a;
  std::uint32_t borrow = 0;
  for (std::size_t i = 0; i < difference.size() && (i < b.size() || borrow != 0); ++i) {
    const std::uint32_t taken = borrow + (i < b.size() ? b[i] : 0);
    borrow = difference[i] < taken ? 1 : 0;
    difference[i] += (borrow != 0 ? base : 0) - taken;
  }
  trim(difference);
  return difference;
}

Decimal::Digits Decimal::multiply(const Digits& a, const Digits& b) {
  Digits product(a.size() + b.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.size() || carry != 0; ++j) {
      const std::uint64_t factor = j < b.size() ? b[j] : 0;
      const std::uint64_t current = product[i + j] + std::uint64_t{a[i]} * factor + carry;
      product[i + j] = static_cast<std::uint32_t>(current % base);
      carry = current / base;
    }
  }
  trim(product);
  return product;
}

Decimal::Digits Decimal::times_power_of_ten(const Digits& digits, std::int64_t power) {
  if (digits.empty() || power <= 0) return digits;
  Digits shifted(static_cast<std::size_t>(power / digits_of_limb), 0);
  const Digits scaled = multiply(digits, {small_power_of_ten(power % digits_of_limb)});
  shifted.insert(shifted.end(), scaled.begin(), scaled.end());
  return shifted;
}

std::uint32_t Decimal::divide_small(Digits& dividend, std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (auto limb = dividend.rbegin(); limb != dividend.rend(); ++limb) {
    const std::uint64_t current = rest * base + *limb;
    *limb = static_cast<std::uint32_t>(current / divisor);
    rest = current % divisor;
  }
  trim(dividend);
  return static_cast<std::uint32_t>(rest);
}

// Takes guess * divisor from the limbs of u that begin at `at`. False when that was too much.
bool Decimal::take_multiple(Digits& u, std::size_t at, const Digits& divisor, std::uint64_t guess) {
  std::uint64_t carry = 0;
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i <= divisor.size(); ++i) {
    const std::uint64_t product = (i < divisor.size() ? guess * divisor[i] : 0) + carry;
    carry = product / base;
    const std::int64_t left = std::int64_t{u[at + i]} - static_cast<std::int64_t>(product % base) - borrow;
    borrow = left < 0 ? 1 : 0;
    u[at + i] = static_cast<std::uint32_t>(left + borrow * base);
  }
  return borrow == 0;
}

void Decimal::give_back(Digits& u, std::size_t at, const Digits& divisor) {
  std::uint32_t carry = 0;
  for (std::size_t i = 0; i <= divisor.size(); ++i) {
    const std::uint32_t sum = u[at + i] + carry + (i < divisor.size() ? divisor[i] : 0);
    carry = sum >= base ? 1 : 0;
    u[at + i] = sum - carry * base;
  }
}

// Knuth's algorithm D in base 1e9: each digit of the quotient is guessed from the top limbs, one too high at most.
Decimal::Digits Decimal::divide(Digits& dividend, const Digits& divisor) {
  if (compare(dividend, divisor) < 0) return {};
  if (divisor.size() == 1) {
    Digits quotient = std::move(dividend);
    const std::uint32_t rest = divide_small(quotient, divisor[0]);
    dividend = rest == 0 ? Digits{} : Digits{rest};
    return quotient;
  }
  const std::uint32_t scale = base / (divisor.back() + 1);
  Digits u = multiply(dividend, {scale});
  const Digits v = multiply(divisor, {scale});
  u.push_back(0);
  const std::size_t n = v.size();
  Digits quotient(u.size() - n, 0);
  for (std::size_t j = u.size() - n; j-- > 0;) {
    const std::uint64_t top = std::uint64_t{u[j + n]} * base + u[j + n - 1];
    std::uint64_t guess = top / v[n - 1];
    std::uint64_t rest = top % v[n - 1];
    while (rest < base && (guess >= base || guess * v[n - 2] > rest * base + u[j + n - 2])) {
      --guess;
      rest += v[n - 1];
    }
    if (!take_multiple(u, j, v, guess)) {
      --guess;
      give_back(u, j, v);
    }
    quotient[j] = static_cast<std::uint32_t>(guess);
  }
  trim(quotient);
  trim(u);
  divide_small(u, scale);
  dividend = std::move(u);
  return quotient;
}

Decimal Decimal::from(double value) {
  if (!std::isfinite(value)) {
    const char* const text = std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    throw gotmpl::FunctionError{std::string("Cannot create a Decimal from ") + text};
  }
  Decimal decimal;
  if (value == 0) return decimal;
  char text[32];
  const char* const end = std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific).ptr;
  std::uint64_t digits = 0;
  const char* at = text;
  std::int64_t behind_point = 0;
  bool after_point = false;
  for (; *at != 'e'; ++at) {
    if (*at == '.') {
      after_point = true;
      continue;
    }
    digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
    if (after_point) ++behind_point;
  }
  int exponent = 0;
  std::from_chars(at[1] == '+' ? at + 2 : at + 1, end, exponent);
  decimal.negative_ = value < 0;
  decimal.exponent_ = exponent - behind_point;
  for (; digits != 0; digits /= base) decimal.digits_.push_back(static_cast<std::uint32_t>(digits % base));
  return decimal;
}

Decimal Decimal::operator+(const Decimal& other) const {
  Decimal sum;
  sum.exponent_ = std::min(exponent_, other.exponent_);
  const Digits a = times_power_of_ten(digits_, exponent_ - sum.exponent_);
  const Digits b = times_power_of_ten(other.digits_, other.exponent_ - sum.exponent_);
  const int order = compare(a, b);
  if (negative_ == other.negative_) {
    sum.digits_ = add(a, b);
    sum.negative_ = negative_;
  } else {
    sum.digits_ = order < 0 ? subtract(b, a) : subtract(a, b);
    sum.negative_ = order < 0 ? other.negative_ : negative_;
  }
  if (sum.digits_.empty()) sum.negative_ = false;
  return sum;
}

Decimal Decimal::operator-(const Decimal& other) const {
  Decimal negated = other;
  negated.negative_ = !other.digits_.empty() && !other.negative_;
  return *this + negated;
}

Decimal Decimal::operator*(const Decimal& other) const {
  Decimal product;
  product.exponent_ = exponent_ + other.exponent_;
  check_exponent(product.exponent_);
  product.digits_ = multiply(digits_, other.digits_);
  product.negative_ = !product.digits_.empty() && negative_ != other.negative_;
  return product;
}

Decimal Decimal::operator/(const Decimal& other) const {
  if (other.digits_.empty()) throw gotmpl::FunctionError{"decimal division by 0"};
  const std::int64_t shift = exponent_ - other.exponent_ + division_precision;
  if (shift > INT32_MAX || shift < INT32_MIN) throw gotmpl::FunctionError{"overflow in decimal QuoRem"};
  Digits rest = times_power_of_ten(digits_, shift);
  const Digits divisor = times_power_of_ten(other.digits_, -shift);
  Decimal quotient;
  quotient.exponent_ = -division_precision;
  quotient.digits_ = divide(rest, divisor);
  if (compare(add(rest, rest), divisor) >= 0) quotient.digits_ = add(quotient.digits_, {1});
  quotient.negative_ = !quotient.digits_.empty() && negative_ != other.negative_;
  return quotient;
}

double Decimal::nearest() const {
  if (digits_.empty()) return 0;
  std::string text = std::to_string(digits_.back());
  for (auto limb = digits_.rbegin() + 1; limb != digits_.rend(); ++limb) {
    const std::string part = std::to_string(*limb);
    text.append(digits_of_limb - part.size(), '0').append(part);
  }
  const std::int64_t magnitude = static_cast<std::int64_t>(text.size()) + exponent_;
  text += 'e' + std::to_string(exponent_);
  double value = 0;
  const std::from_chars_result result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    value = magnitude > 0 ? std::numeric_limits<double>::infinity() : 0;
  }
  return negative_ ? -value : value;
}

}  // namespace rhumb::funcs
