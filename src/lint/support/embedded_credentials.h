// Credentials that are known by what stands around them.
#pragma once

#include <string_view>
#include <vector>

#include "lint/support/credentials.h"

namespace rhumb::lint {

/// Private keys, also in base 64; passwords in addresses; hashes of passwords; logins of registries; Authorization
/// headers and curl's -u; keys of Azure storage; the secret half of an AWS key pair. Not in order.
std::vector<Credential> find_embedded(std::string_view text);

}  // namespace rhumb::lint
