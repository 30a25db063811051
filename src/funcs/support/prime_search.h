// The primes of RSA keys.
#pragma once

#include <utility>

#include "funcs/support/openssl.h"
#include "rhumb/base/host.h"

namespace rhumb::funcs {

/// Two random primes of so many bits, 256 or more, with the two highest set; found on all processors, out of the random
/// bytes of a host that several threads may ask. Throws FunctionError when OpenSSL fails.
std::pair<Number, Number> random_primes(int bits, Host& host);

}  // namespace rhumb::funcs
