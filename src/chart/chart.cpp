#include "rhumb/chart/chart.h"

#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"

namespace rhumb::chart {
namespace {

std::shared_ptr<InstanceMetadata> instance_metadata(const Metadata& metadata) {
  auto made = std::make_shared<InstanceMetadata>(InstanceMetadata{&metadata, metadata.name, std::nullopt});
  if (!metadata.dependencies) return made;
  made->dependencies.emplace();
  for (const auto& dependency : *metadata.dependencies) {
    made->dependencies->push_back(std::make_shared<Dependency>(*dependency));
  }
  return made;
}

bool is_manifest(std::string_view name) {
  const std::string_view extension = path::extension(name);
  return strings::equal_fold(extension, ".yaml") || strings::equal_fold(extension, ".yml") ||
         strings::equal_fold(extension, ".json");
}

void collect_crds(const ChartInstance& instance, std::vector<Crd>& out) {
  for (const File& file : instance.chart().files) {
    if (!file.name.starts_with("crds/") || !is_manifest(file.name)) continue;
    out.push_back({&file, path::join(instance.chart_full_path(), file.name)});
  }
  for (const ChartInstance* const dependency : instance.dependencies()) collect_crds(*dependency, out);
}

}  // namespace

std::string_view path_in_own_chart(std::string_view name) {
  constexpr std::string_view charts = "charts/";
  while (name.starts_with(charts)) {
    const std::size_t slash = name.find('/', charts.size());
    if (slash == std::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  return name;
}

const File* Chart::find_raw(std::string_view name) const {
  for (const File& file : raw) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

ChartInstance::ChartInstance(const Chart& chart)
    : metadata(instance_metadata(chart.metadata)), values(chart.values), chart_(&chart) {}

bool ChartInstance::is_library() const { return strings::equal_fold(metadata->base->type, "library"); }

void ChartInstance::set_dependencies(const std::vector<ChartInstance*>& dependencies) {
  dependencies_ = dependencies;
  for (ChartInstance* const dependency : dependencies_) dependency->parent_ = this;
}

void ChartInstance::add_dependency(ChartInstance* dependency) {
  dependency->parent_ = this;
  dependencies_.push_back(dependency);
}

std::string ChartInstance::chart_path() const { return is_root() ? name() : parent_->chart_path() + "." + name(); }

std::string ChartInstance::chart_full_path() const {
  return is_root() ? name() : parent_->chart_full_path() + "/charts/" + name();
}

ChartTree::ChartTree(std::shared_ptr<const Chart> chart) : chart_(std::move(chart)), root_(instantiate(*chart_)) {}

ChartInstance* ChartTree::copy(const ChartInstance& instance) {
  instances_.push_back(std::make_unique<ChartInstance>(instance));
  return instances_.back().get();
}

ChartInstance* ChartTree::instantiate(const Chart& chart) {
  instances_.push_back(std::make_unique<ChartInstance>(chart));
  ChartInstance* const made = instances_.back().get();
  for (const auto& dependency : chart.dependencies) made->add_dependency(instantiate(*dependency));
  return made;
}

std::vector<Crd> crd_objects(const ChartInstance& instance) {
  std::vector<Crd> crds;
  collect_crds(instance, crds);
  return crds;
}

}  // namespace rhumb::chart
