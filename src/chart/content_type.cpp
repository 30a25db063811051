#include "content_type.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace rhumb::chart {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sniffed_bytes = 512;
constexpr std::string_view blanks = "\t\n\f\r ";

constexpr std::array html_tags{"<!DOCTYPE HTML"sv,
                               "<HTML"sv,
                               "<HEAD"sv,
                               "<SCRIPT"sv,
                               "<IFRAME"sv,
                               "<H1"sv,
                               "<DIV"sv,
                               "<FONT"sv,
                               "<TABLE"sv,
                               "<A"sv,
                               "<STYLE"sv,
                               "<TITLE"sv,
                               "<B"sv,
                               "<BODY"sv,
                               "<BR"sv,
                               "<P"sv,
                               "<!--"sv};

/// The bytes at the start, and further ones at `second_at`.
struct Signature {
  std::string_view first;
  std::string_view type;
  std::string_view second = {};
  std::size_t second_at = 8;
  std::size_t least_bytes = 0;
};

// The order counts: the first that matches decides. Two groups, since the test for MP4 stands between them.
constexpr std::array before_mp4{Signature{"%PDF-"sv, "application/pdf"sv},
                                Signature{"%!PS-Adobe-"sv, "application/postscript"sv},
                                Signature{"\xFE\xFF"sv, "text/plain; charset=utf-16be"sv, {}, 0, 4},
                                Signature{"\xFF\xFE"sv, "text/plain; charset=utf-16le"sv, {}, 0, 4},
                                Signature{"\xEF\xBB\xBF"sv, "text/plain; charset=utf-8"sv, {}, 0, 4},
                                Signature{"\x00\x00\x01\x00"sv, "image/x-icon"sv},
                                Signature{"\x00\x00\x02\x00"sv, "image/x-icon"sv},
                                Signature{"BM"sv, "image/bmp"sv},
                                Signature{"GIF87a"sv, "image/gif"sv},
                                Signature{"GIF89a"sv, "image/gif"sv},
                                Signature{"RIFF"sv, "image/webp"sv, "WEBPVP"sv},
                                Signature{"\x89PNG\x0D\x0A\x1A\x0A"sv, "image/png"sv},
                                Signature{"\xFF\xD8\xFF"sv, "image/jpeg"sv},
                                Signature{"FORM"sv, "audio/aiff"sv, "AIFF"sv},
                                Signature{"ID3"sv, "audio/mpeg"sv},
                                Signature{"OggS\x00"sv, "application/ogg"sv},
                                Signature{"MThd\x00\x00\x00\x06"sv, "audio/midi"sv},
                                Signature{"RIFF"sv, "video/avi"sv, "AVI "sv},
                                Signature{"RIFF"sv, "audio/wave"sv, "WAVE"sv}};

constexpr std::array behind_mp4{Signature{"\x1A\x45\xDF\xA3"sv, "video/webm"sv},
                                Signature{""sv, "application/vnd.ms-fontobject"sv, "LP"sv, 34},
                                Signature{"\x00\x01\x00\x00"sv, "font/ttf"sv},
                                Signature{"OTTO"sv, "font/otf"sv},
                                Signature{"ttcf"sv, "font/collection"sv},
                                Signature{"wOFF"sv, "font/woff"sv},
                                Signature{"wOF2"sv, "font/woff2"sv},
                                Signature{"\x1F\x8B\x08"sv, "application/x-gzip"sv},
                                Signature{"PK\x03\x04"sv, "application/zip"sv},
                                Signature{"Rar!\x1A\x07\x00"sv, "application/x-rar-compressed"sv},
                                Signature{"Rar!\x1A\x07\x01\x00"sv, "application/x-rar-compressed"sv},
                                Signature{"\x00\x61\x73\x6D"sv, "application/wasm"sv}};

bool matches(const Signature& signature, std::string_view data) {
  if (!data.starts_with(signature.first) || data.size() < signature.least_bytes) return false;
  if (signature.second.empty()) return true;
  return data.size() >= signature.second_at && data.substr(signature.second_at).starts_with(signature.second);
}

bool is_html(std::string_view text, std::string_view tag) {
  if (text.size() <= tag.size()) return false;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const bool capital = tag[i] >= 'A' && tag[i] <= 'Z';
    const char c = capital ? static_cast<char>(text[i] & 0xDF) : text[i];
    if (c != tag[i]) return false;
  }
  return text[tag.size()] == ' ' || text[tag.size()] == '>';
}

/// A box of type ftyp that names a brand mp4.
bool is_mp4(std::string_view data) {
  if (data.size() < 12 || data.substr(4, 4) != "ftyp") return false;
  std::uint32_t box = 0;
  for (std::size_t i = 0; i < 4; ++i) box = box << 8 | static_cast<unsigned char>(data[i]);
  if (data.size() < box || box % 4 != 0) return false;
  for (std::size_t at = 8; at < box; at += 4) {
    if (at != 12 && data.substr(at, 3) == "mp4") return true;
  }
  return false;
}

bool is_binary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

}  // namespace

std::string_view detect_content_type(std::string_view data) {
  data = data.substr(0, sniffed_bytes);
  const std::string_view text = data.substr(std::min(data.find_first_not_of(blanks), data.size()));
  for (const std::string_view tag : html_tags) {
    if (is_html(text, tag)) return "text/html; charset=utf-8";
  }
  if (text.starts_with("<?xml")) return "text/xml; charset=utf-8";
  for (const Signature& signature : before_mp4) {
    if (matches(signature, data)) return signature.type;
  }
  if (is_mp4(data)) return "video/mp4";
  for (const Signature& signature : behind_mp4) {
    if (matches(signature, data)) return signature.type;
  }
  return std::any_of(text.begin(), text.end(), is_binary) ? "application/octet-stream" : "text/plain; charset=utf-8";
}

}  // namespace rhumb::chart
