// PEM as Go's encoding/pem.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rhumb::funcs {

struct PemBlock {
  std::string type;  // "CERTIFICATE"
  std::string bytes;
};

/// The first well-formed block of the text.
std::optional<PemBlock> decode_pem(std::string_view text);
std::string encode_pem(std::string_view type, std::string_view bytes);

}  // namespace rhumb::funcs
