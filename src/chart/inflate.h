// gzip data as a stream, as Go's compress/gzip reads it: members one behind the other, errors only when somebody asks
// for bytes that are not there, and Go's words for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rhumb::chart {

inline constexpr std::string_view gzip_header_error = "gzip: invalid header";
inline constexpr std::string_view end_of_file = "EOF";
inline constexpr std::string_view unexpected_end_of_file = "unexpected EOF";

class GzipReader {
 public:
  /// The data must live as long as the reader.
  explicit GzipReader(std::string_view data);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// Fills `out` as far as possible. Less than size means: error() says why ("EOF" at the end).
  std::size_t read(char* out, std::size_t size);
  /// Empty as long as all went well. Set from the start when the data has no gzip header.
  const std::string& error() const { return error_; }
  /// Bytes given out so far.
  std::uint64_t produced() const { return produced_; }

 private:
  class Inflater;

  bool take(std::size_t count, std::string_view& bytes);
  bool take_text();
  void read_header();
  void finish_member();
  std::string corruption() const;

  std::string_view data_;
  std::size_t at_ = 0;
  std::size_t member_ = 0;  // where the compressed data of the member begins
  std::unique_ptr<Inflater> inflater_;
  std::string error_;
  std::uint32_t checksum_ = 0;
  std::uint32_t size_ = 0;
  std::uint64_t produced_ = 0;
};

}  // namespace rhumb::chart
