// Numbers out of a host's random bytes.
#pragma once

#include <cstddef>
#include <vector>

#include "funcs/support/openssl.h"
#include "rhumb/base/host.h"

namespace rhumb::funcs {

std::vector<unsigned char> random_bytes(Host& host, std::size_t count);

/// A number below 2^bits.
Number random_number(Host& host, int bits);

/// A number from 1 to limit - 1.
Number random_below(Host& host, const BIGNUM* limit);

/// An odd number of so many bits with the two highest set: the product of two such has twice the bits.
Number random_odd(Host& host, int bits);

}  // namespace rhumb::funcs
