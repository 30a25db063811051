// The primes of RSA keys.
#pragma once

#include <utility>

#include "funcs/support/openssl.h"

namespace rhumb::funcs {

/// Two random primes of so many bits, 256 or more, with the two highest set; out of OpenSSL's own random numbers, on
/// all processors. Throws FunctionError when OpenSSL fails.
std::pair<Number, Number> random_primes(int bits);

}  // namespace rhumb::funcs
