// Addresses of host names, asked the way Go's own resolver asks: /etc/hosts, then the servers of /etc/resolv.conf.
#pragma once

#include <optional>
#include <string>

namespace rhumb {

/// The first address of a name, or of an address itself. nullopt: it has none, or nobody answered.
std::optional<std::string> look_up_address(const std::string& name);

}  // namespace rhumb
