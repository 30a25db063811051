#include "rhumb/manifest/quantity.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rhumb/value/go_number.h"

namespace rhumb::manifest {
namespace {

constexpr std::string_view wrong_format =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
constexpr std::string_view wrong_number = "unable to parse numeric part of quantity";
constexpr std::string_view wrong_suffix = "unable to parse quantity's suffix";
constexpr std::string_view digits = "0123456789";
constexpr std::int64_t nano = -9;
constexpr std::string_view most_binary = "9223372036854775807";

/// A text in pieces, as parseQuantityString makes them.
struct Pieces {
  bool negative = false;
  std::string_view whole;     // without leading zeros
  std::string_view fraction;  // as written
  std::string_view suffix;
  bool has_digit = false;
};

std::string_view take(std::string_view& rest, std::string_view set) {
  const std::string_view taken = rest.substr(0, std::min(rest.find_first_not_of(set), rest.size()));
  rest.remove_prefix(taken.size());
  return taken;
}

/// False where the text does not match.
bool take_apart(std::string_view rest, Pieces& out) {
  if (rest.starts_with('-') || rest.starts_with('+')) {
    out.negative = rest.front() == '-';
    rest.remove_prefix(1);
  }
  const bool has_zero = !take(rest, "0").empty();
  out.whole = take(rest, digits);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    out.fraction = take(rest, digits);
  }
  out.has_digit = has_zero || !out.whole.empty() || !out.fraction.empty();
  out.suffix = rest;
  take(rest, "eEinumkKMGTP");
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  take(rest, digits);
  return rest.empty();
}

struct Suffix {
  int base = 10;
  std::int32_t exponent = 0;
};

/// As suffixHandler.interpret.
std::optional<Suffix> read_suffix(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Suffix>, 16> known{{{"", {10, 0}},
                                                                       {"n", {10, -9}},
                                                                       {"u", {10, -6}},
                                                                       {"m", {10, -3}},
                                                                       {"k", {10, 3}},
                                                                       {"M", {10, 6}},
                                                                       {"G", {10, 9}},
                                                                       {"T", {10, 12}},
                                                                       {"P", {10, 15}},
                                                                       {"E", {10, 18}},
                                                                       {"Ki", {2, 10}},
                                                                       {"Mi", {2, 20}},
                                                                       {"Gi", {2, 30}},
                                                                       {"Ti", {2, 40}},
                                                                       {"Pi", {2, 50}},
                                                                       {"Ei", {2, 60}}}};
  for (const auto& [name, suffix] : known) {
    if (name == text) return suffix;
  }
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  const auto exponent = parse_int(text.substr(1));
  if (!exponent) return std::nullopt;
  return Suffix{10, static_cast<std::int32_t>(exponent.value)};  // Go cuts it to 32 bits, too
}

/// Whether ParseQuantity keeps the amount as an int64Amount.
bool fits_short(const Pieces& pieces, Suffix suffix) {
  const auto whole = static_cast<std::int64_t>(std::max<std::size_t>(pieces.whole.size(), 1));
  const auto fraction = static_cast<std::int64_t>(pieces.fraction.size());
  if (suffix.base == 2) return fraction == 0 && 15 - whole - suffix.exponent * 3 / 10 - 1 >= 0;
  return whole + fraction <= 18 && suffix.exponent - fraction >= nano;
}

/// A text of digits plus one.
void increment(std::string& text) {
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return;
    }
    *digit = '0';
  }
  text.insert(text.begin(), '1');
}

}  // namespace

Result<Quantity> Quantity::parse(std::string_view text) {
  Pieces pieces;
  if (text.empty() || !take_apart(text, pieces)) return error(std::string(wrong_format));
  const auto suffix = read_suffix(pieces.suffix);
  if (!suffix) return error(std::string(wrong_suffix));
  Quantity out;
  out.is_long_ = !fits_short(pieces, *suffix);
  if (out.is_long_ && !pieces.has_digit) return error(std::string(wrong_number));
  out.digits_.append(pieces.whole).append(pieces.fraction);
  out.exponent_ = -static_cast<std::int64_t>(pieces.fraction.size());
  if (suffix->base == 2) {
    out.multiply(std::uint64_t{1} << suffix->exponent);
  } else {
    out.exponent_ += suffix->exponent;
  }
  out.normalize();
  out.round_to_nano();
  if (suffix->base == 2) out.cap();
  out.negative_ = pieces.negative && !out.is_zero();
  return out;
}

void Quantity::normalize() {
  const std::size_t last = digits_.find_last_not_of('0');
  if (last == std::string::npos) {
    digits_.clear();
    exponent_ = 0;
    return;
  }
  exponent_ += static_cast<std::int64_t>(digits_.size() - last - 1);
  digits_.resize(last + 1);
  digits_.erase(0, digits_.find_first_not_of('0'));
}

/// The factor is at most 2^60: ten times that still fits.
void Quantity::multiply(std::uint64_t factor) {
  std::uint64_t carry = 0;
  for (auto digit = digits_.rbegin(); digit != digits_.rend(); ++digit) {
    carry += static_cast<std::uint64_t>(*digit - '0') * factor;
    *digit = static_cast<char>('0' + carry % 10);
    carry /= 10;
  }
  if (carry != 0) digits_.insert(0, std::to_string(carry));
}

void Quantity::round_to_nano() {
  if (is_zero() || exponent_ >= nano) return;
  const auto dropped = static_cast<std::uint64_t>(nano - exponent_);
  digits_.resize(dropped >= digits_.size() ? 0 : digits_.size() - dropped);
  increment(digits_);
  exponent_ = nano;
  normalize();
}

void Quantity::cap() {
  Quantity most;
  most.digits_ = most_binary;
  if (*this > most) *this = most;
}

std::strong_ordering Quantity::operator<=>(const Quantity& other) const {
  const auto sign = [](const Quantity& q) { return q.is_zero() ? 0 : q.negative_ ? -1 : 1; };
  if (sign(*this) != sign(other)) return sign(*this) <=> sign(other);
  if (negative_) {
    Quantity left = *this;
    Quantity right = other;
    left.negative_ = right.negative_ = false;
    return right <=> left;
  }
  const auto magnitude = [](const Quantity& q) { return q.exponent_ + static_cast<std::int64_t>(q.digits_.size()); };
  if (magnitude(*this) != magnitude(other)) return magnitude(*this) <=> magnitude(other);
  return digits_.compare(other.digits_) <=> 0;
}

std::optional<std::int64_t> Quantity::scaled(int places) const {
  const auto cut = truncated(places);
  if (is_zero() || !cut || exponent_ + places >= 0) return cut;
  if (!negative_) return *cut == INT64_MAX ? std::nullopt : std::optional(*cut + 1);
  // int64Amount rounds away from zero, scaledValue the other way.
  return is_long_ ? *cut + 1 : *cut - 1;
}

/// Without the fraction; none where Go's answer does not hold the amount.
std::optional<std::int64_t> Quantity::truncated(int places) const {
  constexpr std::int64_t widest = 19;
  const std::int64_t exponent = exponent_ + places;
  const std::int64_t width = static_cast<std::int64_t>(digits_.size()) + exponent;
  // scaledValue takes 64 bits of a negative amount in nano, however many there are.
  if (width > widest || (negative_ && is_long_ && places != -nano && !truncated(-nano))) return std::nullopt;
  if (width <= 0) return 0;
  std::string text = negative_ ? "-" : "";
  text += digits_.substr(0, static_cast<std::size_t>(width));
  if (exponent > 0) text.append(static_cast<std::size_t>(exponent), '0');
  const auto amount = parse_int(text);
  if (!amount) return std::nullopt;
  return amount.value;
}

}  // namespace rhumb::manifest
