#include "tar.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "rhumb/value/go_number.h"

namespace rhumb::chart {
namespace {

constexpr std::size_t block_size = 512;
constexpr std::size_t longest_special_file = 1 << 20;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t checksum_size = 8;
constexpr std::int64_t directory_bits = 0040000;

enum class Format { unknown, v7, ustar, star, gnu };

std::string_view field_text(std::string_view field) { return field.substr(0, field.find('\0')); }

/// As parseOctal: blanks and zero bytes around the digits, nothing at all for 0.
std::optional<std::int64_t> octal(std::string_view field) {
  constexpr std::string_view padding(" \0", 2);
  const std::size_t begin = field.find_first_not_of(padding);
  if (begin == std::string_view::npos) return 0;
  field = field.substr(begin, field.find_last_not_of(padding) - begin + 1);
  const auto number = parse_uint(field_text(field), 8);
  if (!number) return std::nullopt;
  return static_cast<std::int64_t>(number.value);
}

/// As parseNumeric: octal digits, or with the first bit set a number of base 256 in two's complement.
std::optional<std::int64_t> numeric(std::string_view field) {
  const auto first = static_cast<unsigned char>(field[0]);
  if ((first & 0x80) == 0) return octal(field);
  const unsigned char inversion = (first & 0x40) != 0 ? 0xFF : 0;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    auto byte = static_cast<unsigned char>(static_cast<unsigned char>(field[i]) ^ inversion);
    if (i == 0) byte &= 0x7F;
    if (value >> 56 != 0) return std::nullopt;
    value = value << 8 | byte;
  }
  if (value >> 63 != 0) return std::nullopt;
  const auto number = static_cast<std::int64_t>(value);
  return inversion != 0 ? ~number : number;
}

bool checksum_holds(std::string_view block) {
  const std::optional<std::int64_t> wanted = octal(block.substr(checksum_at, checksum_size));
  std::int64_t as_unsigned = 0;
  std::int64_t as_signed = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool own = i >= checksum_at && i < checksum_at + checksum_size;
    const char c = own ? ' ' : block[i];
    as_unsigned += static_cast<unsigned char>(c);
    as_signed += static_cast<signed char>(c);
  }
  return wanted && (*wanted == as_unsigned || *wanted == as_signed);
}

Format format_of(std::string_view block) {
  constexpr std::string_view ustar_magic("ustar\0", 6);
  constexpr std::string_view gnu_magic_and_version("ustar  \0", 8);
  constexpr std::string_view star_trailer("tar\0", 4);
  if (!checksum_holds(block)) return Format::unknown;
  const std::string_view magic = block.substr(257, 6);
  if (magic == ustar_magic && block.substr(508, 4) == star_trailer) return Format::star;
  if (magic == ustar_magic) return Format::ustar;
  if (block.substr(257, 8) == gnu_magic_and_version) return Format::gnu;
  return Format::v7;
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// What stands before the name. In GNU's format there is none, but old writers put one where the times are: it counts
/// when they cannot be read.
std::string_view prefix_of(std::string_view block, Format format) {
  if (format == Format::ustar) return field_text(block.substr(345, 155));
  if (format == Format::star) return field_text(block.substr(345, 131));
  if (format != Format::gnu) return {};
  const std::string_view access = block.substr(345, 12);
  const std::string_view change = block.substr(357, 12);
  const bool readable = (access[0] == '\0' || numeric(access)) && (change[0] == '\0' || numeric(change));
  const std::string_view prefix = field_text(block.substr(345, 155));
  return !readable && is_ascii(prefix) ? prefix : std::string_view();
}

/// The numbers that nobody needs must be readable all the same.
bool numbers_hold(std::string_view block, Format format) {
  std::vector<std::string_view> fields{block.substr(108, 8), block.substr(116, 8), block.substr(136, 12)};
  if (format != Format::v7) {
    fields.push_back(block.substr(329, 8));
    fields.push_back(block.substr(337, 8));
  }
  if (format == Format::star) {
    fields.push_back(block.substr(476, 12));
    fields.push_back(block.substr(488, 12));
  }
  return std::all_of(fields.begin(), fields.end(), [](std::string_view field) { return numeric(field).has_value(); });
}

bool has_contents(char type) { return type < '1' || type > '6'; }

/// "LENGTH KEY=VALUE\n", cut off the front of the text. As parsePAXRecord.
bool take_record(std::string_view& text, std::string_view& key, std::string_view& value) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return false;
  const auto length = parse_int(text.substr(0, blank));
  if (!length || length.value < 5 || static_cast<std::uint64_t>(length.value) > text.size()) return false;
  const auto end = static_cast<std::size_t>(length.value);
  if (end <= blank + 1 || text[end - 1] != '\n') return false;
  const std::string_view record = text.substr(blank + 1, end - blank - 2);
  const std::size_t equals = record.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  key = record.substr(0, equals);
  value = record.substr(equals + 1);
  text.remove_prefix(end);
  const bool textual = key == "path" || key == "linkpath" || key == "uname" || key == "gname";
  return (textual ? value : key).find('\0') == std::string_view::npos;
}

bool is_time(std::string_view text) {
  const std::size_t dot = std::min(text.find('.'), text.size());
  const std::string_view fraction = text.substr(std::min(dot + 1, text.size()));
  return parse_int(text.substr(0, dot)) && fraction.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool TarEntry::is_directory() const { return type == '5' || (mode & ~std::int64_t{07777}) == directory_bits; }

bool TarReader::fail(std::string_view text) {
  if (error_.empty()) error_ = text;
  return false;
}

/// As discard: the end of the data within is an unexpected one.
bool TarReader::skip(std::int64_t bytes) {
  char room[16 << 10];
  while (bytes > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::int64_t>(bytes, sizeof room));
    const std::size_t got = in_.read(room, wanted);
    bytes -= static_cast<std::int64_t>(got);
    if (got < wanted) return fail(in_.error() == end_of_file ? unexpected_end_of_file : in_.error());
  }
  return true;
}

TarReader::Found TarReader::read_block(Block& block) {
  const std::size_t got = in_.read(block.data(), block.size());
  if (got == block.size()) return Found::header;
  if (in_.error() == end_of_file && got == 0) return Found::end;
  fail(in_.error() == end_of_file ? unexpected_end_of_file : in_.error());
  return Found::failure;
}

/// As readHeader: two blocks of zeros, one before the end of the data, or the end itself are the end of the archive.
TarReader::Found TarReader::read_header(TarEntry& entry) {
  Block bytes;
  const auto is_zero = [&bytes] { return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; }); };
  if (const Found found = read_block(bytes); found != Found::header) return found;
  if (is_zero()) {
    if (const Found found = read_block(bytes); found != Found::header) return found;
    if (is_zero()) return Found::end;
    fail(tar_header_error);
    return Found::failure;
  }
  const std::string_view block(bytes.data(), bytes.size());
  const Format format = format_of(block);
  const std::optional<std::int64_t> size = numeric(block.substr(124, 12));
  const std::optional<std::int64_t> mode = numeric(block.substr(100, 8));
  if (format == Format::unknown || !size || !mode || !numbers_hold(block, format)) {
    fail(tar_header_error);
    return Found::failure;
  }
  entry.type = block[156];
  entry.name = field_text(block.substr(0, 100));
  entry.size = *size;
  entry.mode = *mode;
  const std::string_view prefix = prefix_of(block, format);
  if (!prefix.empty()) entry.name = std::string(prefix) + "/" + entry.name;
  return Found::header;
}

bool TarReader::start_file(const TarEntry& entry) {
  remaining_ = has_contents(entry.type) ? entry.size : 0;
  if (remaining_ < 0) return fail(tar_header_error);
  const auto over = remaining_ % static_cast<std::int64_t>(block_size);
  padding_ = over == 0 ? 0 : static_cast<std::int64_t>(block_size) - over;
  return true;
}

bool TarReader::next(TarEntry& entry) {
  Records records;
  std::string long_name;
  while (error_.empty()) {
    if (!skip(remaining_)) return false;
    remaining_ = 0;
    Block room;
    const std::size_t padding = static_cast<std::size_t>(padding_);
    if (in_.read(room.data(), padding) < padding) {
      // Go takes the end of the data within the padding for the end of the archive.
      return in_.error() == end_of_file ? false : fail(in_.error());
    }
    padding_ = 0;
    const Found found = read_header(entry);
    if (found != Found::header || !start_file(entry)) return false;
    if (entry.type == 'x' || entry.type == 'g') {
      records.clear();
      if (!read_records(records)) return false;
      if (entry.type == 'g') {
        apply(records, entry);
        entry.mode = 0;
        entry.size = 0;
        return error_.empty();
      }
    } else if (entry.type == 'L' || entry.type == 'K') {
      std::string text;
      if (!read_special(text)) return false;
      if (entry.type == 'L') long_name = field_text(text);
    } else {
      if (!apply(records, entry)) return fail(tar_header_error);
      if (!long_name.empty()) entry.name = long_name;
      if (entry.type == '\0') entry.type = entry.name.ends_with('/') ? '5' : '0';
      if (entry.type == 'S') return fail(tar_header_error);
      return start_file(entry);
    }
  }
  return false;
}

bool TarReader::read(std::string& out) {
  constexpr std::int64_t step = 64 << 10;
  while (remaining_ > 0) {
    const auto wanted = static_cast<std::size_t>(std::min(remaining_, step));
    const std::size_t at = out.size();
    out.resize(at + wanted);
    const std::size_t got = in_.read(out.data() + at, wanted);
    remaining_ -= static_cast<std::int64_t>(got);
    if (got < wanted) return fail(in_.error() == end_of_file ? unexpected_end_of_file : in_.error());
  }
  return true;
}

bool TarReader::read_special(std::string& out) {
  if (remaining_ > static_cast<std::int64_t>(longest_special_file)) {
    if (!skip(static_cast<std::int64_t>(longest_special_file) + 1)) return false;
    return fail("archive/tar: header field too long");
  }
  return read(out);
}

bool TarReader::read_records(Records& records) {
  std::string text;
  if (!read_special(text)) return false;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::string_view key;
    std::string_view value;
    if (!take_record(rest, key, value)) return fail(tar_header_error);
    records[std::string(key)] = value;
  }
  return true;
}

/// As mergePAX. False when a value cannot be read.
bool TarReader::apply(const Records& records, TarEntry& entry) {
  for (const auto& [key, value] : records) {
    if (key.starts_with("GNU.sparse.")) return false;
    if (value.empty()) continue;
    if (key == "path") entry.name = value;
    if ((key == "uid" || key == "gid" || key == "size") && !parse_int(value)) return false;
    if ((key == "atime" || key == "mtime" || key == "ctime") && !is_time(value)) return false;
    if (key == "size") entry.size = parse_int(value).value;
  }
  return true;
}

}  // namespace rhumb::chart
