// ASN.1 in its distinguished encoding, as far as certificates need it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rhumb::funcs::der {

inline constexpr unsigned char boolean = 0x01, integer = 0x02, bit_string = 0x03, octet_string = 0x04, object_id = 0x06,
                               utf8_string = 0x0c, sequence = 0x30, set = 0x31, printable_string = 0x13,
                               utc_time = 0x17, generalized_time = 0x18;

/// The content of the OBJECT IDENTIFIER rsaEncryption.
inline constexpr std::string_view rsa_encryption = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";

/// Of the choice `number` in context: its tag, plain or constructed.
constexpr unsigned char context(unsigned char number, bool constructed = false) {
  return static_cast<unsigned char>(0x80 | (constructed ? 0x20 : 0) | number);
}

std::string element(unsigned char tag, std::string_view content);
/// From bytes of a number that is not negative, the first byte the highest.
std::string unsigned_integer(std::string_view bytes);

/// Reads elements one after the other, as cryptobyte.String.
class Reader {
 public:
  explicit Reader(std::string_view data) : rest_(data) {}

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  bool at(unsigned char tag) const { return !rest_.empty() && static_cast<unsigned char>(rest_[0]) == tag; }
  /// The content of an element of that tag; false for another tag or bad lengths.
  bool read(unsigned char tag, std::string_view& content);
  /// The same with the header.
  bool read_element(unsigned char tag, std::string_view& whole);
  bool read_any(unsigned char& tag, std::string_view& content, std::string_view& whole);

 private:
  std::string_view rest_;
};

/// Whether the content is that of an integer without superfluous bytes.
bool is_integer(std::string_view content);

/// "1.2.840.113549" of the content of an OBJECT IDENTIFIER, nullopt for one that Go does not read: its numbers have to
/// be below 2^31.
std::optional<std::string> object_id_text(std::string_view content);

}  // namespace rhumb::funcs::der
