// RSA keys of two primes, on OpenSSL's numbers alone: its own keys have to be handed over to a provider, looked up
// encoders for and blinded first, which takes longer than the signature.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "funcs/support/der.h"
#include "funcs/support/openssl.h"
#include "rhumb/base/host.h"

namespace rhumb::funcs {

class RsaKey {
 public:
  /// A new key of `bits` (even) from the bytes of a host that several threads may ask. Keeps up to eight processors
  /// busy. Throws FunctionError when OpenSSL fails.
  static RsaKey generate(int bits, Host& host);
  /// The same from the bytes of a host that repeats itself, by one thread.
  static RsaKey derive(int bits, Host& host);
  /// As x509.ParsePKCS1PrivateKey (Go 1.26): the numbers have to fit together, whether there are primes among them is
  /// not asked. Nullopt: `error` is the text, "" for what is no such structure, has more than two primes, or more than
  /// 16,384 bits.
  static std::optional<RsaKey> from_pkcs1(std::string_view der, std::string& error);

  int bits() const { return BN_num_bits(n_.get()); }
  std::string pkcs1() const;
  /// The SubjectPublicKeyInfo.
  std::string public_key_info() const;
  /// RSASSA-PKCS1-v1_5 with SHA-256, for keys of 1024 bits or more. As Go's crypto/rsa it relies on powers whose time
  /// does not depend on the key instead of blinding, and makes sure that the signature is one. Nullopt: it is none,
  /// since the key has other numbers than primes.
  std::optional<std::string> sign(std::string_view data) const;

 private:
  RsaKey() = default;
  template <typename Next>
  static RsaKey make(Next next);
  static std::optional<RsaKey> from_primes(Number p, Number q, BN_CTX* scratch);
  bool read_fields(der::Reader& fields, std::string& error);
  std::string check(BN_CTX* scratch) const;
  std::string check_exponents(BN_CTX* scratch) const;
  std::string complete(BN_CTX* scratch);
  void mark_secret();
  std::array<BIGNUM*, 8> in_order() const;
  Number power(const BIGNUM* number, BN_CTX* scratch) const;

  Number n_ = new_number();
  Number e_ = new_number();
  Number d_ = new_number();
  Number p_ = new_number();
  Number q_ = new_number();
  Number dp_ = new_number();       // d mod p - 1
  Number dq_ = new_number();       // d mod q - 1
  Number inverse_ = new_number();  // of q modulo p
};

}  // namespace rhumb::funcs
