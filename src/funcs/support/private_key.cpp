#include "funcs/support/private_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include "funcs/support/der.h"
#include "funcs/support/key_generation.h"
#include "funcs/support/openssl.h"
#include "funcs/support/pem.h"
#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {
namespace {

constexpr int smallest_rsa = 1024;

/// What an i2d function of OpenSSL writes for an object.
template <typename Object, typename Write>
std::string der_of(Object* object, Write write) {
  unsigned char* data = nullptr;
  const int size = write(object, &data);
  if (size < 0) throw gotmpl::FunctionError{"OpenSSL cannot encode a key"};
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(data, [](unsigned char* p) { OPENSSL_free(p); });
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

int openssl_type(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa: return EVP_PKEY_RSA;
    case KeyKind::dsa: return EVP_PKEY_DSA;
    case KeyKind::ecdsa: return EVP_PKEY_EC;
    case KeyKind::ed25519: break;
  }
  return EVP_PKEY_ED25519;
}

std::optional<KeyKind> kind_of(const EVP_PKEY* key) {
  for (const KeyKind kind : {KeyKind::rsa, KeyKind::dsa, KeyKind::ecdsa, KeyKind::ed25519}) {
    if (EVP_PKEY_get_base_id(key) == openssl_type(kind)) return kind;
  }
  return std::nullopt;
}

EVP_PKEY* generate_dsa() {
  EVP_PKEY* parameters = nullptr;
  EVP_PKEY* key = nullptr;
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "DSA", nullptr);
  std::size_t bits = 2048;
  std::size_t order_bits = 256;
  const std::array<OSSL_PARAM, 3> sizes{OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_FFC_PBITS, &bits),
                                        OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_FFC_QBITS, &order_bits),
                                        OSSL_PARAM_construct_end()};
  if (context != nullptr && EVP_PKEY_paramgen_init(context) == 1 &&
      EVP_PKEY_CTX_set_params(context, sizes.data()) == 1 && EVP_PKEY_paramgen(context, &parameters) == 1) {
    EVP_PKEY_CTX_free(context);
    context = EVP_PKEY_CTX_new_from_pkey(nullptr, parameters, nullptr);
    if (context != nullptr && EVP_PKEY_keygen_init(context) == 1) EVP_PKEY_keygen(context, &key);
  }
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_free(parameters);
  return key;
}

/// Of a kind other than RSA.
EVP_PKEY* generate_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::dsa: return generate_dsa();
    case KeyKind::ecdsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case KeyKind::rsa:
    case KeyKind::ed25519: break;
  }
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
}

std::string_view pem_type(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa: return "RSA PRIVATE KEY";
    case KeyKind::dsa: return "DSA PRIVATE KEY";
    case KeyKind::ecdsa: return "EC PRIVATE KEY";
    case KeyKind::ed25519: break;
  }
  return "PRIVATE KEY";
}

/// The forms of private keys that Go tells apart when one was expected and another found.
enum class KeyForm { pkcs1, sec1, pkcs8, other };

KeyForm form_of(std::string_view bytes) {
  der::Reader outer(bytes);
  std::string_view content;
  if (!outer.read(der::sequence, content)) return KeyForm::other;
  der::Reader fields(content);
  if (!fields.read(der::integer, content)) return KeyForm::other;
  if (fields.at(der::integer)) return KeyForm::pkcs1;
  if (fields.at(der::octet_string)) return KeyForm::sec1;
  return fields.at(der::sequence) ? KeyForm::pkcs8 : KeyForm::other;
}

/// What Go's encoding/asn1 says of bytes that are no such struct. Its words for faults further in are not followed.
std::string asn1_problem(std::string_view bytes, std::string_view type) {
  if (bytes.empty()) return "asn1: syntax error: sequence truncated";
  if (bytes.size() == 1) return "asn1: syntax error: truncated base 128 integer";
  const auto tag = static_cast<unsigned char>(bytes[0]);
  std::size_t header = 2;
  std::size_t length = static_cast<unsigned char>(bytes[1]);
  if (length >= 0x80) {
    header += length & 0x7f;
    if (header > bytes.size() || header > 6) return "asn1: syntax error: truncated tag or length";
    length = 0;
    for (std::size_t i = 2; i < header; ++i) length = length << 8 | static_cast<unsigned char>(bytes[i]);
  }
  if (tag == der::sequence) {
    return bytes.size() - header < length ? "asn1: syntax error: data truncated"
                                          : "asn1: syntax error: sequence truncated";
  }
  return "asn1: structure error: tags don't match (16 vs {class:" + std::to_string(tag >> 6) +
         " tag:" + std::to_string(tag & 0x1f) + " length:" + std::to_string(length) +
         " isCompound:" + ((tag & 0x20) != 0 ? "true" : "false") +
         "}) {optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 "
         "timeType:0 set:false omitEmpty:false} " +
         std::string(type) + " @" + std::to_string(header);
}

/// What PKCS#8 wraps.
struct Wrapped {
  std::string_view algorithm;  // content of the OID
  std::string_view key;
};

std::optional<Wrapped> unwrap_pkcs8(std::string_view bytes) {
  std::string_view content;
  if (!der::Reader(bytes).read(der::sequence, content)) return std::nullopt;
  der::Reader fields(content);
  std::string_view algorithm;
  Wrapped wrapped;
  if (!fields.read(der::integer, content) || !fields.read(der::sequence, algorithm) ||
      !der::Reader(algorithm).read(der::object_id, wrapped.algorithm) || !fields.read(der::octet_string, wrapped.key)) {
    return std::nullopt;
  }
  return wrapped;
}

std::string wrong_form(KeyForm found) {
  const std::string_view parser = found == KeyForm::sec1    ? "ParseECPrivateKey"
                                  : found == KeyForm::pkcs1 ? "ParsePKCS1PrivateKey"
                                                            : "ParsePKCS8PrivateKey";
  return "x509: failed to parse private key (use " + std::string(parser) + " instead for this key format)";
}

struct CurveHash {
  const EVP_MD* hash;
  std::string_view algorithm;  // content of the OID of ecdsa-with-SHA...
};

CurveHash curve_hash(int order_bits) {
  using std::string_view_literals::operator""sv;
  if (order_bits > 384) return {EVP_sha512(), "\x2a\x86\x48\xce\x3d\x04\x03\x04"sv};
  if (order_bits > 256) return {EVP_sha384(), "\x2a\x86\x48\xce\x3d\x04\x03\x03"sv};
  return {EVP_sha256(), "\x2a\x86\x48\xce\x3d\x04\x03\x02"sv};
}

const EVP_MD* signature_hash(const EVP_PKEY* key, KeyKind kind) {
  if (kind == KeyKind::ed25519) return nullptr;  // hashes by itself
  return kind == KeyKind::ecdsa ? curve_hash(EVP_PKEY_get_bits(key)).hash : EVP_sha256();
}

std::optional<std::string> sign_with_openssl(EVP_PKEY* key, const EVP_MD* hash, std::string_view data) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(data.data());
  std::size_t size = 0;
  if (context == nullptr || EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size()) != 1) {
    return std::nullopt;
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, data.size()) !=
      1) {
    return std::nullopt;
  }
  signature.resize(size);
  return signature;
}

}  // namespace

void PrivateKey::Release::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

PrivateKey PrivateKey::generate(KeyKind kind, int bits, Host& host) {
  KeyPool* const pool = host.deterministic() ? nullptr : host.key_pool();
  if (pool != nullptr && (kind == KeyKind::rsa || kind == KeyKind::dsa)) return take(kind, bits, *pool, host);
  return make(kind, bits, host);
}

PrivateKey PrivateKey::make(KeyKind kind, int bits, Host& host) {
  if (kind == KeyKind::rsa) {
    return PrivateKey(host.deterministic() ? RsaKey::derive(bits, host) : RsaKey::generate(bits, host));
  }
  prepare_openssl();
  EVP_PKEY* const key = host.deterministic() ? derive_key(kind, host) : generate_key(kind);
  ensure(key != nullptr);
  return {kind, key};
}

/// The kinds that take long to make.
PrivateKey PrivateKey::take(KeyKind kind, int bits, KeyPool& pool, Host& host) {
  const std::string name = (kind == KeyKind::rsa ? "RSA " : "DSA ") + std::to_string(bits);
  const std::string der = pool.next(name, [&] { return make(kind, bits, host).der(); });
  std::string error;
  auto key = kind == KeyKind::rsa ? from_pkcs1(der, error) : from_der(kind, der);
  if (!key) throw gotmpl::FunctionError{"OpenSSL cannot read a key that it made"};
  return std::move(*key);
}

std::optional<PrivateKey> PrivateKey::from_der(KeyKind kind, std::string_view bytes) {
  prepare_openssl();
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  EVP_PKEY* const key = d2i_PrivateKey(openssl_type(kind), nullptr, &data, static_cast<long>(bytes.size()));
  if (key == nullptr) {
    ERR_clear_error();
    return std::nullopt;
  }
  return PrivateKey(kind, key);
}

/// As x509.ParsePKCS1PrivateKey.
std::optional<PrivateKey> PrivateKey::from_pkcs1(std::string_view bytes, std::string& error) {
  if (auto key = RsaKey::from_pkcs1(bytes, error)) return PrivateKey(std::move(*key));
  if (!error.empty()) return std::nullopt;
  const KeyForm form = form_of(bytes);
  if (form == KeyForm::sec1 || form == KeyForm::pkcs8) {
    error = wrong_form(form);
    return std::nullopt;
  }
  auto key = from_der(KeyKind::rsa, bytes);  // of three primes
  if (!key) error = asn1_problem(bytes, "pkcs1PrivateKey");
  return key;
}

std::optional<PrivateKey> PrivateKey::from_pkcs8(std::string_view bytes, std::string& error) {
  const auto wrapped = unwrap_pkcs8(bytes);
  if (wrapped && wrapped->algorithm == der::rsa_encryption) {
    auto key = from_pkcs1(wrapped->key, error);
    if (!key) error = "x509: failed to parse RSA private key embedded in PKCS#8: " + error;
    return key;
  }
  prepare_openssl();
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, void (*)(PKCS8_PRIV_KEY_INFO*)> info(
      d2i_PKCS8_PRIV_KEY_INFO(nullptr, &data, static_cast<long>(bytes.size())), PKCS8_PRIV_KEY_INFO_free);
  Handle key(info == nullptr ? nullptr : EVP_PKCS82PKEY(info.get()));
  ERR_clear_error();
  const auto kind = key == nullptr ? std::nullopt : kind_of(key.get());
  if (kind && *kind != KeyKind::dsa) return PrivateKey(*kind, key.release());
  const KeyForm form = form_of(bytes);
  if (form == KeyForm::sec1 || form == KeyForm::pkcs1) {
    error = wrong_form(form);
  } else if (const auto algorithm = wrapped ? der::object_id_text(wrapped->algorithm) : std::nullopt) {
    error = "x509: PKCS#8 wrapping contained private key with unknown algorithm: " + *algorithm;
  } else {
    error = asn1_problem(bytes, "pkcs8");
  }
  return std::nullopt;
}

std::optional<PrivateKey> PrivateKey::from_pem(std::string_view text, std::string& error) {
  const auto block = decode_pem(text);
  const auto fail = [&](std::string message) -> std::optional<PrivateKey> {
    error = std::move(message);
    return std::nullopt;
  };
  if (!block) return fail("no PEM data in input");
  const std::string_view type = block->type;
  if (type == "PRIVATE KEY") {
    std::string problem;
    auto key = from_pkcs8(block->bytes, problem);
    return key ? std::move(key) : fail("decoding PEM as PKCS#8: " + problem);
  }
  if (!type.ends_with(" PRIVATE KEY")) {
    return fail("no private key data in PEM block of type " + std::string(type));
  }
  if (type == "RSA PRIVATE KEY") {
    std::string problem;
    auto key = from_pkcs1(block->bytes, problem);
    return key ? std::move(key) : fail("parsing RSA private key from PEM: " + problem);
  }
  struct Type {
    KeyKind kind;
    KeyForm form;
    std::string_view pem_type, name, go_type, prefix;
  };
  constexpr std::array types{Type{KeyKind::ecdsa, KeyForm::sec1, "EC PRIVATE KEY", "EC", "ecPrivateKey",
                                  "x509: failed to parse EC private key: "},
                             Type{KeyKind::dsa, KeyForm::pkcs1, "DSA PRIVATE KEY", "DSA", "DSAKeyFormat", ""}};
  const auto* const expected =
      std::find_if(types.begin(), types.end(), [&](const Type& each) { return each.pem_type == type; });
  if (expected == types.end()) return fail("invalid private key type " + std::string(type));
  const KeyForm form = form_of(block->bytes);
  auto key = form == expected->form ? from_der(expected->kind, block->bytes) : std::nullopt;
  if (key) return key;
  const bool other_form = form != KeyForm::other && form != expected->form && expected->kind != KeyKind::dsa;
  return fail(
      "parsing " + std::string(expected->name) + " private key from PEM: " +
      (other_form ? wrong_form(form) : std::string(expected->prefix) + asn1_problem(block->bytes, expected->go_type)));
}

std::string PrivateKey::pem() const { return encode_pem(pem_type(kind_), der()); }

std::string PrivateKey::der() const {
  if (rsa_) return rsa_->pkcs1();
  if (kind_ != KeyKind::ed25519) return der_of(key_.get(), i2d_PrivateKey);
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, void (*)(PKCS8_PRIV_KEY_INFO*)> info(EVP_PKEY2PKCS8(key_.get()),
                                                                                  PKCS8_PRIV_KEY_INFO_free);
  return der_of(info.get(), i2d_PKCS8_PRIV_KEY_INFO);
}

std::string PrivateKey::public_key_info() const {
  return rsa_ ? rsa_->public_key_info() : der_of(key_.get(), i2d_PUBKEY);
}

int PrivateKey::bits() const { return rsa_ ? rsa_->bits() : EVP_PKEY_get_bits(key_.get()); }

std::string PrivateKey::signature_algorithm() const {
  using std::string_view_literals::operator""sv;
  const auto identifier = [](std::string_view oid, std::string_view parameters) {
    return der::element(der::sequence, der::element(der::object_id, oid).append(parameters));
  };
  switch (kind_) {
    case KeyKind::rsa: return identifier("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"sv, "\x05\x00"sv);
    case KeyKind::ecdsa: return identifier(curve_hash(bits()).algorithm, {});
    case KeyKind::ed25519: return identifier("\x2b\x65\x70"sv, {});
    case KeyKind::dsa: break;
  }
  return {};
}

std::optional<std::string> PrivateKey::sign(std::string_view data, Host& host, std::string& error) const {
  if (kind_ == KeyKind::rsa && bits() < smallest_rsa) {
    error = "crypto/rsa: " + std::to_string(bits()) +
            "-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)";
    return std::nullopt;
  }
  if (rsa_) {
    auto signature = rsa_->sign(data);
    if (!signature) error = "crypto/rsa: decryption error";
    return signature;
  }
  const EVP_MD* const hash = signature_hash(key_.get(), kind_);
  if (kind_ == KeyKind::ecdsa && host.deterministic()) {
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, hash, nullptr);
    digest.resize(size);
    return sign_ecdsa(key_.get(), digest, host);
  }
  auto signature = sign_with_openssl(key_.get(), hash, data);
  if (!signature) error = "OpenSSL cannot sign";
  return signature;
}

}  // namespace rhumb::funcs
