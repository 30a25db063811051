#include "funcs/support/certificate_writer.h"

#include <algorithm>
#include <array>

#include "funcs/support/der.h"
#include "rhumb/base/utf8.h"
#include "rhumb/funcs/digest.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

struct WriteFailure {
  std::string text;
};

bool is_printable(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A name of nothing but the common name; without one it is empty.
std::string name_of(std::string_view common_name) {
  if (common_name.empty()) return der::element(der::sequence, {});
  const bool printable = std::all_of(common_name.begin(), common_name.end(), is_printable);
  if (!printable && !utf8::valid(common_name)) throw WriteFailure{"asn1: string not valid UTF-8"};
  const std::string value = der::element(printable ? der::printable_string : der::utf8_string, common_name);
  const std::string attribute = der::element(der::sequence, der::element(der::object_id, "\x55\x04\x03") + value);
  return der::element(der::sequence, der::element(der::set, attribute));
}

std::string time_of(const GoTime& time) {
  const GoTime utc = time.in(nullptr);
  const std::int64_t year = utc.date().year;
  if (year >= 1950 && year < 2050) return der::element(der::utc_time, format_time(utc, "060102150405Z"));
  if (year < 0 || year > 9999) {
    throw WriteFailure{"asn1: structure error: cannot represent time as GeneralizedTime"};
  }
  return der::element(der::generalized_time, format_time(utc, "20060102150405Z"));
}

std::string serial_number(Host& host) {
  std::array<std::byte, 16> bytes{};
  host.random(bytes);
  return der::unsigned_integer({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string bit_string(std::string_view bytes, char unused = '\0') {
  return der::element(der::bit_string, std::string(1, unused).append(bytes));
}

std::string extension(std::string_view last_byte, bool critical, std::string_view value) {
  std::string content = der::element(der::object_id, std::string("\x55\x1d").append(last_byte));
  if (critical) content += der::element(der::boolean, "\xff");
  return der::element(der::sequence, content + der::element(der::octet_string, value));
}

/// The bytes of the key in a SubjectPublicKeyInfo.
std::string_view key_bytes(std::string_view info) {
  std::string_view content;
  der::Reader(info).read(der::sequence, content);
  der::Reader parts(content);
  parts.read(der::sequence, content);
  parts.read(der::bit_string, content);
  return content.empty() ? content : content.substr(1);
}

std::string alternative_names(const CertificateTemplate& certificate) {
  std::string names;
  for (const std::string& name : certificate.dns_names) {
    if (!is_ascii(name)) throw WriteFailure{"x509: " + quote(name) + " cannot be encoded as an IA5String"};
    names += der::element(der::context(2), name);
  }
  for (const std::string& address : certificate.addresses) names += der::element(der::context(7), address);
  return names;
}

std::string extensions(const CertificateTemplate& certificate, std::string_view public_key_info,
                       std::string_view authority_key_id) {
  const bool is_ca = certificate.is_ca;
  // Key encipherment, digital signature, and the signing of certificates for a CA.
  std::string list = extension("\x0f", true, is_ca ? bit_string("\xa4", 2) : bit_string("\xa0", 5));
  const std::string usages = der::element(der::object_id, "\x2b\x06\x01\x05\x05\x07\x03\x01") +
                             der::element(der::object_id, "\x2b\x06\x01\x05\x05\x07\x03\x02");
  list += extension("\x25", false, der::element(der::sequence, usages));  // server and client authentication
  list += extension("\x13", true, der::element(der::sequence, is_ca ? der::element(der::boolean, "\xff") : ""));
  if (is_ca) {
    const auto digest = sha256_digest(key_bytes(public_key_info));
    const std::string_view id(reinterpret_cast<const char*>(digest.data()), 20);
    list += extension("\x0e", false, der::element(der::octet_string, id));
  }
  if (!authority_key_id.empty()) {
    list += extension("\x23", false, der::element(der::sequence, der::element(der::context(0), authority_key_id)));
  }
  const std::string names = alternative_names(certificate);
  const bool critical = certificate.common_name.empty();
  if (!names.empty()) list += extension("\x11", critical, der::element(der::sequence, names));
  return der::element(der::context(3, true), der::element(der::sequence, list));
}

std::string to_be_signed(const CertificateTemplate& certificate, const PrivateKey& key, const CertificateParts* parent,
                         const PrivateKey& signer, Host& host) {
  const std::string public_key_info = key.public_key_info();
  const std::string subject = name_of(certificate.common_name);
  const std::string issuer = parent == nullptr ? subject : parent->subject;
  const std::string authority = parent != nullptr && issuer != subject ? parent->subject_key_id : "";
  if (parent != nullptr && parent->public_key_info != signer.public_key_info()) {
    throw WriteFailure{"x509: provided PrivateKey doesn't match parent's PublicKey"};
  }
  const std::string version = der::element(der::context(0, true), der::element(der::integer, "\x02"));
  const std::string validity =
      der::element(der::sequence, time_of(certificate.not_before) + time_of(certificate.not_after));
  return der::element(der::sequence, version + serial_number(host) + signer.signature_algorithm() + issuer + validity +
                                         subject + public_key_info +
                                         extensions(certificate, public_key_info, authority));
}

}  // namespace

std::optional<std::string> write_certificate(const CertificateTemplate& certificate, const PrivateKey& key,
                                             const CertificateParts* parent, const PrivateKey& signer, Host& host,
                                             std::string& error) {
  if (signer.kind() == KeyKind::dsa) {
    error = "x509: certificate private key does not implement crypto.Signer";
    return std::nullopt;
  }
  if (key.kind() == KeyKind::dsa) {
    error = "x509: unsupported public key type: *dsa.PublicKey";
    return std::nullopt;
  }
  try {
    const std::string body = to_be_signed(certificate, key, parent, signer, host);
    const auto signature = signer.sign(body, host, error);
    if (!signature) return std::nullopt;
    return der::element(der::sequence, body + signer.signature_algorithm() + bit_string(*signature));
  } catch (const WriteFailure& failure) {
    error = failure.text;
    return std::nullopt;
  }
}

}  // namespace rhumb::funcs
