// Whether a number that was drawn at random is prime. OpenSSL's own test takes 64 rounds of Miller and Rabin for every
// prime, 128 above 2048 bits, whoever chose the number (counted in 3.0); for one drawn at random a few leave less room
// for doubt than an attacker has.
#pragma once

#include <cstddef>
#include <vector>

#include "rhumb/base/host.h"

using BIGNUM = struct bignum_st;
using BN_CTX = struct bignum_ctx;

namespace rhumb::funcs {

/// Rounds after which a random odd number of so many bits that passes them is composite with a probability below
/// 2^-128, also where it is the first that passes of Candidates: Theorem 2 of Damgård, Landrock and Pomerance, "Average
/// case error estimates for the strong probable prime test" (1993), and 5 bits more. That the two highest bits are set
/// costs one, that any of the candidates may be composite the others: 12 of the numbers they are taken from are prime
/// on average.
int primality_rounds(int bits);

/// How many rounds take little longer than one: where OpenSSL raises two numbers at a time (of 1024 bits, on a
/// processor with AVX-512) two.
int rounds_at_once(int bits);

/// Whether an odd number passes so many rounds of Miller and Rabin's test, each with a base of its own out of the bytes
/// of a host.
bool passes_rounds(const BIGNUM* number, int count, Host& host, BN_CTX* scratch);

/// The numbers start, start + 2, ... without divisors below 2^14 (2^16 above 1024 bits), 4 * bits numbers far: hardly
/// one start of 100,000 has no prime there.
class Candidates {
 public:
  /// An odd number of 64 bits or more, which must live as long.
  explicit Candidates(const BIGNUM* start);

  /// False when there is none left.
  bool next(BIGNUM* number);

 private:
  const BIGNUM* start_;
  std::vector<bool> divisible_;  // start + 2 * i
  std::size_t at_ = 0;
};

/// Whether an odd random number of 256 bits or more is prime. Throws FunctionError when OpenSSL fails.
bool is_prime(const BIGNUM* number, Host& host, BN_CTX* scratch);

}  // namespace rhumb::funcs
