// X.509 certificates as Go's x509.CreateCertificate makes them of sprig's template.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "funcs/support/certificate_reader.h"
#include "funcs/support/go_time.h"
#include "funcs/support/private_key.h"

namespace rhumb::funcs {

struct CertificateTemplate {
  std::string common_name;
  std::vector<std::string> addresses;  // of 4 or 16 bytes
  std::vector<std::string> dns_names;
  GoTime not_before;
  GoTime not_after;
  bool is_ca = false;
};

/// The certificate as DER. Without `parent` it is signed by its own key, `signer`. Nullopt: `error` is the text.
std::optional<std::string> write_certificate(const CertificateTemplate& certificate, const PrivateKey& key,
                                             const CertificateParts* parent, const PrivateKey& signer, Host& host,
                                             std::string& error);

}  // namespace rhumb::funcs
