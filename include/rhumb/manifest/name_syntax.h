// Which texts may be names of objects, ports, keys: the forms of k8s.io/apimachinery's package validation.
#pragma once

#include <cstdint>
#include <string_view>

namespace rhumb::manifest {

enum class NameForm : std::uint8_t {
  subdomain,           // IsDNS1123Subdomain: most kinds, hosts
  label,               // IsDNS1123Label: containers, volumes, namespaces, ports of Services
  label_1035,          // IsDNS1035Label: Services before 1.36
  wildcard_subdomain,  // IsWildcardDNS1123Subdomain
  port_name,           // IsValidPortName: containers' ports, and whoever names one
  config_key,          // IsConfigMapKey: keys of ConfigMaps and Secrets
};

bool is_valid_name(NameForm form, std::string_view text);
/// What a text of that form looks like: "lower case letters, digits and '-', at most 63 bytes ...".
std::string_view name_rule(NameForm form);

}  // namespace rhumb::manifest
