// Public keys in certificates.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::funcs {

/// What Go's crypto/x509 says of a SubjectPublicKeyInfo (DER); "" for what it takes: good keys of RSA, DSA, ECDSA and
/// Ed25519, and anything of an algorithm that it does not know.
std::string public_key_problem(std::string_view info);

}  // namespace rhumb::funcs
