#include "funcs/support/primality.h"

#include <openssl/bn.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {
namespace {

constexpr unsigned largest_divisor = 10'000;

/// Beyond, dividing by another small prime takes longer than what it saves.
unsigned useful_divisor(const BIGNUM* number) { return BN_num_bits(number) > 1024 ? largest_divisor : 2000; }

/// Above, OpenSSL divides slowly.
constexpr std::uint64_t largest_product = std::uint64_t{1} << 32;

constexpr int security_bits = 128;

struct DivisorGroup {
  std::uint64_t product;  // below largest_product
  std::vector<unsigned> primes;
};

std::vector<DivisorGroup> make_groups() {
  std::vector<DivisorGroup> groups;
  std::vector<bool> composite(largest_divisor + 1);
  for (unsigned n = 3; n <= largest_divisor; n += 2) {
    if (composite[n]) continue;
    for (unsigned multiple = n * n; multiple <= largest_divisor; multiple += n) composite[multiple] = true;
    if (groups.empty() || groups.back().product * n >= largest_product) groups.push_back({1, {}});
    groups.back().product *= n;
    groups.back().primes.push_back(n);
  }
  return groups;
}

bool has_small_divisor(const BIGNUM* number) {
  static const std::vector<DivisorGroup> groups = make_groups();
  const unsigned limit = useful_divisor(number);
  for (const DivisorGroup& group : groups) {
    if (group.primes.front() > limit) break;
    const std::uint64_t rest = BN_mod_word(number, group.product);
    for (const unsigned prime : group.primes) {
      if (rest % prime == 0) return true;
    }
  }
  return false;
}

void check(bool good) {
  if (!good) throw gotmpl::FunctionError{"OpenSSL cannot make a key"};
}

/// Numbers of a scratch space, given back together.
class Frame {
 public:
  explicit Frame(BN_CTX* scratch) : scratch_(scratch) { BN_CTX_start(scratch); }
  ~Frame() { BN_CTX_end(scratch_); }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  BIGNUM* number() {
    BIGNUM* const made = BN_CTX_get(scratch_);
    check(made != nullptr);
    return made;
  }

 private:
  BN_CTX* scratch_;
};

using Montgomery = std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)>;

/// Miller and Rabin's test with random bases.
class StrongTest {
 public:
  StrongTest(const BIGNUM* number, BN_CTX* scratch)
      : number_(number), scratch_(scratch), frame_(scratch), montgomery_(BN_MONT_CTX_new(), BN_MONT_CTX_free) {
    check(montgomery_ != nullptr && BN_MONT_CTX_set(montgomery_.get(), number, scratch) == 1 &&
          BN_sub(last_, number, BN_value_one()) == 1 && BN_sub(bases_, last_, BN_value_one()) == 1);
    while (BN_is_bit_set(last_, twos_) == 0) ++twos_;
    check(BN_rshift(odd_, last_, twos_) == 1);
  }

  /// False: it is composite.
  bool passes_round() {
    // From 2 to number - 2: below number - 3, and 2 more.
    check(BN_sub_word(bases_, 1) == 1 && BN_priv_rand_range(base_, bases_) == 1 && BN_add_word(base_, 2) == 1 &&
          BN_add_word(bases_, 1) == 1);
    check(BN_mod_exp_mont_consttime(power_, base_, odd_, number_, scratch_, montgomery_.get()) == 1);
    if (BN_is_one(power_) || BN_cmp(power_, last_) == 0) return true;
    for (int i = 1; i < twos_; ++i) {
      check(BN_mod_sqr(power_, power_, number_, scratch_) == 1);
      if (BN_cmp(power_, last_) == 0) return true;
    }
    return false;
  }

 private:
  const BIGNUM* number_;
  BN_CTX* scratch_;
  Frame frame_;
  Montgomery montgomery_;
  BIGNUM* last_ = frame_.number();   // number - 1
  BIGNUM* bases_ = frame_.number();  // number - 2
  BIGNUM* odd_ = frame_.number();
  BIGNUM* base_ = frame_.number();
  BIGNUM* power_ = frame_.number();
  int twos_ = 0;  // number - 1 is odd_ * 2^twos_
};

}  // namespace

int primality_rounds(int bits) {
  // The bound for t rounds and k bits is k^(3/2) * 2^t * t^(-1/2) * 4^(2 - sqrt(tk)), for t of 3 to k/9.
  const double k = bits;
  for (int rounds = 3; rounds <= bits / 9; ++rounds) {
    const double t = rounds;
    if (2 * (std::sqrt(t * k) - 2) - 1.5 * std::log2(k) - t + std::log2(t) / 2 >= security_bits) return rounds;
  }
  return security_bits / 2;  // each round finds three composites of four, whatever the number
}

bool is_prime(const BIGNUM* number, BN_CTX* scratch) {
  if (has_small_divisor(number)) return false;
  StrongTest test(number, scratch);
  for (int round = primality_rounds(BN_num_bits(number)); round > 0; --round) {
    if (!test.passes_round()) return false;
  }
  return true;
}

}  // namespace rhumb::funcs
