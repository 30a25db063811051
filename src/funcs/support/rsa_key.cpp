#include "funcs/support/rsa_key.h"

#include <openssl/err.h>

#include <array>
#include <utility>

#include "funcs/support/der.h"
#include "funcs/support/prime_search.h"
#include "rhumb/funcs/digest.h"

namespace rhumb::funcs {
namespace {

using namespace std::string_view_literals;

constexpr BN_ULONG exponent = 65537;

/// What stands before the digest in the DigestInfo of SHA-256.
constexpr std::string_view digest_prefix =
    "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"sv;

/// EMSA-PKCS1-v1_5 in so many bytes.
Number encode_message(std::string_view data, std::size_t size) {
  const auto digest = sha256_digest(data);
  std::string content(digest_prefix);
  content.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  std::string message("\x00\x01"sv);
  message.append(size - content.size() - 3, '\xff');
  message += '\0';
  message += content;
  Number number = new_number();
  ensure(BN_bin2bn(reinterpret_cast<const unsigned char*>(message.data()), static_cast<int>(size), number.get()) !=
         nullptr);
  return number;
}

}  // namespace

/// `next` gives two primes, and others when they do not suit.
template <typename Next>
RsaKey RsaKey::make(Next next) {
  const Scratch scratch(BN_CTX_secure_new());
  ensure(scratch != nullptr);
  while (true) {
    auto [p, q] = next(scratch.get());
    if (auto key = from_primes(std::move(p), std::move(q), scratch.get())) return std::move(*key);
  }
}

RsaKey RsaKey::generate(int bits, Host& host) {
  return make([&](BN_CTX*) { return random_primes(bits / 2, host); });
}

RsaKey RsaKey::derive(int bits, Host& host) {
  return make([&](BN_CTX* scratch) {
    Number first = random_prime(bits / 2, host, scratch);
    return std::pair(std::move(first), random_prime(bits / 2, host, scratch));
  });
}

/// Nullopt when the primes do not suit the exponent, or each other.
std::optional<RsaKey> RsaKey::from_primes(Number p, Number q, BN_CTX* scratch) {
  if (BN_cmp(p.get(), q.get()) == 0) return std::nullopt;
  if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);
  ScratchFrame frame(scratch);
  BIGNUM* const p1 = frame.number();
  BIGNUM* const q1 = frame.number();
  BIGNUM* const phi = frame.number();
  RsaKey key;
  ensure(BN_set_word(key.e_.get(), exponent) == 1 && BN_mul(key.n_.get(), p.get(), q.get(), scratch) == 1 &&
         BN_sub(p1, p.get(), BN_value_one()) == 1 && BN_sub(q1, q.get(), BN_value_one()) == 1 &&
         BN_mul(phi, p1, q1, scratch) == 1);
  if (BN_mod_inverse(key.d_.get(), key.e_.get(), phi, scratch) == nullptr) {
    ERR_clear_error();
    return std::nullopt;
  }
  ensure(BN_mod(key.dp_.get(), key.d_.get(), p1, scratch) == 1 &&
         BN_mod(key.dq_.get(), key.d_.get(), q1, scratch) == 1 &&
         BN_mod_inverse(key.inverse_.get(), q.get(), p.get(), scratch) != nullptr);
  key.p_ = std::move(p);
  key.q_ = std::move(q);
  key.mark_secret();
  return key;
}

/// OpenSSL then computes with them in a time that does not depend on them, where it can.
void RsaKey::mark_secret() {
  for (const Number* number : {&d_, &p_, &q_, &dp_, &dq_, &inverse_}) BN_set_flags(number->get(), BN_FLG_CONSTTIME);
}

/// As PKCS#1 has them.
std::array<BIGNUM*, 8> RsaKey::in_order() const {
  return {n_.get(), e_.get(), d_.get(), p_.get(), q_.get(), dp_.get(), dq_.get(), inverse_.get()};
}

std::string RsaKey::pkcs1() const {
  std::string content = der::unsigned_integer("\0"sv);
  for (const BIGNUM* number : in_order()) content += der_integer(number);
  return der::element(der::sequence, content);
}

std::string RsaKey::public_key_info() const {
  const std::string numbers = der::element(der::sequence, der_integer(n_.get()) + der_integer(e_.get()));
  const std::string algorithm =
      der::element(der::sequence, der::element(der::object_id, der::rsa_encryption) + std::string("\x05\x00"sv));
  return der::element(der::sequence, algorithm + der::element(der::bit_string, std::string(1, '\0') + numbers));
}

/// The number to the power of d modulo n, by way of p and q (Garner's recombination).
Number RsaKey::power(const BIGNUM* number, BN_CTX* scratch) const {
  ScratchFrame frame(scratch);
  BIGNUM* const by_p = frame.number();
  BIGNUM* const by_q = frame.number();
  BIGNUM* const difference = frame.number();
  const Montgomery montgomery_p = new_montgomery(p_.get(), scratch);
  const Montgomery montgomery_q = new_montgomery(q_.get(), scratch);
  Number made = new_number();
  ensure(BN_nnmod(by_p, number, p_.get(), scratch) == 1 && BN_nnmod(by_q, number, q_.get(), scratch) == 1 &&
         BN_mod_exp_mont_consttime_x2(by_p, by_p, dp_.get(), p_.get(), montgomery_p.get(), by_q, by_q, dq_.get(),
                                      q_.get(), montgomery_q.get(), scratch) == 1 &&
         BN_mod_sub(difference, by_p, by_q, p_.get(), scratch) == 1 &&
         BN_mod_mul(difference, difference, inverse_.get(), p_.get(), scratch) == 1 &&
         BN_mul(made.get(), difference, q_.get(), scratch) == 1 && BN_add(made.get(), made.get(), by_q) == 1 &&
         BN_nnmod(made.get(), made.get(), n_.get(), scratch) == 1);
  return made;
}

std::optional<std::string> RsaKey::sign(std::string_view data) const {
  if (BN_is_odd(p_.get()) == 0 || BN_is_odd(q_.get()) == 0) return std::nullopt;
  const auto size = static_cast<std::size_t>(BN_num_bytes(n_.get()));
  const Scratch scratch(BN_CTX_secure_new());
  ensure(scratch != nullptr);
  const Number message = encode_message(data, size);
  const Number signature = power(message.get(), scratch.get());
  const Number back = new_number();
  ensure(BN_mod_exp_mont(back.get(), signature.get(), e_.get(), n_.get(), scratch.get(), nullptr) == 1);
  if (BN_cmp(back.get(), message.get()) != 0) return std::nullopt;
  std::string bytes(size, '\0');
  ensure(BN_bn2binpad(signature.get(), reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) >= 0);
  return bytes;
}

}  // namespace rhumb::funcs
