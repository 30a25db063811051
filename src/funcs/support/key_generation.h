// Keys and signatures out of a given sequence of bytes, for renderings that must repeat themselves (--deterministic).
// OpenSSL's own generator cannot be fed from outside.
#pragma once

#include <string>
#include <string_view>

#include "funcs/support/private_key.h"

namespace rhumb::funcs {

/// A new key from the host's bytes, to be freed by the caller.
evp_pkey_st* derive_key(KeyKind kind, int bits, Host& host);

/// An ECDSA signature (DER) whose secret number comes from the host.
std::string sign_ecdsa(const evp_pkey_st* key, std::string_view digest, Host& host);

}  // namespace rhumb::funcs
