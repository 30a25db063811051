#include "funcs/support/pem.h"

#include <algorithm>

#include "funcs/support/base_text.h"

namespace rhumb::funcs {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "\n-----END ";
constexpr std::string_view dashes = "-----";

/// Takes the first line off; it comes back without its end and the blanks before.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t last = line.find_last_not_of(" \t");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// One block whose BEGIN mark ends where `rest` starts, and whose END mark starts at `end` of it.
std::optional<PemBlock> decode_block(std::string_view rest, std::size_t end) {
  const std::string_view whole = rest;
  std::string_view type = take_line(rest);
  if (!type.ends_with(dashes)) return std::nullopt;
  type.remove_suffix(dashes.size());
  bool has_headers = false;
  while (true) {
    if (rest.empty()) return std::nullopt;
    std::string_view next = rest;
    if (take_line(next).find(':') == std::string_view::npos) break;
    has_headers = true;
    rest = next;
  }
  const std::size_t start = whole.size() - rest.size();
  if (has_headers && end < start) return std::nullopt;

  std::string_view trailer = whole.substr(end + end_mark.size());
  if (!trailer.starts_with(type)) return std::nullopt;
  trailer.remove_prefix(type.size());
  if (!trailer.starts_with(dashes)) return std::nullopt;
  trailer.remove_prefix(dashes.size());
  if (!take_line(trailer).empty()) return std::nullopt;

  PemBlock block{std::string(type), {}};
  if (end > start) {
    std::string data(whole.substr(start, end - start));
    std::erase_if(data, [](char c) { return c == ' ' || c == '\t'; });
    DecodedBytes decoded = decode_base64(data);
    if (decoded.error_at) return std::nullopt;
    block.bytes = std::move(decoded.bytes);
  }
  return block;
}

}  // namespace

std::optional<PemBlock> decode_pem(std::string_view text) {
  while (true) {
    const std::size_t end = text.find(end_mark);
    if (end == std::string_view::npos) return std::nullopt;
    // The last BEGIN before the first END.
    const std::size_t begin = text.substr(0, end).rfind(begin_mark);
    if (begin != std::string_view::npos && (begin == 0 || text[begin - 1] == '\n')) {
      const std::size_t start = begin + begin_mark.size();
      if (auto block = decode_block(text.substr(start), end - start)) return block;
    }
    text.remove_prefix(end + end_mark.size());
  }
}

std::string encode_pem(std::string_view type, std::string_view bytes) {
  constexpr std::size_t line_length = 64;
  std::string out = "-----BEGIN " + std::string(type) + "-----\n";
  const std::string data = base64_text(bytes);
  for (std::size_t at = 0; at < data.size(); at += line_length) {
    out.append(std::string_view(data).substr(at, line_length)).append("\n");
  }
  return out.append("-----END ").append(type).append("-----\n");
}

}  // namespace rhumb::funcs
