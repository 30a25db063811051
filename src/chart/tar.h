// Tar archives as Go's archive/tar reads them: v7, ustar, star, GNU long names, pax. Sparse files are not supported:
// they are an invalid header.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "inflate.h"

namespace rhumb::chart {

inline constexpr std::string_view tar_header_error = "archive/tar: invalid tar header";

struct TarEntry {
  std::string name;
  char type = '0';
  std::int64_t size = 0;
  std::int64_t mode = 0;

  bool is_directory() const;
};

class TarReader {
 public:
  explicit TarReader(GzipReader& in) : in_(in) {}

  /// Moves to the next file. False at the end of the archive, and for an error.
  bool next(TarEntry& entry);
  /// Appends the contents of the current file.
  bool read(std::string& out);
  /// Empty after a clean end.
  const std::string& error() const { return error_; }

 private:
  using Block = std::array<char, 512>;
  using Records = std::map<std::string, std::string, std::less<>>;
  enum class Found { header, end, failure };

  bool fail(std::string_view text);
  bool skip(std::int64_t bytes);
  Found read_header(TarEntry& entry);
  Found read_block(Block& block);
  bool start_file(const TarEntry& entry);
  bool read_special(std::string& out);
  bool read_records(Records& records);
  bool apply(const Records& records, TarEntry& entry);

  GzipReader& in_;
  std::int64_t remaining_ = 0;  // of the current file
  std::int64_t padding_ = 0;
  std::string error_;
};

}  // namespace rhumb::chart
