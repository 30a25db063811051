#include "lint/support/cidr.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace rhumb::lint {
namespace {

int size_in_bits(const IpAddress& address) { return address.is_v4 ? 32 : 128; }

std::optional<int> parse_prefix(std::string_view text, int most) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return {};
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  if (value > most) return {};
  return value;
}

}  // namespace

bool Cidr::contains(const IpAddress& other) const {
  if (other.is_v4 != address.is_v4) return false;
  for (int bit = 0; bit < bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if (((address.bytes[at] ^ other.bytes[at]) & mask) != 0) return false;
  }
  return true;
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  std::string error;
  const auto address = parse_ip_address(text.substr(0, slash), error);
  if (!address || address->has_zone) return {};
  const auto bits = parse_prefix(text.substr(slash + 1), size_in_bits(*address));
  if (!bits) return {};
  return Cidr{*address, *bits};
}

}  // namespace rhumb::lint
