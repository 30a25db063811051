#include "inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace rhumb::chart {
namespace {

constexpr std::size_t longest_header_text = 512;
constexpr unsigned flag_header_checksum = 2;
constexpr unsigned flag_extra = 4;
constexpr unsigned flag_name = 8;
constexpr unsigned flag_comment = 16;

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | byte_at(bytes, i);
  return value;
}

const Bytef* to_bytes(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

}  // namespace

/// zlib's inflate without header and trailer.
class GzipReader::Inflater {
 public:
  Inflater() { good_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  struct Step {
    int status = Z_OK;
    std::size_t consumed = 0;
    std::size_t produced = 0;
  };

  Step run(std::string_view input, char* out, std::size_t size) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max() / 2;
    const uInt in = static_cast<uInt>(std::min(input.size(), most));
    const uInt room = static_cast<uInt>(std::min(size, most));
    stream_.next_in = const_cast<Bytef*>(to_bytes(input));  // zlib does not write there
    stream_.avail_in = in;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = room;
    const int status = good_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
    return {status, in - stream_.avail_in, room - stream_.avail_out};
  }

 private:
  z_stream stream_{};
  bool good_ = false;
};

GzipReader::GzipReader(std::string_view data) : data_(data) { read_header(); }

GzipReader::~GzipReader() = default;

bool GzipReader::take(std::size_t count, std::string_view& bytes) {
  if (data_.size() - at_ < count) return false;
  bytes = data_.substr(at_, count);
  at_ += count;
  return true;
}

/// A text that ends with a zero byte, for at most longest_header_text bytes.
bool GzipReader::take_text() {
  const std::size_t end = data_.find('\0', at_);
  const bool whole = end != std::string_view::npos;
  if ((whole ? end : data_.size()) - at_ >= longest_header_text) {
    error_ = gzip_header_error;
    return false;
  }
  if (!whole) {
    error_ = unexpected_end_of_file;
    return false;
  }
  at_ = end + 1;
  return true;
}

void GzipReader::read_header() {
  const std::size_t begin = at_;
  std::string_view bytes;
  if (!take(10, bytes)) {
    error_ = at_ == data_.size() ? end_of_file : unexpected_end_of_file;
    return;
  }
  if (!bytes.starts_with("\x1F\x8B\x08")) {
    error_ = gzip_header_error;
    return;
  }
  const unsigned flags = byte_at(bytes, 3);
  if ((flags & flag_extra) != 0 && !(take(2, bytes) && take(little_endian(bytes), bytes))) {
    error_ = unexpected_end_of_file;
    return;
  }
  if ((flags & flag_name) != 0 && !take_text()) return;
  if ((flags & flag_comment) != 0 && !take_text()) return;
  if ((flags & flag_header_checksum) != 0) {
    const std::string_view header = data_.substr(begin, at_ - begin);
    if (!take(2, bytes)) {
      error_ = unexpected_end_of_file;
      return;
    }
    const auto checksum = crc32_z(0, to_bytes(header), header.size());
    if ((checksum & 0xFFFF) != little_endian(bytes)) {
      error_ = gzip_header_error;
      return;
    }
  }
  member_ = at_;
  checksum_ = 0;
  size_ = 0;
  inflater_ = std::make_unique<Inflater>();
}

std::size_t GzipReader::read(char* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size && error_.empty()) {
    const Inflater::Step step = inflater_->run(data_.substr(at_), out + done, size - done);
    at_ += step.consumed;
    checksum_ = static_cast<std::uint32_t>(crc32_z(checksum_, reinterpret_cast<Bytef*>(out + done), step.produced));
    size_ += static_cast<std::uint32_t>(step.produced);
    done += step.produced;
    produced_ += step.produced;
    if (step.status == Z_STREAM_END) {
      finish_member();
    } else if (step.status == Z_BUF_ERROR || (step.status == Z_OK && step.consumed + step.produced == 0)) {
      error_ = unexpected_end_of_file;
    } else if (step.status != Z_OK) {
      error_ = corruption();
    }
  }
  return done;
}

void GzipReader::finish_member() {
  std::string_view trailer;
  if (!take(8, trailer)) {
    error_ = unexpected_end_of_file;
  } else if (little_endian(trailer.substr(0, 4)) != checksum_ || little_endian(trailer.substr(4)) != size_) {
    error_ = "gzip: invalid checksum";
  } else {
    read_header();
  }
}

/// Go tells how many bytes it had read when it found the fault. zlib reads ahead: so once more, byte by byte.
std::string GzipReader::corruption() const {
  Inflater again;
  std::array<char, 16 << 10> room;
  std::size_t read = 0;
  for (bool more = true; more && member_ + read < data_.size();) {
    const Inflater::Step step = again.run(data_.substr(member_ + read, 1), room.data(), room.size());
    read += step.consumed;
    if (step.status != Z_OK && step.status != Z_BUF_ERROR) more = false;
    if (step.consumed + step.produced == 0) more = false;
  }
  return "flate: corrupt input before offset " + std::to_string(read);
}

}  // namespace rhumb::chart
