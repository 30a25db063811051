// Private keys, in the forms of Go's crypto/x509, with OpenSSL behind.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "funcs/support/rsa_key.h"
#include "rhumb/base/host.h"

struct evp_pkey_st;

namespace rhumb::funcs {

enum class KeyKind : unsigned char { rsa, dsa, ecdsa, ed25519 };

class PrivateKey {
 public:
  /// From the system's generator, from the host's pool of keys where it has one, or from the host's bytes when the host
  /// is deterministic. `bits` are those of RSA;
  /// ECDSA keys are on P-256, DSA keys have 2048 and 256 bits.
  static PrivateKey generate(KeyKind kind, int bits, Host& host);
  /// As parsePrivateKeyPEM of sprig. Nullopt: `error` is the text.
  static std::optional<PrivateKey> from_pem(std::string_view text, std::string& error);

  KeyKind kind() const { return kind_; }
  /// As pemBlockForKey of sprig: PKCS#1 for RSA, SEC 1 for ECDSA, PKCS#8 for Ed25519.
  std::string pem() const;
  /// The SubjectPublicKeyInfo.
  std::string public_key_info() const;
  /// The AlgorithmIdentifier of its signatures; empty for what Go does not sign certificates with.
  std::string signature_algorithm() const;
  /// Signs with the hash of signature_algorithm. Nullopt: `error` is the text.
  std::optional<std::string> sign(std::string_view data, Host& host, std::string& error) const;

 private:
  struct Release {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, Release>;

  PrivateKey(KeyKind kind, evp_pkey_st* key) : kind_(kind), key_(key) {}
  explicit PrivateKey(RsaKey key) : kind_(KeyKind::rsa), rsa_(std::move(key)) {}
  static PrivateKey make(KeyKind kind, int bits, Host& host);
  static PrivateKey take(KeyKind kind, int bits, KeyPool& pool, Host& host);
  static std::optional<PrivateKey> from_der(KeyKind kind, std::string_view bytes);
  static std::optional<PrivateKey> from_pkcs1(std::string_view bytes, std::string& error);
  static std::optional<PrivateKey> from_pkcs8(std::string_view bytes, std::string& error);
  int bits() const;
  /// What pem() has in it.
  std::string der() const;

  KeyKind kind_;
  // One of them. A key that only OpenSSL makes sense of is its, even one of RSA.
  std::optional<RsaKey> rsa_;
  Handle key_;
};

}  // namespace rhumb::funcs
