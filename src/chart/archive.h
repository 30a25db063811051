// A chart archive (.tgz) as a list of files. As package archive of helm 4.3.1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"

namespace rhumb::chart {

/// How the texts of errors about limits start.
constexpr std::string_view too_large_error = "decompressed chart is larger than the maximum ";
constexpr std::string_view headers_error = "the headers of the archive take more than ";

struct ArchiveFile {
  std::string name;  // without the first element of the path
  std::string data;
};

struct ArchiveLimits {
  /// Bytes of all files together; Helm's own limit.
  std::uint64_t chart_bytes = 0;
  /// Helm 3 has one for each file too.
  bool helm3 = false;
};

/// Error texts: "no files in chart archive", "chart illegally references parent directory", "gzip: invalid header",
/// "archive/tar: invalid tar header", "unexpected EOF" ...
Result<std::vector<ArchiveFile>> read_archive(std::string_view data, const ArchiveLimits& limits);

/// Whether the file looks like an archive at all. As EnsureArchive: "file 'NAME' does not appear to be a gzipped
/// archive; got 'text/plain; charset=utf-8'".
Result<void> ensure_archive(const std::string& name, std::string_view data);

}  // namespace rhumb::chart
