// Whether a number that was drawn at random is prime. OpenSSL's own test takes 64 rounds of Miller and Rabin for every
// prime, 128 above 2048 bits, whoever chose the number (counted in 3.0); for one drawn at random a few leave less room
// for doubt than an attacker has.
#pragma once

#include <array>

using BIGNUM = struct bignum_st;
using BN_CTX = struct bignum_ctx;

namespace rhumb::funcs {

/// Rounds after which a random odd number of so many bits that passes them is composite with a probability below
/// 2^-128: Theorem 2 of Damgård, Landrock and Pomerance, "Average case error estimates for the strong probable prime
/// test" (1993).
int primality_rounds(int bits);

/// Whether a small prime divides the odd number, which must be larger than them all (above 10,000).
bool has_small_divisor(const BIGNUM* number);

/// Whether each of two odd random numbers without small divisors, of 256 bits or more, is prime. Both take little
/// longer than one where OpenSSL raises two at a time (numbers of 1024 bits on a processor with AVX-512). Throws
/// FunctionError when OpenSSL fails.
std::array<bool, 2> are_prime(const std::array<const BIGNUM*, 2>& numbers, BN_CTX* scratch);

/// Of an odd random number of 256 bits or more. Throws FunctionError when OpenSSL fails.
bool is_prime(const BIGNUM* number, BN_CTX* scratch);

}  // namespace rhumb::funcs
