// From a folder or a .tgz to a frozen Chart. Errors are Helm's texts without "Error: ".
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/result.h"
#include "rhumb/chart/chart.h"

namespace rhumb::chart {

struct LoadContext {
  const FileSystem& files;
  /// Keeps the text of every file that is loaded.
  Sources& sources;
  Log& log;
  /// When set, values carry origins. Not to be used by others while loading.
  OriginTable* origins = nullptr;
  Limits limits = {};
  bool helm3 = false;
  /// What sources are named after instead of the path: the chart as the user named it. Empty: the path.
  std::string shown_path = {};
  /// Told of every file as soon as its text is kept, before anything is made of it. May be empty.
  std::function<void(const File& file)> on_file = {};
  /// Reads values that carry no origins while the rest is still loaded. May be null.
  WorkQueue* queue = nullptr;
};

/// As loader.Load, helm 4.3.1 (3.22 with helm3): a folder, or an archive.
Result<std::shared_ptr<const Chart>> load(const std::string& path, const LoadContext& context);

/// The files that would be loaded, of a chart that cannot be: nothing of what they hold is looked at.
Result<std::vector<File>> read_files(const std::string& path, const LoadContext& context);

}  // namespace rhumb::chart
