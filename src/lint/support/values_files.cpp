#include "lint/support/values_files.h"

namespace rhumb::lint {
namespace {

void collect(std::vector<ScopedChart>& charts, const chart::Chart& chart, const std::string& scope) {
  // Charts within archives are named "x.tgz:".
  charts.push_back({&chart, scope, !scope.empty() && chart.path.find(".tgz:") != std::string::npos});
  for (const auto& dependency : chart.dependencies) {
    const std::string name = dependency->metadata.name;
    const std::string prefix = scope.empty() ? "" : scope + ".";
    bool is_aliased = false;
    if (chart.metadata.dependencies) {
      for (const auto& entry : *chart.metadata.dependencies) {
        if (entry == nullptr || entry->name != name || entry->alias.empty()) continue;
        // Of another version the chart stays in under its own name.
        if (!chart::is_compatible_range(entry->version, dependency->metadata.version)) continue;
        collect(charts, *dependency, prefix + entry->alias);
        is_aliased = true;
      }
    }
    if (!is_aliased) collect(charts, *dependency, prefix + name);
  }
}

}  // namespace

std::vector<ScopedChart> scoped_charts(const chart::Chart& chart) {
  std::vector<ScopedChart> charts;
  collect(charts, chart, "");
  return charts;
}

std::vector<ValuesFile> chart_values_files(const chart::Chart& chart, const Limits& limits) {
  std::vector<ValuesFile> files;
  for (const ScopedChart& scoped : scoped_charts(chart)) {
    const chart::File* const file = scoped.chart->find_raw("values.yaml");
    if (file == nullptr) continue;
    files.push_back({file->source, file->data, read_tree(file->data, limits), scoped.scope, false});
  }
  return files;
}

std::shared_ptr<const yaml::Tree> read_tree(std::string_view text, const Limits& limits) {
  auto tree = yaml::Tree::read(text, limits);
  return tree ? std::make_shared<const yaml::Tree>(std::move(*tree)) : nullptr;
}

}  // namespace rhumb::lint
