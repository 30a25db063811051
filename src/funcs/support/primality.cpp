#include "funcs/support/primality.h"

#include <openssl/bn.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "funcs/support/openssl.h"
#include "funcs/support/random_number.h"

namespace rhumb::funcs {
namespace {

/// Of Candidates: beyond, the division of a start by the primes takes longer than the test of those that they spare.
unsigned sieve_end(int bits) { return bits > 1024 ? 1 << 16 : 1 << 14; }

/// For a number that stands alone: beyond, dividing by another small prime takes longer than what it saves.
unsigned useful_divisor(const BIGNUM* number) { return BN_num_bits(number) > 1024 ? 10'000 : 2000; }

constexpr std::uint64_t largest_product = std::uint64_t{1} << 32;

/// And what primality_rounds says.
constexpr int security_bits = 128 + 5;

/// Primes that one division serves.
struct DivisorGroup {
  std::uint64_t product = 1;  // below largest_product
  std::uint64_t inverse = 0;  // of 2^64 divided by the product, the whole part
  std::array<std::uint16_t, 9> room{};
  std::size_t count = 0;

  std::span<const std::uint16_t> primes() const { return std::span(room).first(count); }
};

std::vector<DivisorGroup> make_groups(unsigned end) {
  std::vector<DivisorGroup> groups;
  std::vector<bool> composite(end);
  for (unsigned n = 3; n < end; n += 2) {
    if (composite[n]) continue;
    for (std::size_t multiple = std::size_t{n} * n; multiple < end; multiple += n) composite[multiple] = true;
    if (groups.empty() || groups.back().product * n >= largest_product) groups.emplace_back();
    DivisorGroup& group = groups.back();
    group.product *= n;
    group.room[group.count++] = static_cast<std::uint16_t>(n);
  }
  for (DivisorGroup& group : groups) group.inverse = UINT64_MAX / group.product;
  return groups;
}

/// Of the primes from 3 to sieve_end(bits).
const std::vector<DivisorGroup>& divisor_groups(int bits) {
  static const std::vector<DivisorGroup> groups = make_groups(sieve_end(1024));
  if (bits <= 1024) return groups;
  static const std::vector<DivisorGroup> more = make_groups(sieve_end(bits));
  return more;
}

/// A number in digits of 32 bits, the highest first: for many divisors faster than BN_mod_word.
class Digits {
 public:
  explicit Digits(const BIGNUM* number) {
    std::vector<unsigned char> bytes((static_cast<std::size_t>(BN_num_bytes(number)) + 3) / 4 * 4);
    ensure(BN_bn2binpad(number, bytes.data(), static_cast<int>(bytes.size())) >= 0);
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
      digits_.push_back(std::uint32_t{bytes[i]} << 24 | std::uint32_t{bytes[i + 1]} << 16 |
                        std::uint32_t{bytes[i + 2]} << 8 | bytes[i + 3]);
    }
    OPENSSL_cleanse(bytes.data(), bytes.size());
  }
  ~Digits() { OPENSSL_cleanse(digits_.data(), digits_.size() * sizeof(std::uint32_t)); }
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;

  /// What is left when the number is divided by the product of a group.
  std::uint64_t rest(const DivisorGroup& group) const {
    std::uint64_t rest = 0;
    for (const std::uint32_t digit : digits_) {
      const std::uint64_t dividend = rest << 32 | digit;
      // At most one below the quotient.
      const auto quotient = static_cast<std::uint64_t>(static_cast<Wide>(dividend) * group.inverse >> 64);
      rest = dividend - quotient * group.product;
      if (rest >= group.product) rest -= group.product;
    }
    return rest;
  }

 private:
  __extension__ using Wide = unsigned __int128;

  std::vector<std::uint32_t> digits_;
};

bool has_small_divisor(const BIGNUM* number) {
  const unsigned limit = useful_divisor(number);
  const Digits digits(number);
  for (const DivisorGroup& group : divisor_groups(BN_num_bits(number))) {
    if (group.primes().front() > limit) break;
    const std::uint64_t rest = digits.rest(group);
    for (const unsigned prime : group.primes()) {
      if (rest % prime == 0) return true;
    }
  }
  return false;
}

/// What Miller and Rabin's test needs of a number.
class Candidate {
 public:
  Candidate(const BIGNUM* number, Host& host, BN_CTX* scratch)
      : number_(number), host_(host), scratch_(scratch), frame_(scratch), montgomery_(new_montgomery(number, scratch)) {
    ensure(BN_sub(last_, number, BN_value_one()) == 1);
    while (BN_is_bit_set(last_, twos_) == 0) ++twos_;
    ensure(BN_rshift(odd_, last_, twos_) == 1 && BN_sub(limit_, last_, BN_value_one()) == 1);
  }

  /// A base from 2 to the number - 2.
  Number draw() {
    Number base = random_below(host_, limit_);
    ensure(BN_add_word(base.get(), 1) == 1);
    return base;
  }

  /// False, and the number is composite, by the power of a base to odd(). `power` is changed.
  bool passes(BIGNUM* power) const {
    if (BN_is_one(power) || BN_cmp(power, last_) == 0) return true;
    for (int i = 1; i < twos_; ++i) {
      ensure(BN_mod_sqr(power, power, number_, scratch_) == 1);
      if (BN_cmp(power, last_) == 0) return true;
    }
    return false;
  }

  const BIGNUM* number() const { return number_; }
  const BIGNUM* odd() const { return odd_; }
  BN_MONT_CTX* montgomery() const { return montgomery_.get(); }

 private:
  const BIGNUM* number_;
  Host& host_;
  BN_CTX* scratch_;
  ScratchFrame frame_;
  Montgomery montgomery_;
  BIGNUM* last_ = frame_.number();   // number - 1
  BIGNUM* limit_ = frame_.number();  // number - 2
  BIGNUM* odd_ = frame_.number();
  int twos_ = 0;  // number - 1 is odd_ * 2^twos_
};

bool passes_round(Candidate& candidate, BN_CTX* scratch) {
  ScratchFrame frame(scratch);
  BIGNUM* const power = frame.number();
  const Number base = candidate.draw();
  ensure(BN_mod_exp_mont_consttime(power, base.get(), candidate.odd(), candidate.number(), scratch,
                                   candidate.montgomery()) == 1);
  return candidate.passes(power);
}

bool passes_two_rounds(Candidate& candidate, BN_CTX* scratch) {
  ScratchFrame frame(scratch);
  BIGNUM* const power1 = frame.number();
  BIGNUM* const power2 = frame.number();
  const Number base1 = candidate.draw();
  const Number base2 = candidate.draw();
  ensure(BN_mod_exp_mont_consttime_x2(power1, base1.get(), candidate.odd(), candidate.number(), candidate.montgomery(),
                                      power2, base2.get(), candidate.odd(), candidate.number(), candidate.montgomery(),
                                      scratch) == 1);
  return candidate.passes(power1) && candidate.passes(power2);
}

}  // namespace

int primality_rounds(int bits) {
  // The bound for t rounds and k bits is k^(3/2) * 2^t * t^(-1/2) * 4^(2 - sqrt(tk)), for t of 3 to k/9.
  const double k = bits;
  for (int rounds = 3; rounds <= bits / 9; ++rounds) {
    const double t = rounds;
    if (2 * (std::sqrt(t * k) - 2) - 1.5 * std::log2(k) - t + std::log2(t) / 2 >= security_bits) return rounds;
  }
  return (security_bits + 1) / 2;  // each round finds three composites of four, whatever the number
}

Candidates::Candidates(const BIGNUM* start)
    : start_(start), divisible_(static_cast<std::size_t>(BN_num_bits(start)) * 4) {
  const Digits digits(start);
  for (const DivisorGroup& group : divisor_groups(BN_num_bits(start))) {
    const std::uint64_t rest = digits.rest(group);
    for (const std::uint64_t prime : group.primes()) {
      // The first multiple is start + 2 * i where start + missing is one, or start + missing + prime.
      const std::uint64_t missing = (prime - rest % prime) % prime;
      for (std::uint64_t i = (missing % 2 == 0 ? missing : missing + prime) / 2; i < divisible_.size(); i += prime) {
        divisible_[i] = true;
      }
    }
  }
}

bool Candidates::next(BIGNUM* number) {
  while (at_ < divisible_.size() && divisible_[at_]) ++at_;
  if (at_ == divisible_.size()) return false;
  ensure(BN_copy(number, start_) != nullptr && BN_add_word(number, 2 * at_++) == 1);
  return true;
}

int rounds_at_once(int bits) { return bits == 1024 ? 2 : 1; }

bool passes_rounds(const BIGNUM* number, int count, Host& host, BN_CTX* scratch) {
  Candidate candidate(number, host, scratch);
  for (; count > 1; count -= 2) {
    if (!passes_two_rounds(candidate, scratch)) return false;
  }
  return count == 0 || passes_round(candidate, scratch);
}

bool is_prime(const BIGNUM* number, Host& host, BN_CTX* scratch) {
  return !has_small_divisor(number) && passes_rounds(number, 1, host, scratch) &&
         passes_rounds(number, primality_rounds(BN_num_bits(number)) - 1, host, scratch);
}

}  // namespace rhumb::funcs
