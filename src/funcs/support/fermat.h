// Fermat's test to base 2: it clears nearly all composites away before the rounds of primality.h, and no prime.
#pragma once

#include <bitset>
#include <cstddef>
#include <span>

using BIGNUM = struct bignum_st;
using BN_CTX = struct bignum_ctx;

namespace rhumb::funcs {

constexpr std::size_t most_fermat_lanes = 8;

/// How many numbers take as long as one: 8 on a processor with AVX-512 IFMA, else 1.
std::size_t fermat_lanes();

/// Whether 2^(n - 1) is 1 modulo n, for each of up to fermat_lanes() odd numbers of 64 to 16384 bits. The time depends
/// on the numbers. Throws FunctionError when OpenSSL fails.
std::bitset<most_fermat_lanes> pass_fermat(std::span<const BIGNUM* const> numbers, BN_CTX* scratch);

/// The same for one of any size, by OpenSSL.
bool passes_fermat(const BIGNUM* number, BN_CTX* scratch);

}  // namespace rhumb::funcs
