// From a target and an environment to a Run: values, rendering, objects.
#pragma once

#include <memory>

#include "lint/context.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

/// What the runs of one target share.
struct LoadedTarget {
  const Target* target = nullptr;
  std::shared_ptr<const chart::Chart> chart;  // null for manifests, or with a failure
  std::shared_ptr<const ChartSource> source;  // null for manifests
  OriginTable origins;
  render::ParseCache cache;
  std::vector<ValuesFile> chart_values;  // values.yaml of the chart and its sub-charts
  std::vector<manifest::RenderedFile> plain_files;
  std::vector<FileId> plain_sources;
  std::optional<Diagnostic> failure;
};

/// Loads the chart, or reads the manifests. What fails is told in `failure`.
void load_target(LoadedTarget& loaded, const Target& target, const LintWorld& world);

/// Renders in one environment. Everything that fails is told in Run::failure. All that is given but the
/// log must outlive the run.
std::unique_ptr<Run> make_run(const LoadedTarget& loaded, const Environment& environment, const LintWorld& world,
                              Log& log);

}  // namespace rhumb::lint
