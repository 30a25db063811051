// Fermat's test for eight numbers at once with AVX-512 IFMA, which multiplies eight pairs of 52 bits by an instruction.
// OpenSSL 3.0 raises two numbers of 1024 bits at once with it, and those of other sizes one by one without it.
#pragma once

#include <bitset>
#include <span>

#include "funcs/support/fermat.h"

namespace rhumb::funcs {

/// Whether this processor has what it takes.
bool has_fermat_lanes();

/// pass_fermat, where has_fermat_lanes().
std::bitset<most_fermat_lanes> pass_fermat_in_lanes(std::span<const BIGNUM* const> numbers, BN_CTX* scratch);

}  // namespace rhumb::funcs
