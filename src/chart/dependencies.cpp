#include "rhumb/chart/dependencies.h"

#include <algorithm>
#include <set>

#include "coalesce.h"
#include "import_values.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"

namespace rhumb::chart {
namespace {

bool declares(const ChartInstance& chart, const ChartInstance& dependency) {
  for (const auto& declared : *chart.metadata->dependencies) {
    if (dependency.name() == declared->name &&
        is_compatible_range(declared->version, dependency.chart().metadata.version)) {
      return true;
    }
  }
  return false;
}

/// As copyMetadata: the declarations are copied too.
std::shared_ptr<InstanceMetadata> copy_metadata(const InstanceMetadata& metadata) {
  auto copy = std::make_shared<InstanceMetadata>(metadata);
  if (!copy->dependencies) return copy;
  for (auto& dependency : *copy->dependencies) dependency = std::make_shared<Dependency>(*dependency);
  return copy;
}

class EnabledProcessor {
 public:
  EnabledProcessor(ChartTree& tree, const ValuesContext& context) : tree_(tree), context_(context) {}

  Result<void> process(ChartInstance& chart, const Value& values, const std::string& path);

 private:
  using Declarations = std::vector<std::shared_ptr<Dependency>>;

  void select(ChartInstance& chart);
  ChartInstance* instance_for(const ChartInstance& chart, const Dependency& declared);
  void apply_tags(const Declarations& declarations, Map& values);
  void apply_conditions(const Declarations& declarations, Map& values, const std::string& path);
  void apply_condition(Dependency& declared, Map& values, const std::string& path);
  void note_read(const Value& value) const {
    if (context_.origins != nullptr) context_.origins->mark_read(value.origin());
  }
  void warn_not_bool(std::string_view kind, std::string_view key, const Dependency& declared);

  ChartTree& tree_;
  const ValuesContext& context_;
};

/// As processDependencyEnabled.
Result<void> EnabledProcessor::process(ChartInstance& chart, const Value& values, const std::string& path) {
  if (!chart.metadata->dependencies) return {};
  check_stack("processing nested dependencies");
  select(chart);
  for (const auto& declared : *chart.metadata->dependencies) declared->enabled = true;
  Result<Value> coalesced = coalesce_to_read(chart, values, context_);
  if (!coalesced) return coalesced.error();
  apply_tags(*chart.metadata->dependencies, *coalesced->as_map());
  apply_conditions(*chart.metadata->dependencies, *coalesced->as_map(), path);

  std::set<std::string> disabled;
  for (const auto& declared : *chart.metadata->dependencies) {
    if (!declared->enabled) disabled.insert(declared->name);
  }
  std::vector<ChartInstance*> charts;
  for (ChartInstance* const dependency : chart.dependencies()) {
    if (!disabled.contains(dependency->name())) charts.push_back(dependency);
  }
  chart.disabled_dependencies.assign(disabled.begin(), disabled.end());
  Declarations declarations;
  for (const auto& declared : *chart.metadata->dependencies) {
    if (!disabled.contains(declared->name)) declarations.push_back(declared);
  }
  for (ChartInstance* const dependency : charts) {
    Result<void> done = process(*dependency, *coalesced, path + dependency->name() + ".");
    if (!done) return done;
  }
  // Appending nothing to nil leaves nil: with everything disabled there are no declarations any more.
  chart.metadata->dependencies.reset();
  if (!declarations.empty()) chart.metadata->dependencies = std::move(declarations);
  chart.set_dependencies(charts);
  return {};
}

/// What is loaded but not declared stays as it is; behind it what is declared, under its alias.
void EnabledProcessor::select(ChartInstance& chart) {
  std::vector<ChartInstance*> selected;
  for (ChartInstance* const existing : chart.dependencies()) {
    if (!declares(chart, *existing)) selected.push_back(existing);
  }
  for (const auto& declared : *chart.metadata->dependencies) {
    if (ChartInstance* const instance = instance_for(chart, *declared)) selected.push_back(instance);
    if (!declared->alias.empty()) declared->name = declared->alias;
  }
  chart.set_dependencies(selected);
}

/// As getAliasDependency: a copy of the first loaded chart that fits.
ChartInstance* EnabledProcessor::instance_for(const ChartInstance& chart, const Dependency& declared) {
  for (const ChartInstance* const existing : chart.dependencies()) {
    if (existing->name() != declared.name) continue;
    if (!is_compatible_range(declared.version, existing->chart().metadata.version)) continue;
    ChartInstance* const copy = tree_.copy(*existing);
    if (context_.helm3) {
      // The nested charts stay those of the original, declarations included.
      copy->metadata = std::make_shared<InstanceMetadata>(*existing->metadata);
    } else {
      copy->metadata = copy_metadata(*existing->metadata);
      copy->set_dependencies({});
      for (const ChartInstance* const nested : existing->dependencies()) copy->add_dependency(tree_.copy(*nested));
    }
    if (!declared.alias.empty()) copy->metadata->name = declared.alias;
    return copy;
  }
  return nullptr;
}

/// As processDependencyTags.
void EnabledProcessor::apply_tags(const Declarations& declarations, Map& values) {
  const Map* const tags = find_table(&values, "tags");
  if (tags == nullptr) return;
  for (const auto& declared : declarations) {
    bool has_true = false;
    bool has_false = false;
    for (const std::string& tag : declared->tags) {
      const Value* const value = tags->find(tag);
      if (value == nullptr) continue;
      note_read(*value);
      if (!value->is_bool()) {
        warn_not_bool("tag", tag, *declared);
      } else {
        (value->as_bool() ? has_true : has_false) = true;
      }
    }
    declared->enabled = has_true || !has_false;
  }
}

void EnabledProcessor::apply_conditions(const Declarations& declarations, Map& values, const std::string& path) {
  for (const auto& declared : declarations) apply_condition(*declared, values, path);
}

/// The value at a dotted path unless it is a table, as PathValue.
const Value* path_value(Map& values, const std::string& path) {
  const std::size_t dot = path.rfind('.');
  const Map* const table = dot == std::string::npos ? &values : find_table(&values, path.substr(0, dot));
  if (table == nullptr) return nullptr;
  const Value* const value = table->find(dot == std::string::npos ? path : path.substr(dot + 1));
  return value == nullptr || is_table(*value) ? nullptr : value;
}

/// As processDependencyConditions: the first path with a bool decides.
void EnabledProcessor::apply_condition(Dependency& declared, Map& values, const std::string& path) {
  for (const std::string_view condition : strings::split(strings::trim_space(declared.condition), ",")) {
    if (condition.empty()) continue;
    const Value* const value = path_value(values, path + std::string(condition));
    if (value == nullptr) continue;
    note_read(*value);
    if (value->is_bool()) {
      declared.enabled = value->as_bool();
      return;
    }
    warn_not_bool("path", condition, declared);
  }
}

void EnabledProcessor::warn_not_bool(std::string_view kind, std::string_view key, const Dependency& declared) {
  if (context_.helm3) {
    const std::string what = kind == "tag" ? "Tag '" : "Condition path '";
    context_.log.write(LogLevel::info, "Warning: " + what + std::string(key) + "' for chart " + declared.name +
                                           " returned non-bool value");
    return;
  }
  context_.log.write(LogLevel::warn, "returned non-bool value", {{kind, std::string(key)}, {"chart", declared.name}});
}

/// The dependencies that are declared, but not there.
std::vector<std::string> missing_dependencies(const Chart& chart) {
  std::vector<std::string> missing;
  if (!chart.metadata.dependencies) return missing;
  for (const auto& declared : *chart.metadata.dependencies) {
    const bool found = std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                                   [&](const auto& loaded) { return loaded->metadata.name == declared->name; });
    if (!found) missing.push_back(declared->name);
  }
  return missing;
}

}  // namespace

Result<void> check_dependencies(const Chart& chart, bool helm3) {
  const std::string_view advice =
      helm3 ? "An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to "
              "fetch missing dependencies: "
            : "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to "
              "fetch missing dependencies: ";
  const std::size_t declared = chart.metadata.dependencies ? chart.metadata.dependencies->size() : 0;
  // MetaDependencies of v3Accessor makes as many as there are charts, and leaves those that nobody declares empty.
  if (!helm3 && chart.metadata.api_version == "v3" && declared < chart.dependencies.size()) {
    return error(std::string(advice) + "unsupported chart dependency type");
  }
  const std::vector<std::string> missing = missing_dependencies(chart);
  if (missing.empty()) return {};
  return error(std::string(advice) +
               "found in Chart.yaml, but missing in charts/ directory: " + strings::join(missing, ", "));
}

Result<void> process_dependencies(ChartTree& tree, const Value& values, const ValuesContext& context) try {
  Result<void> enabled = EnabledProcessor(tree, context).process(tree.root(), values, "");
  if (!enabled) return enabled;
  return import_values(tree.root(), context);
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<void> check_installable(const Chart& chart) {
  const std::string& type = chart.metadata.type;
  if (type.empty() || type == "application") return {};
  return error(type + " charts are not installable");
}

}  // namespace rhumb::chart
