// parseCertificate and parsePublicKey of crypto/x509/parser.go (Go 1.26).
#include "funcs/support/public_key.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "funcs/support/der.h"
#include "funcs/support/openssl.h"

namespace rhumb::funcs {
namespace {

using namespace std::string_view_literals;
using Group = std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>>;

constexpr std::string_view dsa = "\x2a\x86\x48\xce\x38\x04\x01";
constexpr std::string_view ecdsa = "\x2a\x86\x48\xce\x3d\x02\x01";
constexpr std::string_view ed25519 = "\x2b\x65\x70";
constexpr std::size_t ed25519_size = 32;

struct Curve {
  std::string_view oid;
  int openssl;
  std::string_view name;
  std::string_view element;  // what Go's error calls a coordinate (on amd64)
};

constexpr std::array curves{Curve{"\x2b\x81\x04\x00\x21"sv, NID_secp224r1, "P224", "P224Element"},
                            Curve{"\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, NID_X9_62_prime256v1, "P256", "P256 element"},
                            Curve{"\x2b\x81\x04\x00\x22"sv, NID_secp384r1, "P384", "P384Element"},
                            Curve{"\x2b\x81\x04\x00\x23"sv, NID_secp521r1, "P521", "P521Element"}};

bool read_integer(der::Reader& from, std::string_view& content) {
  return from.read(der::integer, content) && der::is_integer(content);
}

bool is_positive(std::string_view integer) { return (integer[0] & 0x80) == 0 && integer != "\0"sv; }

std::string rsa_problem(std::string_view parameters, std::string_view key) {
  if (parameters != "\x05\x00"sv) return "x509: RSA key missing NULL parameters";
  std::string_view content;
  if (!der::Reader(key).read(der::sequence, content)) return "x509: invalid RSA public key";
  der::Reader numbers(content);
  std::string_view modulus;
  std::string_view exponent;
  if (!read_integer(numbers, modulus)) return "x509: invalid RSA modulus";
  if (!read_integer(numbers, exponent) || exponent.size() > sizeof(std::int64_t)) {
    return "x509: invalid RSA public exponent";
  }
  if (!is_positive(modulus)) return "x509: RSA modulus is not a positive number";
  return is_positive(exponent) ? "" : "x509: RSA public exponent is not a positive number";
}

std::string dsa_problem(std::string_view parameters, std::string_view key) {
  der::Reader number(key);
  std::string_view y;
  if (!read_integer(number, y)) return "x509: invalid DSA public key";
  std::string_view content;
  if (!der::Reader(parameters).read(der::sequence, content)) return "x509: invalid DSA parameters";
  der::Reader numbers(content);
  bool positive = is_positive(y);
  for (int i = 0; i < 3; ++i) {
    if (!read_integer(numbers, content)) return "x509: invalid DSA parameters";
    positive = positive && is_positive(content);
  }
  return positive ? "" : "x509: zero or negative DSA parameter";
}

/// As ecdsa.ParseUncompressedPublicKey.
std::string point_problem(const Curve& curve, std::string_view key) {
  if (key.empty() || key[0] != '\x04') return "ecdsa: invalid uncompressed public key";
  const Group group(EC_GROUP_new_by_curve_name(curve.openssl));
  const Point point(group == nullptr ? nullptr : EC_POINT_new(group.get()));
  ensure(point != nullptr);
  const auto coordinate = (static_cast<std::size_t>(EC_GROUP_get_degree(group.get())) + 7) / 8;
  if (key.size() != 1 + 2 * coordinate) return "invalid " + std::string(curve.name) + " point encoding";
  const Number prime = new_number();
  ensure(EC_GROUP_get_curve(group.get(), prime.get(), nullptr, nullptr, nullptr) == 1);
  for (const std::string_view element : {key.substr(1, coordinate), key.substr(1 + coordinate)}) {
    const Number number(
        BN_bin2bn(reinterpret_cast<const unsigned char*>(element.data()), static_cast<int>(element.size()), nullptr));
    ensure(number != nullptr);
    if (BN_cmp(number.get(), prime.get()) >= 0) return "invalid " + std::string(curve.element) + " encoding";
  }
  const bool good = EC_POINT_oct2point(group.get(), point.get(), reinterpret_cast<const unsigned char*>(key.data()),
                                       key.size(), nullptr) == 1;
  ERR_clear_error();
  return good ? "" : std::string(curve.name) + " point not on curve";
}

std::string ecdsa_problem(std::string_view parameters, std::string_view key) {
  std::string_view oid;
  if (!der::Reader(parameters).read(der::object_id, oid) || !der::object_id_text(oid)) {
    return "x509: invalid ECDSA parameters";
  }
  const auto* const curve =
      std::find_if(curves.begin(), curves.end(), [&](const Curve& each) { return each.oid == oid; });
  return curve == curves.end() ? "x509: unsupported elliptic curve" : point_problem(*curve, key);
}

std::string ed25519_problem(std::string_view parameters, std::string_view key) {
  if (!parameters.empty()) return "x509: Ed25519 key encoded with illegal parameters";
  return key.size() == ed25519_size ? "" : "x509: wrong Ed25519 public key size";
}

/// The bits of a BIT STRING in whole bytes, moved to the right where it does not end with a byte. False: it is none.
bool read_bits(std::string_view content, std::string& bytes) {
  if (content.empty()) return false;
  const auto unused = static_cast<unsigned char>(content[0]);
  const auto last = static_cast<unsigned char>(content.back());
  if (unused > 7 || (content.size() == 1 && unused != 0) || (last & ((1U << unused) - 1)) != 0) return false;
  bytes = content.substr(1);
  unsigned before = 0;
  for (char& c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>((before << 8 | byte) >> unused);
    before = byte;
  }
  return true;
}

}  // namespace

std::string public_key_problem(std::string_view info) {
  std::string_view content;
  if (!der::Reader(info).read(der::sequence, content)) return "x509: malformed spki";
  der::Reader parts(content);
  if (!parts.read(der::sequence, content)) return "x509: malformed public key algorithm identifier";
  der::Reader algorithm(content);
  std::string_view oid;
  if (!algorithm.read(der::object_id, oid) || !der::object_id_text(oid)) return "x509: malformed OID";
  unsigned char tag = 0;
  std::string_view parameters;
  if (!algorithm.empty() && !algorithm.read_any(tag, content, parameters)) return "x509: malformed parameters";
  std::string key;
  if (!parts.read(der::bit_string, content) || !read_bits(content, key)) return "x509: malformed subjectPublicKey";
  if (oid == der::rsa_encryption) return rsa_problem(parameters, key);
  if (oid == dsa) return dsa_problem(parameters, key);
  if (oid == ecdsa) return ecdsa_problem(parameters, key);
  return oid == ed25519 ? ed25519_problem(parameters, key) : "";
}

}  // namespace rhumb::funcs
