#include "funcs/support/certificate_reader.h"

#include <utility>

#include "funcs/support/der.h"
#include "funcs/support/public_key.h"

namespace rhumb::funcs {
namespace {

constexpr std::string_view subject_key_id_oid = "\x55\x1d\x0e";

struct ReadFailure {
  std::string text;
};

void require(bool good, std::string_view text) {
  if (!good) throw ReadFailure{std::string(text)};
}

void check_name(std::string_view whole) {
  der::Reader name(whole);
  std::string_view content;
  require(name.read(der::sequence, content), "x509: invalid RDNSequence");
  for (der::Reader sets(content); !sets.empty();) {
    require(sets.read(der::set, content), "x509: invalid RDNSequence");
    for (der::Reader set(content); !set.empty();) {
      std::string_view attribute;
      require(set.read(der::sequence, attribute), "x509: invalid RDNSequence: invalid attribute");
      der::Reader parts(attribute);
      unsigned char tag = 0;
      std::string_view whole_value;
      require(parts.read(der::object_id, attribute), "x509: invalid RDNSequence: invalid attribute type");
      require(parts.read_any(tag, attribute, whole_value), "x509: invalid RDNSequence: invalid attribute value");
    }
  }
}

void check_time(der::Reader& reader) {
  std::string_view text;
  if (reader.at(der::utc_time)) {
    require(reader.read(der::utc_time, text) && text.size() >= 11, "x509: malformed UTCTime");
  } else {
    require(reader.at(der::generalized_time), "x509: unsupported time format");
    require(reader.read(der::generalized_time, text) && text.size() == 15, "x509: malformed GeneralizedTime");
  }
}

/// version, serial number, signature algorithm
void read_head(der::Reader& body, der::Reader& certificate) {
  std::string_view content;
  if (body.read(der::context(0, true), content)) {
    der::Reader version(content);
    std::string_view number;
    require(version.read(der::integer, number) && der::is_integer(number), "x509: malformed version");
    require((number[0] & 0x80) == 0, "x509: malformed version");
    require(number.size() == 1 && number[0] <= 2, "x509: invalid version");
  }
  std::string_view serial;
  require(body.read(der::integer, serial) && der::is_integer(serial), "x509: malformed serial number");
  require((serial[0] & 0x80) == 0, "x509: negative serial number");
  std::string_view inner;
  std::string_view outer;
  require(body.read(der::sequence, inner), "x509: malformed signature algorithm identifier");
  require(certificate.read(der::sequence, outer), "x509: malformed algorithm identifier");
  require(inner == outer, "x509: inner and outer signature algorithm identifiers don't match");
}

void read_extensions(std::string_view content, CertificateParts& parts) {
  der::Reader list(content);
  require(list.read(der::sequence, content), "x509: malformed extensions");
  for (der::Reader extensions(content); !extensions.empty();) {
    std::string_view extension;
    require(extensions.read(der::sequence, extension), "x509: malformed extension");
    der::Reader fields(extension);
    std::string_view id;
    std::string_view value;
    require(fields.read(der::object_id, id), "x509: malformed extension OID field");
    if (fields.at(der::boolean)) require(fields.read(der::boolean, value), "x509: malformed extension critical field");
    require(fields.read(der::octet_string, value), "x509: malformed extension value field");
    if (id != subject_key_id_oid) continue;
    std::string_view key_id;
    require(der::Reader(value).read(der::octet_string, key_id), "x509: invalid subject key identifier");
    parts.subject_key_id = key_id;
  }
}

CertificateParts read_body(std::string_view content) {
  der::Reader certificate(content);
  std::string_view text;
  require(certificate.read(der::sequence, text), "x509: malformed tbs certificate");
  der::Reader body(text);
  read_head(body, certificate);
  CertificateParts parts;
  require(body.read_element(der::sequence, text), "x509: malformed issuer");
  check_name(text);
  require(body.read(der::sequence, text), "x509: malformed validity");
  der::Reader validity(text);
  check_time(validity);
  check_time(validity);
  require(body.read_element(der::sequence, text), "x509: malformed issuer");
  check_name(text);
  parts.subject = text;
  require(body.read_element(der::sequence, text), "x509: malformed spki");
  if (std::string problem = public_key_problem(text); !problem.empty()) throw ReadFailure{std::move(problem)};
  parts.public_key_info = text;
  body.read(der::context(1), text);
  body.read(der::context(2), text);
  if (body.read(der::context(3, true), text)) read_extensions(text, parts);
  require(certificate.read(der::bit_string, text), "x509: malformed signature");
  return parts;
}

}  // namespace

std::optional<CertificateParts> read_certificate(std::string_view der, std::string& error) {
  try {
    der::Reader reader(der);
    std::string_view content;
    require(reader.read(der::sequence, content), "x509: malformed certificate");
    CertificateParts parts = read_body(content);
    require(reader.empty(), "x509: trailing data");
    return parts;
  } catch (const ReadFailure& failure) {
    error = failure.text;
    return std::nullopt;
  }
}

}  // namespace rhumb::funcs
