#include "rhumb/base/ip_address.h"

#include <algorithm>

#include "rhumb/base/quote.h"

namespace rhumb {
namespace {

struct Failure {
  std::string_view message;
  std::string_view at;
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Four numbers with dots.
bool parse_v4(std::string_view text, std::uint8_t* out, Failure& failure) {
  int value = 0;
  int digits = 0;
  int field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      if (digits == 1 && value == 0) return failure.message = "IPv4 field has octet with leading zero", false;
      value = value * 10 + (c - '0');
      ++digits;
      if (value > 255) return failure.message = "IPv4 field has value >255", false;
      continue;
    }
    if (c != '.') return failure = {"unexpected character", text.substr(i)}, false;
    if (i == 0 || i + 1 == text.size() || text[i - 1] == '.') {
      return failure = {"IPv4 field must have at least one digit", text.substr(i)}, false;
    }
    if (field == 3) return failure.message = "IPv4 address too long", false;
    out[field++] = static_cast<std::uint8_t>(value);
    value = 0;
    digits = 0;
  }
  if (field < 3) return failure.message = "IPv4 address too short", false;
  out[3] = static_cast<std::uint8_t>(value);
  return true;
}

class V6Parser {
 public:
  explicit V6Parser(std::string_view text) : rest_(text) {}

  bool run(IpAddress& out, Failure& failure) {
    const std::size_t percent = rest_.find('%');
    if (percent != std::string_view::npos) {
      out.has_zone = true;
      if (percent + 1 == rest_.size()) return failure.message = "zone must be a non-empty string", false;
      rest_ = rest_.substr(0, percent);
    }
    if (rest_.starts_with("::")) {
      gap_ = 0;
      rest_.remove_prefix(2);
      if (rest_.empty()) return true;
    }
    if (!groups(out, failure)) return false;
    if (!rest_.empty()) return failure = {"trailing garbage after address", rest_}, false;
    return fill_gap(out, failure);
  }

 private:
  bool groups(IpAddress& out, Failure& failure) {
    while (at_ < 16) {
      std::uint32_t value = 0;
      std::size_t length = 0;
      for (; length < rest_.size() && hex_digit(rest_[length]) >= 0; ++length) {
        value = value << 4 | static_cast<std::uint32_t>(hex_digit(rest_[length]));
        if (length > 3) return failure = {"each group must have 4 or less digits", rest_}, false;
      }
      if (length == 0) return failure = {"each colon-separated field must have at least one digit", rest_}, false;
      if (length < rest_.size() && rest_[length] == '.') return embedded_v4(out, failure);
      out.bytes[at_] = static_cast<std::uint8_t>(value >> 8);
      out.bytes[at_ + 1] = static_cast<std::uint8_t>(value);
      at_ += 2;
      rest_.remove_prefix(length);
      if (rest_.empty()) return true;
      if (!colons(failure)) return false;
      if (rest_.empty()) return true;
    }
    return true;
  }

  bool embedded_v4(IpAddress& out, Failure& failure) {
    if (gap_ == no_gap && at_ != 12) {
      return failure = {"embedded IPv4 address must replace the final 2 fields of the address", rest_}, false;
    }
    if (at_ + 4 > 16) {
      return failure = {"too many hex fields to fit an embedded IPv4 at the end of the address", rest_}, false;
    }
    if (!parse_v4(rest_, out.bytes.data() + at_, failure)) return false;
    rest_ = {};
    at_ += 4;
    return true;
  }

  bool colons(Failure& failure) {
    if (rest_[0] != ':') return failure = {"unexpected character, want colon", rest_}, false;
    if (rest_.size() == 1) return failure = {"colon must be followed by more characters", rest_}, false;
    rest_.remove_prefix(1);
    if (rest_[0] != ':') return true;
    if (gap_ != no_gap) return failure = {"multiple :: in address", rest_}, false;
    gap_ = at_;
    rest_.remove_prefix(1);
    return true;
  }

  bool fill_gap(IpAddress& out, Failure& failure) const {
    if (at_ == 16) {
      return gap_ == no_gap || (failure.message = "the :: must expand to at least one field of zeros", false);
    }
    if (gap_ == no_gap) return failure.message = "address string too short", false;
    std::move_backward(out.bytes.begin() + static_cast<std::ptrdiff_t>(gap_),
                       out.bytes.begin() + static_cast<std::ptrdiff_t>(at_), out.bytes.end());
    std::fill_n(out.bytes.begin() + static_cast<std::ptrdiff_t>(gap_), 16 - at_, std::uint8_t{0});
    return true;
  }

  static constexpr std::size_t no_gap = SIZE_MAX;
  std::string_view rest_;
  std::size_t at_ = 0;
  std::size_t gap_ = no_gap;
};

}  // namespace

bool IpAddress::is_v4_in_v6() const {
  return !is_v4 && std::all_of(bytes.begin(), bytes.begin() + 10, [](std::uint8_t b) { return b == 0; }) &&
         bytes[10] == 0xff && bytes[11] == 0xff;
}

std::optional<IpAddress> parse_ip_address(std::string_view text, std::string& error) {
  IpAddress address;
  Failure failure{"unable to parse IP", {}};
  const std::size_t first = text.find_first_of(".:%");
  const char kind = first == std::string_view::npos ? '\0' : text[first];
  bool good = false;
  if (kind == '.') {
    address.is_v4 = true;
    good = parse_v4(text, address.bytes.data(), failure);
  } else if (kind == ':') {
    good = V6Parser(text).run(address, failure);
  } else if (kind == '%') {
    failure.message = "missing IPv6 address";
  }
  if (good) return address;
  error = "ParseAddr(" + strings::quoted(text) + "): " + std::string(failure.message);
  if (!failure.at.empty()) error += " (at " + strings::quoted(failure.at) + ")";
  return std::nullopt;
}

}  // namespace rhumb
