#include "archive.h"

#include <algorithm>

#include "content_type.h"
#include "inflate.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "tar.h"

namespace rhumb::chart {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::int64_t largest_file_helm3 = 5 << 20;

bool is_drive_path(std::string_view name) {
  if (name.size() < 3 || name[1] != ':' || name[2] != '/') return false;
  return (name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z');
}

/// The path below the archive's one folder, with slashes. Archives made on Windows have backslashes.
Result<std::string> chart_path(const std::string& name) {
  const std::string delimiter = strings::contains(name, "\\") ? "\\" : "/";
  const std::size_t first = name.find(delimiter);
  const std::string below = first == std::string::npos ? std::string() : name.substr(first + 1);
  const std::string slashed = strings::replace(below, delimiter, "/");
  if (path::is_absolute(slashed)) return error("chart illegally contains absolute paths");
  std::string cleaned = path::clean(slashed);
  if (cleaned == ".") {
    return error("chart illegally contains content outside the base directory: " + quote(name));
  }
  if (cleaned.starts_with("..")) return error("chart illegally references parent directory");
  if (is_drive_path(cleaned)) return error("chart contains illegally named files");
  if (name.substr(0, first) == "Chart.yaml") return error("chart yaml not in base directory");
  return cleaned;
}

/// What is left of the limits while an archive is unpacked.
class Budget {
 public:
  explicit Budget(const ArchiveLimits& limits)
      : limits_(limits), remaining_(static_cast<std::int64_t>(limits.chart_bytes)) {}

  Result<void> admit(const TarEntry& entry) const {
    if (entry.size > remaining_) return exceeded();
    if (limits_.helm3 && entry.size > largest_file_helm3) {
      return error("decompressed chart file " + quote(entry.name) + " is larger than the maximum file size " +
                   std::to_string(largest_file_helm3));
    }
    return {};
  }
  Result<void> take(const TarEntry& entry, std::size_t bytes) {
    remaining_ -= static_cast<std::int64_t>(bytes);
    if (static_cast<std::int64_t>(bytes) < entry.size || remaining_ <= 0) return exceeded();
    return {};
  }
  Diagnostic exceeded() const {
    const std::string_view what = limits_.helm3 ? "file size " : "size ";
    return error(std::string(too_large_error) + std::string(what) + std::to_string(limits_.chart_bytes));
  }
  /// Headers and folders cost nothing in Helm; here they may come to as much as the files.
  bool exhausted(const GzipReader& in) const { return in.produced() / 2 > limits_.chart_bytes; }
  Diagnostic exhaustion() const {
    return error(std::string(headers_error) + std::to_string(limits_.chart_bytes) + " bytes");
  }

 private:
  const ArchiveLimits& limits_;
  std::int64_t remaining_;
};

}  // namespace

Result<std::vector<ArchiveFile>> read_archive(std::string_view data, const ArchiveLimits& limits) {
  GzipReader unzipped(data);
  if (!unzipped.error().empty()) return error(unzipped.error());
  TarReader tar(unzipped);
  Budget budget(limits);
  std::vector<ArchiveFile> files;
  TarEntry entry;
  while (tar.next(entry)) {
    if (budget.exhausted(unzipped)) return budget.exhaustion();
    if (entry.is_directory() || entry.type == 'g' || entry.type == 'x') continue;
    Result<std::string> name = chart_path(entry.name);
    if (!name) return name.error();
    if (Result<void> admitted = budget.admit(entry); !admitted) return admitted.error();
    std::string text;
    if (!tar.read(text)) return error(tar.error());
    if (Result<void> taken = budget.take(entry, text.size()); !taken) return taken.error();
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    files.push_back({std::move(*name), std::move(text)});
  }
  if (!tar.error().empty()) return error(tar.error());
  if (files.empty()) return error("no files in chart archive");
  return files;
}

Result<void> ensure_archive(const std::string& name, std::string_view data) {
  // Helm looks at a buffer of 512 bytes, whether the file fills it or not: the zeros behind a short file count.
  std::string buffer(data.substr(0, 512));
  buffer.resize(512);
  const std::string_view type = detect_content_type(buffer);
  if (type == "application/x-gzip" || buffer.starts_with("\x1F\x8B\x08")) return {};
  if (name.ends_with(".yml") || name.ends_with(".yaml")) {
    return error("file '" + name + "' seems to be a YAML file, but expected a gzipped archive");
  }
  return error("file '" + name + "' does not appear to be a gzipped archive; got '" + std::string(type) + "'");
}

}  // namespace rhumb::chart
