// RSA keys without what OpenSSL's generator does beyond need (see primality.h), and keys and signatures out of a given
// sequence of bytes, for renderings that must repeat themselves (--deterministic): OpenSSL's generator cannot be fed
// from outside.
#pragma once

#include <string>
#include <string_view>

#include "funcs/support/private_key.h"

namespace rhumb::funcs {

/// A new key of `bits` (even) from the bytes of a host that several threads may ask, to be freed by the caller. Keeps
/// up to eight processors busy. Throws FunctionError when OpenSSL fails.
evp_pkey_st* generate_rsa(int bits, Host& host);

/// A new key from the host's bytes, to be freed by the caller.
evp_pkey_st* derive_key(KeyKind kind, int bits, Host& host);

/// An ECDSA signature (DER) whose secret number comes from the host.
std::string sign_ecdsa(const evp_pkey_st* key, std::string_view digest, Host& host);

}  // namespace rhumb::funcs
