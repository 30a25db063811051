// rhumb.yaml: the charts of a repository and the environments they are rendered and linted for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/result.h"
#include "rhumb/base/source.h"
#include "rhumb/lint/config.h"

namespace rhumb::project {

/// The rules that a file may name, by name. The second forms of the functions below take those of lint::rules().
struct RuleCatalogue {
  std::span<const lint::Rule* const> rules;
};

struct ChartEntry {
  std::string path;  // a folder or an archive, as the user would open it from where the command runs
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
  std::optional<std::string> baseline;  // path of the baseline file, which need not exist
  /// Patterns of paths, as the user would open them, that select() leaves alone: `*` and `?` are wildcards, and a
  /// folder stands for all that it holds.
  std::vector<std::string> exclude;
};

/// The rhumb.yaml of `start` or the nearest folder above it, up to the root of its repository (a folder with .git).
/// None is no error.
Result<std::optional<std::string>> find_project_file(const std::string& start, const FileSystem& files);

/// Paths of the file are relative to its folder. Errors name file, line and column, what is wrong and what was probably
/// meant: "rhumb.yaml:12:5: unknown key 'enviroments'; did you mean 'environments'?". The message holds all that is
/// wrong, a line each in the order of the file; the span is that of the first.
Result<Project> read_project(const std::string& path, const FileSystem& files, Sources& sources,
                             const RuleCatalogue& catalogue);
Result<Project> read_project(const std::string& path, const FileSystem& files, Sources& sources);

/// The JSON schema (draft 7) of rhumb.yaml, for editors: what read_project takes, as far as a schema can say it.
std::string configuration_schema(const RuleCatalogue& catalogue);
std::string configuration_schema();

/// The project as a rhumb.yaml in which everything is written out: defaults are merged, paths are as the user would
/// open them, every setting that differs from its default stands where it counts.
std::string describe(const Project& project);

/// The environments of a chart for which rhumb.yaml names none: its defaults (without a name), and one for each
/// ci/*-values.yaml, called by the part before the dash. An archive has its defaults alone.
std::vector<lint::Environment> default_environments(const std::string& chart, const FileSystem& files);

/// What a list of files leads to, as pre-commit hands them over: charts and environments, each once.
struct Selection {
  std::string chart;
  /// Of names, in the order of the project; empty: all of the chart's environments.
  std::vector<std::string> environments;
};
/// A file within a chart leads to all environments of it, a values file to those that use it, rhumb.yaml and the
/// baseline to everything. A file of a chart that the project does not name leads to that chart: the outermost, where
/// charts lie in the charts/ of others. Files that are gone count as well. Charts of the project come in its order,
/// then the others in that of the paths.
std::vector<Selection> select(const Project& project, const std::vector<std::string>& paths, const FileSystem& files);

}  // namespace rhumb::project
