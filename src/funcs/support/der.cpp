#include "funcs/support/der.h"

#include <algorithm>

namespace rhumb::funcs::der {

std::string element(unsigned char tag, std::string_view content) {
  std::string out(1, static_cast<char>(tag));
  if (content.size() < 0x80) {
    out += static_cast<char>(content.size());
  } else {
    std::string length;
    for (std::size_t rest = content.size(); rest > 0; rest >>= 8) length.insert(0, 1, static_cast<char>(rest & 0xff));
    out += static_cast<char>(0x80 | length.size());
    out += length;
  }
  return out.append(content);
}

std::string unsigned_integer(std::string_view bytes) {
  while (bytes.size() > 1 && bytes[0] == '\0') bytes.remove_prefix(1);
  std::string content(bytes);
  if (content.empty() || (content[0] & 0x80) != 0) content.insert(0, 1, '\0');
  return element(integer, content);
}

bool Reader::read_any(unsigned char& tag, std::string_view& content, std::string_view& whole) {
  if (rest_.size() < 2) return false;
  tag = static_cast<unsigned char>(rest_[0]);
  if ((tag & 0x1f) == 0x1f) return false;  // tags of several bytes do not occur in certificates
  std::size_t header = 2;
  std::size_t size = static_cast<unsigned char>(rest_[1]);
  if (size >= 0x80) {
    const std::size_t count = size & 0x7f;
    if (count == 0 || count > 4 || rest_.size() < 2 + count) return false;
    size = 0;
    for (std::size_t i = 0; i < count; ++i) size = size << 8 | static_cast<unsigned char>(rest_[2 + i]);
    // The shortest form only.
    if (size < 0x80 || size >> ((count - 1) * 8) == 0) return false;
    header += count;
  }
  if (rest_.size() - header < size) return false;
  whole = rest_.substr(0, header + size);
  content = whole.substr(header);
  rest_.remove_prefix(whole.size());
  return true;
}

bool Reader::read(unsigned char tag, std::string_view& content) {
  unsigned char found = 0;
  std::string_view whole;
  const std::string_view before = rest_;
  if (read_any(found, content, whole) && found == tag) return true;
  rest_ = before;
  return false;
}

bool Reader::read_element(unsigned char tag, std::string_view& whole) {
  unsigned char found = 0;
  std::string_view content;
  const std::string_view before = rest_;
  if (read_any(found, content, whole) && found == tag) return true;
  rest_ = before;
  return false;
}

bool is_integer(std::string_view content) {
  if (content.empty()) return false;
  if (content.size() == 1) return true;
  const auto first = static_cast<unsigned char>(content[0]);
  const bool high = (content[1] & 0x80) != 0;
  return !(first == 0 && !high) && !(first == 0xff && high);
}

std::optional<std::string> object_id_text(std::string_view content) {
  if (content.empty() || (content.back() & 0x80) != 0) return std::nullopt;
  constexpr std::uint32_t room = std::uint32_t{1} << (31 - 7);
  std::string text;
  std::uint32_t number = 0;
  bool first_byte = true;
  for (const char c : content) {
    const auto byte = static_cast<unsigned char>(c);
    if (number >= room || (first_byte && byte == 0x80)) return std::nullopt;
    number = number << 7 | (byte & 0x7f);
    first_byte = (byte & 0x80) == 0;
    if (!first_byte) continue;
    if (text.empty()) {
      const std::uint32_t root = std::min(number / 40, std::uint32_t{2});
      text = std::to_string(root) + "." + std::to_string(number - root * 40);
    } else {
      text += "." + std::to_string(number);
    }
    number = 0;
  }
  return text;
}

}  // namespace rhumb::funcs::der
