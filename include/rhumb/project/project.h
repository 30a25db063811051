// rhumb.yaml: the charts of a repository and the environments they are rendered and linted for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/result.h"
#include "rhumb/base/source.h"
#include "rhumb/lint/config.h"

namespace rhumb::project {

struct ChartEntry {
  std::string path;  // as the user would open it from where the command runs
  std::vector<lint::Environment> environments;
  lint::Configuration configuration;
};

struct Project {
  /// The folder of rhumb.yaml, as the user would open it; "." without one.
  std::string folder;
  std::string file;  // empty without a rhumb.yaml
  std::vector<ChartEntry> charts;
  /// Of everything that is no chart of the list.
  lint::Configuration configuration;
  std::optional<std::string> baseline;  // path of the baseline file
};

/// The rhumb.yaml of `start` or the nearest folder above it, up to the root of its repository (a folder with .git).
/// None is no error.
Result<std::optional<std::string>> find_project_file(const std::string& start, const FileSystem& files);

/// Errors name file, line and column, what is wrong and what was probably meant: "rhumb.yaml:12:5: unknown key
/// 'enviroments'; did you mean 'environments'?".
Result<Project> read_project(const std::string& path, const FileSystem& files, Sources& sources);

/// The environments of a chart that no rhumb.yaml names: its defaults, and one for each ci/*-values.yaml.
std::vector<lint::Environment> default_environments(const std::string& chart, const FileSystem& files);

/// What a list of files leads to, as pre-commit hands them over: the charts and environments that use them, each once.
struct Selection {
  std::string chart;
  /// Of names; empty: all of the chart's environments.
  std::vector<std::string> environments;
};
std::vector<Selection> select(const Project& project, const std::vector<std::string>& paths, const FileSystem& files);

}  // namespace rhumb::project
