// Digests that more than one function needs.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace rhumb::funcs {

std::array<unsigned char, 32> sha256_digest(std::string_view data);
/// In lower case, two digits a byte.
std::string hexadecimal(std::span<const unsigned char> bytes);
std::array<unsigned char, 32> hmac_sha256(std::string_view key, std::string_view data);

}  // namespace rhumb::funcs
