// The files of a chart's folder: sorted by name within each folder, symbolic links followed, .helmignore applied,
// bounded in size. As loadDir and sympath.Walk of helm 4.3.1.
#pragma once

#include <string>
#include <vector>

#include "keeper.h"
#include "rhumb/chart/loader.h"

namespace rhumb::chart {

/// Names are relative to the folder; byte order marks are stripped.
Result<std::vector<File>> walk_folder(const std::string& folder, const LoadContext& context, const FileKeeper& keeper);

}  // namespace rhumb::chart
