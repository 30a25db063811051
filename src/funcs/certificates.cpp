// Keys and certificates (crypto.go, sprig 3.3.0).
#include <array>

#include "funcs/families.h"
#include "funcs/support/base_text.h"
#include "funcs/support/certificate_writer.h"
#include "funcs/support/pem.h"
#include "funcs/support/time_value.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

constexpr int key_bits = 4096;
constexpr int certificate_key_bits = 2048;

constexpr std::array<std::string_view, 2> certificate_fields{"Cert", "Key"};
constexpr StructureType certificate_type{
    Type::certificate, certificate_fields, certificate_fields, nullptr, false, nullptr};

Value make_certificate(CallContext& context, std::string_view certificate, std::string_view key) {
  const std::array<Value, 2> fields{context.string(certificate), context.string(key)};
  return context.heap.structure(certificate_type, fields);
}

Value gen_private_key(CallContext& context, Args args) {
  const std::string_view name = args[0].as_text();
  const auto generate = [&](KeyKind kind) {
    return context.string(PrivateKey::generate(kind, key_bits, context.host).pem());
  };
  if (name.empty() || name == "rsa") return generate(KeyKind::rsa);
  if (name == "dsa") return generate(KeyKind::dsa);
  if (name == "ecdsa") return generate(KeyKind::ecdsa);
  if (name == "ed25519") return generate(KeyKind::ed25519);
  return context.string("Unknown type " + std::string(name));
}

// --- certificates ---

std::vector<std::string> addresses(const Value& list) {
  std::vector<std::string> made;
  for (const Value& item : list.as_list()) {
    if (!item.is_string()) throw FunctionError{"error parsing ip: " + sprint(item) + " is not a string"};
    std::string ignored;
    const auto address = parse_ip_address(item.as_text(), ignored);
    if (!address || address->has_zone) throw FunctionError{"error parsing ip: " + std::string(item.as_text())};
    const std::string_view bytes(reinterpret_cast<const char*>(address->bytes.data()), address->bytes.size());
    // IPv4 takes four bytes, written as IPv6 too.
    if (address->is_v4) {
      made.emplace_back(bytes.substr(0, 4));
    } else {
      made.emplace_back(address->is_v4_in_v6() ? bytes.substr(12) : bytes);
    }
  }
  return made;
}

std::vector<std::string> dns_names(const Value& list) {
  std::vector<std::string> made;
  for (const Value& item : list.as_list()) {
    if (!item.is_string()) {
      throw FunctionError{"error processing alternate dns name: " + sprint(item) + " is not a string"};
    }
    made.emplace_back(item.as_text());
  }
  return made;
}

CertificateTemplate base_template(CallContext& context, const Value& common_name, const Value& days) {
  constexpr std::uint64_t day = 24ULL * 3600 * 1'000'000'000;
  CertificateTemplate made;
  made.common_name = common_name.as_text();
  made.not_before = current_time(context);
  const std::uint64_t duration = day * static_cast<std::uint64_t>(days.as_integer());
  made.not_after = made.not_before.add(static_cast<std::int64_t>(duration));
  return made;
}

CertificateTemplate full_template(CallContext& context, Args args) {
  CertificateTemplate made = base_template(context, args[0], args[3]);
  made.addresses = addresses(args[1]);
  made.dns_names = dns_names(args[2]);
  return made;
}

PrivateKey new_key(CallContext& context) {
  return PrivateKey::generate(KeyKind::rsa, certificate_key_bits, context.host);
}

PrivateKey given_key(const Value& pem) {
  std::string error;
  auto key = PrivateKey::from_pem(pem.as_text(), error);
  if (!key) throw FunctionError{"parsing private key: " + error};
  return std::move(*key);
}

struct Parent {
  const CertificateParts* certificate;
  const PrivateKey& key;
};

Value finish(CallContext& context, const CertificateTemplate& made, const PrivateKey& key, const Parent& parent) {
  std::string error;
  const auto der = write_certificate(made, key, parent.certificate, parent.key, context.host, error);
  if (!der) throw FunctionError{"error creating certificate: " + error};
  return make_certificate(context, encode_pem("CERTIFICATE", *der), key.pem());
}

Value make_ca(CallContext& context, Args args, const PrivateKey& key) {
  CertificateTemplate made = base_template(context, args[0], args[1]);
  made.is_ca = true;
  return finish(context, made, key, {nullptr, key});
}

Value make_self_signed(CallContext& context, Args args, const PrivateKey& key) {
  return finish(context, full_template(context, args), key, {nullptr, key});
}

Value make_signed(CallContext& context, Args args, const PrivateKey& key) {
  const Structure& ca = args[4].as_structure();
  const auto block = decode_pem(ca.fields[0].as_text());
  if (!block) throw FunctionError{"unable to decode certificate"};
  std::string error;
  const auto certificate = read_certificate(block->bytes, error);
  if (!certificate) throw FunctionError{"error parsing certificate: decodedSignerCert.Bytes: " + error};
  const auto signer = PrivateKey::from_pem(ca.fields[1].as_text(), error);
  if (!signer) throw FunctionError{"error parsing private key: " + error};
  return finish(context, full_template(context, args), key, {&*certificate, *signer});
}

Value gen_ca(CallContext& context, Args args) { return make_ca(context, args, new_key(context)); }
Value gen_ca_with_key(CallContext& context, Args args) { return make_ca(context, args, given_key(args[2])); }
Value gen_self_signed(CallContext& context, Args args) { return make_self_signed(context, args, new_key(context)); }
Value gen_self_signed_with_key(CallContext& context, Args args) {
  return make_self_signed(context, args, given_key(args[4]));
}
Value gen_signed(CallContext& context, Args args) { return make_signed(context, args, new_key(context)); }
Value gen_signed_with_key(CallContext& context, Args args) { return make_signed(context, args, given_key(args[5])); }

std::string decode(const Value& text, std::string_view what) {
  DecodedBytes decoded = decode_base64(text.as_text());
  if (decoded.error_at) throw FunctionError{"unable to decode base64 " + std::string(what)};
  return std::move(decoded.bytes);
}

Value build_custom_cert(CallContext& context, Args args) {
  const std::string certificate = decode(args[0], "certificate");
  const std::string key = decode(args[1], "private key");
  const auto block = decode_pem(certificate);
  if (!block) throw FunctionError{"unable to decode certificate"};
  std::string error;
  if (!read_certificate(block->bytes, error)) {
    throw FunctionError{"error parsing certificate: decodedCert.Bytes: " + error};
  }
  if (!PrivateKey::from_pem(key, error)) throw FunctionError{"error parsing private key: " + error};
  return make_certificate(context, certificate, key);
}

constexpr Type list = Type::slice_any;

constexpr Function table[] = {
    {"buildCustomCert", Signature::of({Type::string, Type::string}, Type::certificate), build_custom_cert},
    {"genCA", Signature::of({Type::string, Type::int_}, Type::certificate), gen_ca},
    {"genCAWithKey", Signature::of({Type::string, Type::int_, Type::string}, Type::certificate), gen_ca_with_key},
    {"genPrivateKey", Signature::of({Type::string}, Type::string), gen_private_key},
    {"genSelfSignedCert", Signature::of({Type::string, list, list, Type::int_}, Type::certificate), gen_self_signed},
    {"genSelfSignedCertWithKey", Signature::of({Type::string, list, list, Type::int_, Type::string}, Type::certificate),
     gen_self_signed_with_key},
    {"genSignedCert", Signature::of({Type::string, list, list, Type::int_, Type::certificate}, Type::certificate),
     gen_signed},
    {"genSignedCertWithKey",
     Signature::of({Type::string, list, list, Type::int_, Type::certificate, Type::string}, Type::certificate),
     gen_signed_with_key},
};

}  // namespace

const std::span<const Function> certificate_functions = table;

}  // namespace rhumb::funcs
