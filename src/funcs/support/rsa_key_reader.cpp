// RSA keys as Go reads them: crypto/x509/pkcs1.go, crypto/rsa and crypto/internal/fips140/rsa of Go 1.26.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "funcs/support/der.h"
#include "funcs/support/rsa_key.h"

namespace rhumb::funcs {
namespace {

using namespace std::string_view_literals;

/// OpenSSL refuses to compute with more (OPENSSL_RSA_MAX_MODULUS_BITS).
constexpr int most_bits = 16'384;

constexpr std::int64_t largest_exponent = 0x7fff'ffff;

/// What encoding/asn1 says of the content of an INTEGER; "" for a good one.
std::string integer_problem(std::string_view content) {
  if (content.empty()) return "asn1: structure error: empty integer";
  return der::is_integer(content) ? "" : "asn1: structure error: integer not minimally-encoded";
}

std::int64_t small_value(std::string_view content) {
  std::int64_t value = (content[0] & 0x80) != 0 ? -1 : 0;
  for (const char c : content)
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8) | static_cast<unsigned char>(c);
  return value;
}

/// Fields of a sequence, one after the other. After a fault error() has its text, "" for another kind of field.
class Fields {
 public:
  Fields(der::Reader& from, std::string& error) : from_(from), error_(error) {}

  bool read_int(std::int64_t& value) {
    std::string_view content;
    if (!read(content)) return false;
    if (content.size() > sizeof(value)) return fail("asn1: structure error: integer too large");
    value = small_value(content);
    return true;
  }

  /// Of two's complement; what is negative has that sign in the number.
  bool read_number(BIGNUM* number) {
    std::string_view content;
    if (!read(content)) return false;
    ensure(BN_bin2bn(reinterpret_cast<const unsigned char*>(content.data()), static_cast<int>(content.size()),
                     number) != nullptr);
    BN_set_negative(number, (content[0] & 0x80) != 0 ? 1 : 0);  // that it is negative is all that matters
    return true;
  }

 private:
  bool read(std::string_view& content) {
    if (from_.empty()) return fail("asn1: syntax error: sequence truncated");
    if (!from_.read(der::integer, content)) return false;
    std::string problem = integer_problem(content);
    return problem.empty() || fail(std::move(problem));
  }

  bool fail(std::string text) {
    error_ = std::move(text);
    return false;
  }

  der::Reader& from_;
  std::string& error_;
};

bool is_positive(const BIGNUM* number) { return BN_is_negative(number) == 0 && BN_is_zero(number) == 0; }

/// Why bigmod.Nat.SetBytes refuses a number; "" when it does not.
std::string overflow(const BIGNUM* number, const BIGNUM* modulus) {
  constexpr int word = 64;
  if (BN_num_bits(number) > (BN_num_bits(modulus) + word - 1) / word * word) return "input overflows the modulus size";
  return BN_cmp(number, modulus) < 0 ? "" : "input overflows the modulus";
}

std::string exponent_problem(const BIGNUM* exponent) {
  const BN_ULONG value = BN_get_word(exponent);
  if (value < 2) return "crypto/rsa: public exponent too small or negative";
  if (value % 2 == 0) return "crypto/rsa: public exponent is even";
  return value > largest_exponent ? "crypto/rsa: public exponent too large" : "";
}

}  // namespace

/// Those of pkcs1PrivateKey; an optional one that is left out is 0, and so is an exponent that is negative. False: they
/// are not there, or there are more primes. `error` may have a text all the same, which is to be said when there is
/// nothing behind the structure.
bool RsaKey::read_fields(der::Reader& from, std::string& error) {
  Fields fields(from, error);
  std::int64_t version = 0;
  std::int64_t exponent = 0;
  if (!fields.read_int(version) || !fields.read_number(n_.get()) || !fields.read_int(exponent)) return false;
  ensure(BN_set_word(e_.get(), static_cast<BN_ULONG>(std::max<std::int64_t>(exponent, 0))) == 1);
  for (const Number* number : {&d_, &p_, &q_}) {
    if (!fields.read_number(number->get())) return false;
  }
  bool good = is_positive(n_.get()) && is_positive(d_.get()) && is_positive(p_.get()) && is_positive(q_.get());
  for (const Number* number : {&dp_, &dq_, &inverse_}) {
    if (!from.at(der::integer)) break;
    if (!fields.read_number(number->get())) return false;
    good = good && is_positive(number->get());
  }
  std::string_view more_primes;
  if (from.read(der::sequence, more_primes) && !more_primes.empty()) return false;
  if (version > 1) {
    error = "x509: unsupported private key version";
  } else if (!good) {
    error = "x509: private key contains zero or negative value";
  }
  return true;
}

std::optional<RsaKey> RsaKey::from_pkcs1(std::string_view der, std::string& error) {
  error.clear();
  der::Reader outer(der);
  std::string_view content;
  if (!outer.read(der::sequence, content)) return std::nullopt;
  der::Reader fields(content);
  RsaKey key;
  if (!key.read_fields(fields, error)) return std::nullopt;
  if (!outer.empty()) error = "asn1: syntax error: trailing data";
  if (!error.empty() || key.bits() > most_bits) return std::nullopt;
  const Scratch scratch(BN_CTX_secure_new());
  ensure(scratch != nullptr);
  error = key.complete(scratch.get());
  if (error.empty()) error = key.check(scratch.get());
  if (!error.empty()) return std::nullopt;
  key.mark_secret();
  return key;
}

/// As NewPrivateKeyWithPrecomputation where all three numbers for the Chinese remainder theorem are given, else as
/// NewPrivateKey.
std::string RsaKey::complete(BN_CTX* scratch) {
  for (const Number* modulus : {&n_, &p_, &q_}) {
    if (BN_is_one(modulus->get()) == 1) return "modulus must be > 1";
  }
  if (std::string problem = overflow(d_.get(), n_.get()); !problem.empty()) return problem;
  if (!BN_is_zero(inverse_.get())) return overflow(inverse_.get(), p_.get());
  ScratchFrame frame(scratch);
  BIGNUM* const less = frame.number();
  for (const auto& [prime, own] : {std::pair(&p_, &dp_), std::pair(&q_, &dq_)}) {
    if (BN_is_word(prime->get(), 2) == 1) return "modulus must be > 1";
    ensure(BN_sub(less, prime->get(), BN_value_one()) == 1 && BN_mod(own->get(), d_.get(), less, scratch) == 1);
  }
  if (BN_is_odd(p_.get()) == 0) return "crypto/rsa: p is even";
  // By Fermat's little theorem: what it is for another number than a prime, check() refuses.
  ensure(BN_sub(less, p_.get(), BN_value_one()) == 1 && BN_sub(less, less, BN_value_one()) == 1 &&
         BN_nnmod(inverse_.get(), q_.get(), p_.get(), scratch) == 1 &&
         BN_mod_exp_mont_consttime(inverse_.get(), inverse_.get(), less, p_.get(), scratch, nullptr) == 1);
  return "";
}

/// As checkPrivateKey.
std::string RsaKey::check(BN_CTX* scratch) const {
  if (BN_is_odd(n_.get()) == 0) return "crypto/rsa: public modulus is even";
  if (std::string problem = exponent_problem(e_.get()); !problem.empty()) return problem;
  if (BN_cmp(p_.get(), n_.get()) >= 0 || BN_cmp(q_.get(), n_.get()) >= 0) return "crypto/rsa: invalid prime";
  ScratchFrame frame(scratch);
  BIGNUM* const made = frame.number();
  ensure(BN_mod_mul(made, p_.get(), q_.get(), n_.get(), scratch) == 1);
  if (!BN_is_zero(made)) return "crypto/rsa: p * q != n";
  if (std::string problem = check_exponents(scratch); !problem.empty()) return problem;
  if (BN_cmp(p_.get(), q_.get()) == 0) return "crypto/rsa: p == q";
  ensure(BN_sub(made, p_.get(), q_.get()) == 1);
  if (BN_num_bits(made) <= bits() / 2 - 100) return "crypto/rsa: |p - q| too small";
  return BN_num_bits(d_.get()) <= bits() / 2 ? "crypto/rsa: d too small" : "";
}

/// That d * e is 1 modulo p - 1 and q - 1, and that the inverse is one.
std::string RsaKey::check_exponents(BN_CTX* scratch) const {
  ScratchFrame frame(scratch);
  BIGNUM* const less = frame.number();
  BIGNUM* const made = frame.number();
  const std::array<std::pair<const BIGNUM*, const BIGNUM*>, 2> primes{std::pair(p_.get(), dp_.get()),
                                                                      std::pair(q_.get(), dq_.get())};
  for (const auto& [prime, own] : primes) {
    if (BN_is_word(prime, 2) == 1) return "crypto/rsa: invalid prime";
    ensure(BN_sub(less, prime, BN_value_one()) == 1);
    if (BN_cmp(own, less) >= 0) return "crypto/rsa: invalid CRT exponent";
    ensure(BN_mod_mul(made, own, e_.get(), less, scratch) == 1);
    if (BN_is_one(made) == 0) return "crypto/rsa: invalid CRT exponent";
  }
  ensure(BN_mod_mul(made, q_.get(), inverse_.get(), p_.get(), scratch) == 1);
  if (BN_is_one(made) == 0) return "crypto/rsa: invalid CRT coefficient";
  for (const auto& [prime, own] : primes) {
    ensure(BN_sub(less, prime, BN_value_one()) == 1 && BN_mod(made, d_.get(), less, scratch) == 1);
    if (BN_cmp(made, own) != 0)
      return prime == p_.get() ? "crypto/rsa: d does not match dP" : "crypto/rsa: d does not match dQ";
  }
  return "";
}

}  // namespace rhumb::funcs
