// The parts of an X.509 certificate that signing with it needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rhumb::funcs {

struct CertificateParts {
  std::string subject;          // DER of the name
  std::string public_key_info;  // DER
  std::string subject_key_id;   // empty when it has none
};

/// As x509.ParseCertificate. Nullopt: `error` is the text.
std::optional<CertificateParts> read_certificate(std::string_view der, std::string& error);

}  // namespace rhumb::funcs
