#include "funcs/support/rsa_key.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "funcs/support/der.h"

namespace rhumb::funcs {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Key read_by_openssl(const RsaKey& key) {
  const std::string der = key.pkcs1();
  const unsigned char* data = bytes_of(der);
  return Key(d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &data, static_cast<long>(der.size())));
}

template <typename Write>
std::string written(EVP_PKEY* key, Write write) {
  std::string der(static_cast<std::size_t>(write(key, nullptr)), '\0');
  auto* data = reinterpret_cast<unsigned char*>(der.data());
  write(key, &data);
  return der;
}

std::string signed_by_openssl(EVP_PKEY* key, const std::string& text) {
  const Digest digest(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  std::size_t size = signature.size();
  EXPECT_EQ(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key), 1);
  EXPECT_EQ(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(text),
                           text.size()),
            1);
  return signature;
}

Number factor(const Key& key, const char* name) {
  BIGNUM* number = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), name, &number), 1);
  return Number(number);
}

void expect_sound(const RsaKey& key, int bits) {
  const Key read = read_by_openssl(key);
  ASSERT_NE(read, nullptr);
  const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, read.get(), nullptr));
  EXPECT_EQ(key.bits(), bits);
  EXPECT_EQ(EVP_PKEY_get_bits(read.get()), bits);
  EXPECT_EQ(EVP_PKEY_check(context.get()), 1);
  EXPECT_EQ(EVP_PKEY_pairwise_check(context.get()), 1);
  EXPECT_EQ(written(read.get(), i2d_PrivateKey), key.pkcs1());
  EXPECT_EQ(written(read.get(), i2d_PUBKEY), key.public_key_info());
  // Primes out of the same Candidates would be a few thousand apart.
  const Number larger = factor(read, OSSL_PKEY_PARAM_RSA_FACTOR1);
  const Number smaller = factor(read, OSSL_PKEY_PARAM_RSA_FACTOR2);
  BN_sub(larger.get(), larger.get(), smaller.get());
  EXPECT_GT(BN_num_bits(larger.get()), bits / 2 - 100) << "as FIPS 186-5 asks";
  // The signature is a function of the key and the text.
  for (const std::string text : {"", "abc", "a text that is longer than a block of SHA-256, which has 64 bytes"}) {
    EXPECT_EQ(key.sign(text), signed_by_openssl(read.get(), text)) << text;
  }
}

TEST(RsaKey, IsSound) {
  const auto host = make_system_host();
  for (const int bits : {1024, 1536, 2048, 2050}) expect_sound(RsaKey::generate(bits, *host), bits);
}

TEST(RsaKey, RepeatsItselfAsTheHostDoes) {
  const RsaKey key = RsaKey::derive(1024, *make_deterministic_host());
  expect_sound(key, 1024);
  EXPECT_EQ(key.pkcs1(), RsaKey::derive(1024, *make_deterministic_host()).pkcs1());
}

std::optional<RsaKey> from_pkcs1(const std::string& der) {
  std::string error;
  auto key = RsaKey::from_pkcs1(der, error);
  EXPECT_FALSE(key && !error.empty()) << error;
  return key;
}

/// The integers of a key, in the order of PKCS#1.
std::vector<std::string> integers(const std::string& pkcs1) {
  std::string_view content;
  der::Reader(pkcs1).read(der::sequence, content);
  der::Reader fields(content);
  std::vector<std::string> found;
  while (fields.read(der::integer, content)) found.emplace_back(content);
  return found;
}

std::string pkcs1_of(const std::vector<std::string>& integers) {
  std::string content;
  for (const std::string& integer : integers) content += der::element(der::integer, integer);
  return der::element(der::sequence, content);
}

/// What is said of others is recorded from Go: tests/tables/funcs/certificates.rows.
TEST(RsaKey, IsReadWhereItsNumbersFit) {
  const auto host = make_deterministic_host();
  const RsaKey key = RsaKey::derive(1024, *host);
  const std::string pkcs1 = key.pkcs1();
  const auto read = from_pkcs1(pkcs1);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pkcs1(), pkcs1);
  EXPECT_EQ(read->sign("abc"), key.sign("abc"));

  const std::vector<std::string> parts = integers(pkcs1);
  ASSERT_EQ(parts.size(), 9);
  EXPECT_EQ(pkcs1_of(parts), pkcs1);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (const std::string other : {"\x01", "\x02", "\x11", "\xff"}) {
      auto changed = parts;
      changed[i] = other;
      EXPECT_FALSE(from_pkcs1(pkcs1_of(changed))) << i;
    }
    auto changed = parts;
    changed[i].back() = static_cast<char>(changed[i].back() ^ 2);
    EXPECT_FALSE(from_pkcs1(pkcs1_of(changed))) << i;
    changed = parts;
    changed[i].insert(0, 1, '\0');
    EXPECT_FALSE(from_pkcs1(pkcs1_of(changed))) << i;
  }
  auto swapped = parts;
  std::swap(swapped[4], swapped[5]);
  EXPECT_FALSE(from_pkcs1(pkcs1_of(swapped)));
  EXPECT_FALSE(from_pkcs1(pkcs1 + "x"));
  EXPECT_FALSE(from_pkcs1(pkcs1.substr(0, pkcs1.size() - 1)));
  EXPECT_FALSE(from_pkcs1({}));
}

/// The PKCS#1 of a key of two numbers, prime or not; "" when they have no key with this exponent.
std::string pkcs1_of_factors(const BIGNUM* p, const BIGNUM* q) {
  const Scratch scratch(BN_CTX_new());
  const Number e = new_number();
  const Number p1(BN_dup(p));
  const Number q1(BN_dup(q));
  const Number phi = new_number();
  const Number n = new_number();
  BN_set_word(e.get(), 65537);
  BN_sub_word(p1.get(), 1);
  BN_sub_word(q1.get(), 1);
  BN_mul(n.get(), p, q, scratch.get());
  BN_mul(phi.get(), p1.get(), q1.get(), scratch.get());
  const Number d(BN_mod_inverse(nullptr, e.get(), phi.get(), scratch.get()));
  const Number inverse(BN_mod_inverse(nullptr, q, p, scratch.get()));
  if (d == nullptr || inverse == nullptr) return "";
  const Number dp = new_number();
  const Number dq = new_number();
  BN_mod(dp.get(), d.get(), p1.get(), scratch.get());
  BN_mod(dq.get(), d.get(), q1.get(), scratch.get());
  const std::array<const BIGNUM*, 8> numbers{n.get(), e.get(), d.get(), p, q, dp.get(), dq.get(), inverse.get()};
  std::string content = der::unsigned_integer(std::string(1, '\0'));
  for (const BIGNUM* number : numbers) content += der_integer(number);
  return der::element(der::sequence, content);
}

/// Of numbers that fit together, though one is no prime: 2^521 - 1 and a multiple of 3.
TEST(RsaKey, SignsNothingWithoutPrimes) {
  const Number p = new_number();
  BN_set_bit(p.get(), 521);
  BN_sub_word(p.get(), 1);
  const Number q = new_number();
  BN_set_bit(q.get(), 520);
  BN_set_bit(q.get(), 519);
  BN_set_bit(q.get(), 0);
  std::string pkcs1;
  while (pkcs1.empty()) {
    BN_add_word(q.get(), 2);
    if (BN_mod_word(q.get(), 3) == 0) pkcs1 = pkcs1_of_factors(p.get(), q.get());
  }
  const auto key = from_pkcs1(pkcs1);
  ASSERT_TRUE(key);
  EXPECT_FALSE(key->sign("abc"));
}

}  // namespace
}  // namespace rhumb::funcs
