// What the users of OpenSSL share.
#pragma once

#include <openssl/bn.h>
#include <openssl/crypto.h>

#include <memory>
#include <string>

#include "funcs/support/der.h"
#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {

template <auto release>
struct Releaser {
  template <typename T>
  void operator()(T* object) const {
    release(object);
  }
};

using Number = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Releaser<BN_CTX_free>>;
using Montgomery = std::unique_ptr<BN_MONT_CTX, Releaser<BN_MONT_CTX_free>>;

/// OpenSSL fails when memory or randomness is missing.
inline void ensure(bool good) {
  if (!good) throw gotmpl::FunctionError{"OpenSSL cannot make a key"};
}

/// To be called before OpenSSL is used for more than numbers and digests: it would read a configuration of the machine,
/// which Helm knows nothing of, and the texts of errors, which nobody sees.
inline void prepare_openssl() {
  static const bool prepared =
      OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
                              OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
                          nullptr) == 1;
  ensure(prepared);
}

inline Number new_number() {
  Number number(BN_new());
  ensure(number != nullptr);
  return number;
}

inline Montgomery new_montgomery(const BIGNUM* modulus, BN_CTX* scratch) {
  Montgomery made(BN_MONT_CTX_new());
  ensure(made != nullptr && BN_MONT_CTX_set(made.get(), modulus, scratch) == 1);
  return made;
}

/// The INTEGER of a number that is not negative.
inline std::string der_integer(const BIGNUM* number) {
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return der::unsigned_integer(bytes);
}

/// Numbers of a scratch space, given back together.
class ScratchFrame {
 public:
  explicit ScratchFrame(BN_CTX* scratch) : scratch_(scratch) { BN_CTX_start(scratch); }
  ~ScratchFrame() { BN_CTX_end(scratch_); }
  ScratchFrame(const ScratchFrame&) = delete;
  ScratchFrame& operator=(const ScratchFrame&) = delete;

  BIGNUM* number() {
    BIGNUM* const made = BN_CTX_get(scratch_);
    ensure(made != nullptr);
    return made;
  }

 private:
  BN_CTX* scratch_;
};

}  // namespace rhumb::funcs
