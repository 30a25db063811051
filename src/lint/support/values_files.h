// The values.yaml files of a chart and all below it, with the scope their keys have at the top.
#pragma once

#include "lint/context.h"

namespace rhumb::lint {

std::vector<ValuesFile> chart_values_files(const chart::Chart& chart, const Limits& limits);

/// A chart with the scope of its values; the same chart under several names comes several times.
struct ScopedChart {
  const chart::Chart* chart = nullptr;
  std::string scope;  // "tmsOdoo"; empty for the chart itself
  bool is_archive = false;
};
/// A chart before its sub-charts.
std::vector<ScopedChart> scoped_charts(const chart::Chart& chart);

/// Null where the text is no YAML.
std::shared_ptr<const yaml::Tree> read_tree(std::string_view text, const Limits& limits);

}  // namespace rhumb::lint
