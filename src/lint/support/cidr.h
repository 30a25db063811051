// Networks of IP addresses.
#pragma once

#include <optional>
#include <string_view>

#include "rhumb/base/ip_address.h"

namespace rhumb::lint {

struct Cidr {
  IpAddress address;  // with the bits of the host that were written
  int bits = 0;       // of the prefix

  bool contains(const IpAddress& other) const;
  /// Whether the other one lies in it, or is the same.
  bool contains(const Cidr& other) const { return other.bits >= bits && contains(other.address); }
  bool is_everything() const { return bits == 0; }
};

/// As net.ParseCIDR; none for anything else.
std::optional<Cidr> parse_cidr(std::string_view text);

}  // namespace rhumb::lint
