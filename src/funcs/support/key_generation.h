// Keys and signatures out of a given sequence of bytes, for renderings that must repeat themselves (--deterministic):
// OpenSSL's generator cannot be fed from outside. RSA's are in rsa_key.h.
#pragma once

#include <string>
#include <string_view>

#include "funcs/support/private_key.h"

namespace rhumb::funcs {

/// A new DSA key of 2048 and 256 bits, ECDSA key on P-256 or Ed25519 key, to be freed by the caller.
evp_pkey_st* derive_key(KeyKind kind, Host& host);

/// An ECDSA signature (DER) whose secret number comes from the host.
std::string sign_ecdsa(const evp_pkey_st* key, std::string_view digest, Host& host);

}  // namespace rhumb::funcs
