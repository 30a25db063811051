#include "funcs/support/key_generation.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "funcs/support/der.h"
#include "funcs/support/openssl.h"
#include "funcs/support/primality.h"
#include "funcs/support/prime_search.h"
#include "funcs/support/random_number.h"
#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {
namespace {

using Group = std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;

/// From 1 to limit - 1.
Number random_below(Host& host, const BIGNUM* limit) {
  while (true) {
    Number number = random_number(host, BN_num_bits(limit));
    if (!BN_is_zero(number.get()) && BN_cmp(number.get(), limit) < 0) return number;
  }
}

/// A prime of so many bits with the two highest bits set.
Number random_prime(Host& host, int bits, BN_CTX* scratch) {
  while (true) {
    Number number = random_odd(host, bits);
    if (is_prime(number.get(), scratch)) return number;
  }
}

EVP_PKEY* key_from(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  ensure(params != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
         EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) == 1);
  return key;
}

/// The numbers of an RSA key; false when the primes do not suit the exponent.
bool fill_rsa(OSSL_PARAM_BLD* builder, std::vector<Number>& kept, Number p, Number q, BN_CTX* scratch) {
  const auto made = [&] {
    kept.push_back(new_number());
    return kept.back().get();
  };
  if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);
  BIGNUM* const e = made();
  BIGNUM* const n = made();
  BIGNUM* const d = made();
  BIGNUM* const p1 = made();
  BIGNUM* const q1 = made();
  BIGNUM* const phi = made();
  BIGNUM* const dp = made();
  BIGNUM* const dq = made();
  BIGNUM* const inverse = made();
  ensure(BN_set_word(e, 65537) == 1 && BN_mul(n, p.get(), q.get(), scratch) == 1 &&
         BN_sub(p1, p.get(), BN_value_one()) == 1 && BN_sub(q1, q.get(), BN_value_one()) == 1 &&
         BN_mul(phi, p1, q1, scratch) == 1);
  if (BN_cmp(p.get(), q.get()) == 0 || BN_mod_inverse(d, e, phi, scratch) == nullptr) return false;
  ensure(BN_mod(dp, d, p1, scratch) == 1 && BN_mod(dq, d, q1, scratch) == 1 &&
         BN_mod_inverse(inverse, q.get(), p.get(), scratch) != nullptr);
  const auto push = [&](const char* name, const BIGNUM* number) {
    ensure(OSSL_PARAM_BLD_push_BN(builder, name, number) == 1);
  };
  push(OSSL_PKEY_PARAM_RSA_N, n);
  push(OSSL_PKEY_PARAM_RSA_E, e);
  push(OSSL_PKEY_PARAM_RSA_D, d);
  push(OSSL_PKEY_PARAM_RSA_FACTOR1, p.get());
  push(OSSL_PKEY_PARAM_RSA_FACTOR2, q.get());
  push(OSSL_PKEY_PARAM_RSA_EXPONENT1, dp);
  push(OSSL_PKEY_PARAM_RSA_EXPONENT2, dq);
  push(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, inverse);
  kept.push_back(std::move(p));
  kept.push_back(std::move(q));
  return true;
}

/// `primes` gives two of half the size, and two others when they do not suit each other.
template <typename Primes>
EVP_PKEY* make_rsa(BN_CTX* scratch, Primes primes) {
  while (true) {
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    std::vector<Number> kept;
    auto [p, q] = primes();
    if (fill_rsa(builder.get(), kept, std::move(p), std::move(q), scratch)) return key_from("RSA", builder.get());
  }
}

EVP_PKEY* derive_rsa(int bits, Host& host) {
  const Scratch scratch(BN_CTX_new());
  return make_rsa(scratch.get(), [&] {
    Number p = random_prime(host, bits / 2, scratch.get());
    Number q = random_prime(host, bits / 2, scratch.get());
    return std::pair(std::move(p), std::move(q));
  });
}

/// A prime of `bits` that is 1 modulo 2q.
Number dsa_prime(Host& host, int bits, const BIGNUM* q, BN_CTX* scratch) {
  const Number twice = new_number();
  const Number rest = new_number();
  ensure(BN_lshift1(twice.get(), q) == 1);
  while (true) {
    Number p = random_number(host, bits);
    BN_set_bit(p.get(), bits - 1);
    ensure(BN_mod(rest.get(), p.get(), twice.get(), scratch) == 1 && BN_sub(p.get(), p.get(), rest.get()) == 1 &&
           BN_add_word(p.get(), 1) == 1);
    if (BN_num_bits(p.get()) == bits && BN_check_prime(p.get(), scratch, nullptr) == 1) return p;
  }
}

EVP_PKEY* derive_dsa(Host& host) {
  const Scratch scratch(BN_CTX_new());
  const Number q = random_prime(host, 256, scratch.get());
  const Number p = dsa_prime(host, 2048, q.get(), scratch.get());
  const Number exponent = new_number();
  const Number g = new_number();
  const Number y = new_number();
  ensure(BN_sub(exponent.get(), p.get(), BN_value_one()) == 1 &&
         BN_div(exponent.get(), nullptr, exponent.get(), q.get(), scratch.get()) == 1);
  for (BN_ULONG base = 2; BN_is_zero(g.get()) || BN_is_one(g.get()); ++base) {
    const Number start = new_number();
    ensure(BN_set_word(start.get(), base) == 1 &&
           BN_mod_exp(g.get(), start.get(), exponent.get(), p.get(), scratch.get()) == 1);
  }
  const Number x = random_below(host, q.get());
  ensure(BN_mod_exp(y.get(), g.get(), x.get(), p.get(), scratch.get()) == 1);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  ensure(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_P, p.get()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_Q, q.get()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_G, g.get()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, y.get()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, x.get()) == 1);
  return key_from("DSA", builder.get());
}

EVP_PKEY* derive_ecdsa(Host& host) {
  const Scratch scratch(BN_CTX_new());
  const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  ensure(group != nullptr);
  const Number secret = random_below(host, EC_GROUP_get0_order(group.get()));
  const Point point(EC_POINT_new(group.get()));
  std::array<unsigned char, 65> bytes{};
  ensure(EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, scratch.get()) == 1 &&
         EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(),
                            scratch.get()) == bytes.size());
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  ensure(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
         OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get()) == 1);
  return key_from("EC", builder.get());
}

std::string integer_of(const BIGNUM* number) {
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return der::unsigned_integer(bytes);
}

/// The digest as a number of no more bits than the order has.
Number hash_number(std::string_view digest, const BIGNUM* order) {
  Number number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(digest.data()), static_cast<int>(digest.size()), nullptr));
  const int excess = static_cast<int>(digest.size()) * 8 - BN_num_bits(order);
  if (excess > 0) ensure(BN_rshift(number.get(), number.get(), excess) == 1);
  return number;
}

}  // namespace

EVP_PKEY* generate_rsa(int bits, Host& host) {
  const Scratch scratch(BN_CTX_secure_new());
  return make_rsa(scratch.get(), [&] { return random_primes(bits / 2, host); });
}

EVP_PKEY* derive_key(KeyKind kind, int bits, Host& host) {
  switch (kind) {
    case KeyKind::rsa: return derive_rsa(bits, host);
    case KeyKind::dsa: return derive_dsa(host);
    case KeyKind::ecdsa: return derive_ecdsa(host);
    case KeyKind::ed25519: break;
  }
  const auto seed = random_bytes(host, 32);
  EVP_PKEY* const key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
  ensure(key != nullptr);
  return key;
}

std::string sign_ecdsa(const EVP_PKEY* key, std::string_view digest, Host& host) {
  const Scratch scratch(BN_CTX_new());
  std::array<char, 64> curve{};
  BIGNUM* found = nullptr;
  ensure(EVP_PKEY_get_group_name(const_cast<EVP_PKEY*>(key), curve.data(), curve.size(), nullptr) == 1 &&
         EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &found) == 1);
  const Number secret(found);
  const Group group(EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve.data())));
  ensure(group != nullptr);
  const BIGNUM* const order = EC_GROUP_get0_order(group.get());
  const Number hash = hash_number(digest, order);
  const Number r = new_number();
  const Number s = new_number();
  while (true) {
    const Number nonce = random_below(host, order);
    const Point point(EC_POINT_new(group.get()));
    ensure(EC_POINT_mul(group.get(), point.get(), nonce.get(), nullptr, nullptr, scratch.get()) == 1 &&
           EC_POINT_get_affine_coordinates(group.get(), point.get(), r.get(), nullptr, scratch.get()) == 1 &&
           BN_nnmod(r.get(), r.get(), order, scratch.get()) == 1);
    // s = (hash + r * secret) / nonce
    const Number inverse(BN_mod_inverse(nullptr, nonce.get(), order, scratch.get()));
    ensure(inverse != nullptr && BN_mod_mul(s.get(), r.get(), secret.get(), order, scratch.get()) == 1 &&
           BN_mod_add(s.get(), s.get(), hash.get(), order, scratch.get()) == 1 &&
           BN_mod_mul(s.get(), s.get(), inverse.get(), order, scratch.get()) == 1);
    if (!BN_is_zero(r.get()) && !BN_is_zero(s.get())) break;
  }
  return der::element(der::sequence, integer_of(r.get()) + integer_of(s.get()));
}

}  // namespace rhumb::funcs
