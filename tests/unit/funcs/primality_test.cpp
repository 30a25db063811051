#include "funcs/support/primality.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <memory>

#include "funcs/support/key_generation.h"

namespace rhumb::funcs {
namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using Scratch = std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)>;

/// 2^bits - 1
Number mersenne(int bits) {
  Number number(BN_new(), BN_free);
  BN_set_bit(number.get(), bits);
  BN_sub_word(number.get(), 1);
  return number;
}

bool answer(const Number& number) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  return is_prime(number.get(), scratch.get());
}

TEST(Primality, OfMersenneNumbers) {
  for (const int bits : {521, 607, 1279, 2203}) EXPECT_TRUE(answer(mersenne(bits))) << bits;
  for (const int bits : {523, 541, 547, 557, 563, 1009, 1277, 1283, 2207}) EXPECT_FALSE(answer(mersenne(bits))) << bits;
}

TEST(Primality, ProductsOfPrimesAreNone) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  const Number product(BN_new(), BN_free);
  for (const auto& [a, b] : {std::pair{521, 607}, {607, 607}, {521, 1279}}) {
    BN_mul(product.get(), mersenne(a).get(), mersenne(b).get(), scratch.get());
    EXPECT_FALSE(is_prime(product.get(), scratch.get())) << a << " " << b;
  }
}

/// As OpenSSL judges numbers around one that has primes near it.
TEST(Primality, AgreesWithOpenSsl) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  const Number number = mersenne(300);
  int primes = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool prime = is_prime(number.get(), scratch.get());
    ASSERT_EQ(prime, BN_check_prime(number.get(), scratch.get(), nullptr) == 1) << i;
    primes += prime ? 1 : 0;
    BN_sub_word(number.get(), 2);
  }
  EXPECT_GT(primes, 3);
}

/// The sizes beside 1024 bits are those for which OpenSSL raises one after the other.
TEST(Primality, OfTwoAtOnce) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  const Number first(BN_new(), BN_free);
  const Number second(BN_new(), BN_free);
  const Number start(BN_new(), BN_free);
  const auto draw = [&](const Number& number, int bits) {
    BN_rand(start.get(), bits, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD);
    Candidates candidates(start.get());
    ASSERT_TRUE(candidates.next(number.get()));
  };
  for (const int bits : {512, 1024}) {
    int primes = 0;
    for (int i = 0; i < 200 || primes == 0; ++i) {
      draw(first, bits);
      draw(second, i % 2 == 0 ? bits : 512);
      const auto [first_is, second_is] = are_prime({first.get(), second.get()}, scratch.get());
      ASSERT_EQ(first_is, is_prime(first.get(), scratch.get()));
      ASSERT_EQ(second_is, is_prime(second.get(), scratch.get()));
      primes += first_is ? 1 : 0;
      EXPECT_TRUE(!first_is || BN_check_prime(first.get(), scratch.get(), nullptr) == 1);
      EXPECT_TRUE(!second_is || BN_check_prime(second.get(), scratch.get(), nullptr) == 1);
    }
  }
}

TEST(Primality, CandidatesAreWhatNoSmallPrimeDivides) {
  const Number start = mersenne(521);
  Candidates candidates(start.get());
  const Number candidate(BN_new(), BN_free);
  bool more = candidates.next(candidate.get());
  const Number number(BN_dup(start.get()), BN_free);
  int found = 0;
  for (int i = 0; i < 521 * 4; ++i, BN_add_word(number.get(), 2)) {
    bool divisible = false;
    for (unsigned divisor = 3; divisor < 1 << 16 && !divisible; divisor += 2) {
      divisible = BN_mod_word(number.get(), divisor) == 0;
    }
    const bool is_next = more && BN_cmp(number.get(), candidate.get()) == 0;
    ASSERT_EQ(is_next, !divisible) << i;
    if (!is_next) continue;
    ++found;
    more = candidates.next(candidate.get());
  }
  EXPECT_FALSE(more);
  EXPECT_GT(found, 100);
}

TEST(Primality, Rounds) {
  EXPECT_EQ(primality_rounds(2048), 3);
  EXPECT_EQ(primality_rounds(1024), 6);
  EXPECT_EQ(primality_rounds(512), 13);
  EXPECT_EQ(primality_rounds(256), 67);
}

TEST(RsaKey, IsSound) {
  for (const int bits : {1024, 2048}) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(generate_rsa(bits), EVP_PKEY_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr), EVP_PKEY_CTX_free);
    EXPECT_EQ(EVP_PKEY_get_bits(key.get()), bits);
    EXPECT_EQ(EVP_PKEY_check(context.get()), 1);
    EXPECT_EQ(EVP_PKEY_pairwise_check(context.get()), 1);
    // Primes out of the same Candidates would be a few thousand apart.
    BIGNUM* p = nullptr;
    BIGNUM* q = nullptr;
    ASSERT_EQ(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_FACTOR1, &p), 1);
    ASSERT_EQ(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_FACTOR2, &q), 1);
    const Number larger(p, BN_free);
    const Number smaller(q, BN_free);
    BN_sub(larger.get(), larger.get(), smaller.get());
    EXPECT_GT(BN_num_bits(larger.get()), bits / 2 - 100) << "as FIPS 186-5 asks";
  }
}

}  // namespace
}  // namespace rhumb::funcs
