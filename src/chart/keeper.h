// Moves the texts of a chart's files into the table of sources.
#pragma once

#include <string>

#include "rhumb/chart/loader.h"
#include "values_ahead.h"

namespace rhumb::chart {

class FileKeeper {
 public:
  /// `root`: the path of the whole chart, as those of its parts begin; it ends with a slash or, of an archive, a colon.
  FileKeeper(const LoadContext& context, std::string root)
      : context_(context), root_(std::move(root)), values_(context) {}

  const std::string& root() const { return root_; }
  ValuesAhead& values() const { return values_; }
  /// `path`: of the chart or archive that the file is in, as root.
  File keep(const std::string& path, std::string name, FileText&& text) const;

 private:
  std::string shown(const std::string& path) const;

  const LoadContext& context_;
  std::string root_;
  mutable ValuesAhead values_;
};

}  // namespace rhumb::chart
