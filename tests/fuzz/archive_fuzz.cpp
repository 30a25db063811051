// Chart archives, as they come and packed here (so that changes reach the reader of tar behind gzip's checksum): names
// stay below the chart, and all texts together within the limit.
#include <zlib.h>

#include "chart/archive.h"
#include "harness.h"
#include "rhumb/base/file_system.h"
#include "rhumb/base/path.h"
#include "rhumb/chart/loader.h"

using namespace rhumb;

namespace {

std::string packed(std::string_view text) {
  std::string out(text.size() + 1024, '\0');
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY);
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  fuzz::expect(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the text is packed");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void check_archive(std::string_view data, bool helm3) {
  const Limits limits = fuzz::small_limits();
  (void)chart::ensure_archive("c.tgz", data);
  const auto files = chart::read_archive(data, {limits.chart_bytes, helm3});
  if (!files) return;
  std::size_t bytes = 0;
  for (const chart::ArchiveFile& file : *files) {
    bytes += file.data.size();
    fuzz::expect(!file.name.starts_with('/') && file.name != ".." && !file.name.starts_with("../"),
                 "a file lies below the chart");
    fuzz::expect(path::clean(file.name) == file.name, "a name is clean");
  }
  fuzz::expect(bytes <= limits.chart_bytes, "the files keep to the limit");
}

void load(std::string data, bool helm3) {
  MemoryFileSystem files;
  files.add("/c.tgz", std::move(data));
  Sources sources;
  fuzz::QuietLog log;
  (void)chart::load("/c.tgz", {files, sources, log, nullptr, fuzz::small_limits(), helm3});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  for (const std::string& archive : {std::string(text), packed(text)}) {
    for (const bool helm3 : {false, true}) {
      check_archive(archive, helm3);
      load(archive, helm3);
    }
  }
  return 0;
}
