// Addresses as Go's net/netip and net read them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rhumb {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  /// Four bytes only.
  bool is_v4 = false;
  bool has_zone = false;

  bool is_v4_in_v6() const;
};

/// As netip.ParseAddr. Nullopt: `error` is the text of the error.
std::optional<IpAddress> parse_ip_address(std::string_view text, std::string& error);

}  // namespace rhumb
