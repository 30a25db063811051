// Bytes as text in base 64 and base 32, as Go's StdEncoding of both writes and reads them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rhumb::funcs {

std::string base64_text(std::string_view bytes);
std::string base32_text(std::string_view bytes);

struct DecodedBytes {
  std::string bytes;
  /// Where Go's CorruptInputError points.
  std::optional<std::size_t> error_at;
};

/// Line breaks are skipped, padding is required.
DecodedBytes decode_base64(std::string_view text);
DecodedBytes decode_base32(std::string_view text);

}  // namespace rhumb::funcs
