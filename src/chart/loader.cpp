#include "rhumb/chart/loader.h"

#include <algorithm>
#include <map>

#include "archive.h"
#include "inflate.h"
#include "keeper.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/yaml/reader.h"
#include "walk.h"

namespace rhumb::chart {
namespace {

/// Charts within charts within charts.
constexpr int most_levels = 100;
/// What all the archives within a chart may unpack to, in times of what one may. Helm knows no such bound.
constexpr std::uint64_t unpacked_charts = 8;
/// What a file costs beside its text and name.
constexpr std::uint64_t file_overhead = 64;

Diagnostic wrapped(std::string_view prefix, const Diagnostic& cause) {
  Diagnostic diagnostic = cause;
  diagnostic.message = std::string(prefix) + cause.message;
  return diagnostic;
}

/// Builds charts out of lists of files. One for a chart and everything below it.
class Builder {
 public:
  /// `keeper` outlives the builder.
  Builder(const LoadContext& context, const FileKeeper& keeper, bool version3)
      : context_(context),
        keeper_(keeper),
        version3_(version3),
        budget_(std::min<std::uint64_t>(context.limits.chart_bytes, UINT64_MAX / unpacked_charts) * unpacked_charts),
        heap_(std::make_shared<Heap>(Heap::Options{context.limits.memory_bytes, SIZE_MAX, false})) {}

  Result<void> charge(const std::vector<File>& files);
  Result<std::vector<File>> keep(std::vector<ArchiveFile>&& files, const std::string& path);
  Result<std::shared_ptr<Chart>> build(std::vector<File>&& files, const std::string& path);

 private:
  using Groups = std::map<std::string, std::vector<File>>;

  Result<void> charge(std::uint64_t bytes, const std::string& path);
  bool has_metadata(const Chart& chart) const;
  Result<void> read_chart_yaml(Chart& chart);
  Result<void> sort_file(const File& file, Chart& chart, Groups& groups);
  Result<void> read_values(const File& file, Chart& chart);
  Result<void> read_lock_file(const File& file, Chart& chart);
  Result<void> read_requirements(const File& file, Chart& chart);
  void warn_of_requirements(const Chart& chart, std::string_view text);
  Result<void> add_dependency(const std::string& name, std::vector<File>&& files, Chart& chart);
  Result<std::shared_ptr<Chart>> build_group(const std::string& name, std::vector<File>&& files, const Chart& parent);

  const LoadContext& context_;
  const FileKeeper& keeper_;
  bool version3_;  // apiVersion v3: knows no requirements.yaml
  std::uint64_t budget_;
  int level_ = 0;
  std::shared_ptr<Heap> heap_;
};

Result<void> Builder::charge(std::uint64_t bytes, const std::string& path) {
  if (bytes > budget_) {
    return error(path + ": the chart and the charts within it are larger than the maximum size of " +
                 std::to_string(unpacked_charts) + " times " + std::to_string(context_.limits.chart_bytes) + " bytes");
  }
  budget_ -= bytes;
  return {};
}

Result<void> Builder::charge(const std::vector<File>& files) {
  for (const File& file : files) {
    if (Result<void> charged = charge(file.data.size(), keeper_.root()); !charged) return charged;
  }
  return {};
}

/// Moves the texts into the table of sources.
Result<std::vector<File>> Builder::keep(std::vector<ArchiveFile>&& files, const std::string& path) {
  std::vector<File> kept;
  for (ArchiveFile& file : files) {
    if (Result<void> charged = charge(file.data.size(), path); !charged) return charged.error();
    kept.push_back(keeper_.keep(path, std::move(file.name), std::move(file.data)));
  }
  return kept;
}

bool Builder::has_metadata(const Chart& chart) const {
  if (chart.find_raw("Chart.yaml") != nullptr) return true;
  return !version3_ &&
         (chart.find_raw("requirements.yaml") != nullptr || chart.find_raw("requirements.lock") != nullptr);
}

/// As LoadFiles.
Result<std::shared_ptr<Chart>> Builder::build(std::vector<File>&& files, const std::string& path) {
  if (level_ > most_levels) return error("charts are nested too deeply");
  const auto chart = std::make_shared<Chart>();
  chart->path = path;
  chart->renderable = !version3_;
  chart->heap = heap_;
  chart->values_memory = keeper_.values().memory();
  chart->values = Value::nil_map();
  chart->raw = std::move(files);
  for (const File& file : chart->raw) {
    if (Result<void> charged = charge(file.name.size() + file_overhead, path); !charged) return charged.error();
  }
  if (Result<void> read = read_chart_yaml(*chart); !read) return read.error();
  Groups groups;
  for (const File& file : chart->raw) {
    if (Result<void> sorted = sort_file(file, *chart, groups); !sorted) return sorted.error();
  }
  if (!has_metadata(*chart)) return error("Chart.yaml file is missing");
  if (Result<void> valid = validate(chart->metadata); !valid) return valid.error();
  for (auto& [name, group] : groups) {
    if (name.starts_with('_') || name.starts_with('.')) continue;
    if (Result<void> added = add_dependency(name, std::move(group), *chart); !added) return added.error();
  }
  return chart;
}

Result<void> Builder::read_chart_yaml(Chart& chart) {
  for (const File& file : chart.raw) {
    if (file.name != "Chart.yaml") continue;
    const Result<void> read = read_metadata(file.data, chart.metadata, *heap_, false, context_.helm3, context_.limits);
    if (!read) return wrapped("cannot load Chart.yaml: ", read.error());
    if (chart.metadata.api_version.empty()) chart.metadata.api_version = version3_ ? "v3" : "v1";
  }
  return {};
}

Result<void> Builder::sort_file(const File& file, Chart& chart, Groups& groups) {
  const std::string& name = file.name;
  if (name == "Chart.yaml") return {};
  if (name == "Chart.lock") return read_lock_file(file, chart);
  if (name == "values.yaml") return read_values(file, chart);
  if (name == "requirements.yaml" && !version3_) return read_requirements(file, chart);
  if (name == "requirements.lock" && !version3_) {
    const Result<void> read = read_lock_file(file, chart);
    if (!read) return read;
    warn_of_requirements(chart,
                         "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend "
                         "migrating to Chart.lock.");
    if (chart.metadata.api_version == "v1") chart.files.push_back(file);
    return {};
  }
  if (name == "values.schema.json") {
    chart.schema = file;
  } else if (name.starts_with("templates/")) {
    chart.templates.push_back(file);
  } else if (name.starts_with("charts/") && path::extension(name) != ".prov") {
    const std::string below = name.substr(std::string_view("charts/").size());
    groups[below.substr(0, below.find('/'))].push_back({below, file.data, file.source});
  } else {
    chart.files.push_back(file);
  }
  return {};
}

Result<void> Builder::read_values(const File& file, Chart& chart) {
  std::optional<Result<Value>> values = keeper_.values().take(file);
  if (!values) {
    yaml::ReadOptions options;
    options.origins = context_.origins;
    options.file = file.source;
    options.limits = context_.limits;
    values = read_frozen_values(file.data, *heap_, options, context_.helm3);
  }
  if (!*values) return wrapped("cannot load values.yaml: ", values->error());
  chart.values = **values;
  return {};
}

Result<void> Builder::read_lock_file(const File& file, Chart& chart) {
  Result<std::optional<Lock>> lock = read_lock(file.data, *heap_, context_.helm3, context_.limits);
  if (!lock) return wrapped("cannot load " + file.name + ": ", lock.error());
  chart.lock = std::move(*lock);
  return {};
}

Result<void> Builder::read_requirements(const File& file, Chart& chart) {
  warn_of_requirements(chart,
                       "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend "
                       "migrating dependencies to Chart.yaml.");
  const Result<void> read = read_metadata(file.data, chart.metadata, *heap_, false, context_.helm3, context_.limits);
  if (!read) return wrapped("cannot load requirements.yaml: ", read.error());
  if (chart.metadata.api_version == "v1") chart.files.push_back(file);
  return {};
}

void Builder::warn_of_requirements(const Chart& chart, std::string_view text) {
  if (chart.metadata.api_version != "v1") context_.log.write(LogLevel::info, text);
}

Result<void> Builder::add_dependency(const std::string& name, std::vector<File>&& files, Chart& chart) {
  if (path::extension(name) == ".tgz" && files.front().name != name) {
    return error("error unpacking subchart tar in " + chart.metadata.name + ": expected " + name + ", got " +
                 files.front().name);
  }
  ++level_;
  Result<std::shared_ptr<Chart>> dependency = build_group(name, std::move(files), chart);
  --level_;
  if (!dependency) {
    return wrapped("error unpacking subchart " + name + " in " + chart.metadata.name + ": ", dependency.error());
  }
  chart.dependencies.push_back(std::move(*dependency));
  return {};
}

Result<std::shared_ptr<Chart>> Builder::build_group(const std::string& name, std::vector<File>&& files,
                                                    const Chart& parent) {
  const std::string path = parent.path + "charts/" + name;
  if (path::extension(name) == ".tgz") {
    Result<std::vector<ArchiveFile>> unpacked =
        read_archive(files.front().data, {context_.limits.chart_bytes, context_.helm3});
    if (!unpacked) return unpacked.error();
    Result<std::vector<File>> kept = keep(std::move(*unpacked), path + ":");
    if (!kept) return kept.error();
    return build(std::move(*kept), path + ":");
  }
  std::vector<File> own;
  for (File& file : files) {
    const std::size_t slash = file.name.find('/');
    if (slash == std::string::npos) continue;
    file.name.erase(0, slash + 1);
    own.push_back(std::move(file));
  }
  return build(std::move(own), path + "/");
}

Result<std::shared_ptr<const Chart>> finish(Builder& builder, Result<std::vector<File>>&& files,
                                            const FileKeeper& keeper) {
  if (!files) return std::move(files).error();
  Result<std::shared_ptr<Chart>> chart = builder.build(std::move(*files), keeper.root());
  if (!chart) return chart.error();
  return std::shared_ptr<const Chart>(std::move(*chart));
}

std::string folder_root(const std::string& path) { return path.ends_with('/') ? path : path + "/"; }

/// Walks the folder and counts what it holds.
Result<std::vector<File>> read_folder(const std::string& path, const LoadContext& context, const FileKeeper& keeper,
                                      Builder& builder) {
  Result<std::vector<File>> files = walk_folder(path, context, keeper);
  if (!files) return files;
  if (Result<void> charged = builder.charge(*files); !charged) return std::move(charged).error();
  return files;
}

/// Whether the chart is of apiVersion v3. Helm 4 asks this before anything else, and refuses what it does not know.
Result<bool> detect_version3(std::string_view chart_yaml, const Limits& limits) {
  const Result<std::string> version = read_api_version(chart_yaml, limits);
  if (!version) return wrapped("cannot load Chart.yaml: ", version.error());
  if (version->empty() || *version == "v1" || *version == "v2") return false;
  if (*version == "v3") return true;
  return error("unsupported chart version");
}

Result<std::shared_ptr<const Chart>> load_folder(const std::string& path, const LoadContext& context) {
  bool version3 = false;
  if (!context.helm3) {
    const std::string name = path::join(context.files.absolute(path), "Chart.yaml");
    const Result<std::string> text = context.files.read(name);
    if (!text) return wrapped("unable to detect chart at " + name + ": ", text.error());
    const Result<bool> detected = detect_version3(*text, context.limits);
    if (!detected) return detected.error();
    version3 = *detected;
  }
  const FileKeeper keeper(context, folder_root(path));
  Builder builder(context, keeper, version3);
  return finish(builder, read_folder(path, context, keeper, builder), keeper);
}

Result<bool> detect_archive_version3(const std::vector<ArchiveFile>& files, const Limits& limits) {
  for (const ArchiveFile& file : files) {
    if (file.name == "Chart.yaml") return detect_version3(file.data, limits);
  }
  return error("unable to detect chart version, no Chart.yaml found");
}

/// Helm 4 keeps to itself what is wrong with an archive. Limits that it does not know are told.
Diagnostic archive_error(const std::string& path, const Diagnostic& cause, const LoadContext& context) {
  if (cause.message == gzip_header_error) {
    return error("file '" + path +
                 "' does not appear to be a valid chart file (details: " + std::string(gzip_header_error) + ")");
  }
  const bool own_limit = context.limits.chart_bytes != Limits{}.chart_bytes;
  if ((own_limit && cause.message.starts_with(too_large_error)) || cause.message.starts_with(headers_error)) {
    return error(path + ": " + cause.message);
  }
  return context.helm3 ? cause : error("unable to load chart archive");
}

Result<std::shared_ptr<const Chart>> load_archive(const std::string& path, const LoadContext& context) {
  const Result<std::string> data = context.files.read(path);
  if (!data) return data.error();
  if (Result<void> ensured = ensure_archive(path, *data); !ensured) return ensured.error();
  Result<std::vector<ArchiveFile>> files = read_archive(*data, {context.limits.chart_bytes, context.helm3});
  if (!files) return archive_error(path, files.error(), context);
  bool version3 = false;
  if (!context.helm3) {
    const Result<bool> detected = detect_archive_version3(*files, context.limits);
    if (!detected) return detected.error();
    version3 = *detected;
  }
  const FileKeeper keeper(context, path + ":");
  Builder builder(context, keeper, version3);
  return finish(builder, builder.keep(std::move(*files), keeper.root()), keeper);
}

}  // namespace

Result<std::shared_ptr<const Chart>> load(const std::string& path, const LoadContext& context) try {
  const Result<FileStatus> status = context.files.status(path);
  if (!status) return status.error();
  if (status->kind == FileKind::missing) return error("stat " + path + ": no such file or directory");
  return status->kind == FileKind::directory ? load_folder(path, context) : load_archive(path, context);
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<std::vector<File>> read_files(const std::string& path, const LoadContext& context) try {
  const Result<FileStatus> status = context.files.status(path);
  if (!status) return status.error();
  const bool is_folder = status->kind == FileKind::directory;
  const FileKeeper keeper(context, is_folder ? folder_root(path) : path + ":");
  Builder builder(context, keeper, false);
  if (is_folder) return read_folder(path, context, keeper, builder);
  const Result<std::string> data = context.files.read(path);
  if (!data) return data.error();
  Result<std::vector<ArchiveFile>> files = read_archive(*data, {context.limits.chart_bytes, context.helm3});
  if (!files) return files.error();
  return builder.keep(std::move(*files), keeper.root());
} catch (const LimitError& limit) {
  return error(limit.what());
}

}  // namespace rhumb::chart
