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

EVP_PKEY* key_from(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  ensure(params != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
         EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) == 1);
  return key;
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
  const Number q = random_prime(256, host, scratch.get());
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

/// The digest as a number of no more bits than the order has.
Number hash_number(std::string_view digest, const BIGNUM* order) {
  Number number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(digest.data()), static_cast<int>(digest.size()), nullptr));
  const int excess = static_cast<int>(digest.size()) * 8 - BN_num_bits(order);
  if (excess > 0) ensure(BN_rshift(number.get(), number.get(), excess) == 1);
  return number;
}

}  // namespace

EVP_PKEY* derive_key(KeyKind kind, Host& host) {
  switch (kind) {
    case KeyKind::dsa: return derive_dsa(host);
    case KeyKind::ecdsa: return derive_ecdsa(host);
    case KeyKind::rsa:  // RsaKey::derive
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
  return der::element(der::sequence, der_integer(r.get()) + der_integer(s.get()));
}

}  // namespace rhumb::funcs
