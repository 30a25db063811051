// A chart as it was loaded: frozen, and shared by all renderings. What a rendering changes (names by alias, which
// dependencies are enabled, imported values) lives in a ChartTree of its own: light objects over the loaded charts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/chart/metadata.h"
#include "rhumb/value/value.h"

namespace rhumb::chart {

/// A file of a chart. The text lives in the Sources table that the chart was loaded with (byte order mark stripped).
struct File {
  std::string name;  // path below the chart's root
  std::string_view data;
  FileId source = no_file;
};

/// The path of a file below the innermost unpacked chart that it lies in: "templates/a" of "charts/b/templates/a".
std::string_view path_in_own_chart(std::string_view name);

struct Chart {
  /// Where it was loaded from, as given; for a nested chart the path below that.
  std::string path;
  /// False for apiVersion v3, which Helm 4 loads and then refuses: "invalid chart apiVersion".
  bool renderable = true;
  Metadata metadata;
  std::optional<Lock> lock;
  /// All files, sub-charts' included, in the order they were read.
  std::vector<File> raw;
  std::vector<File> templates;
  /// Neither templates nor read by Helm itself: crds/, README, what .Files shows.
  std::vector<File> files;
  /// values.yaml as a frozen map, the nil map without one.
  Value values;
  std::optional<File> schema;
  /// In sorted order of their folder or archive name (Go's order is random).
  std::vector<std::shared_ptr<const Chart>> dependencies;
  /// Owns values and import-values; one for a chart and all below it.
  std::shared_ptr<Heap> heap;
  /// What holds the values that others read meanwhile.
  std::shared_ptr<const void> values_memory;

  const File* find_raw(std::string_view name) const;
};

/// The part of the metadata that processing changes. Shared between instances exactly where Go shares the pointer.
struct InstanceMetadata {
  const Metadata* base = nullptr;
  std::string name;
  std::optional<std::vector<std::shared_ptr<Dependency>>> dependencies;
};

/// A chart within one rendering.
class ChartInstance {
 public:
  explicit ChartInstance(const Chart& chart);

  const Chart& chart() const { return *chart_; }
  const std::string& name() const { return metadata->name; }
  ChartInstance* parent() const { return parent_; }
  bool is_root() const { return parent_ == nullptr; }
  bool is_library() const;
  const std::vector<ChartInstance*>& dependencies() const { return dependencies_; }
  void set_dependencies(const std::vector<ChartInstance*>& dependencies);
  void add_dependency(ChartInstance* dependency);
  /// "parent.child"
  std::string chart_path() const;
  /// "parent/charts/child": names and aliases, never folders.
  std::string chart_full_path() const;

  std::shared_ptr<InstanceMetadata> metadata;
  /// Names of declared dependencies that conditions or tags switched off.
  std::vector<std::string> disabled_dependencies;
  /// Default values; may be replaced by processing. Frozen until then.
  Value values;

 private:
  const Chart* chart_;
  ChartInstance* parent_ = nullptr;
  std::vector<ChartInstance*> dependencies_;
};

/// All instances of one rendering.
class ChartTree {
 public:
  explicit ChartTree(std::shared_ptr<const Chart> chart);
  ChartTree(const ChartTree&) = delete;
  ChartTree& operator=(const ChartTree&) = delete;

  ChartInstance& root() const { return *root_; }
  /// A shallow copy, as `out := *c` in Go: metadata, values and dependencies are shared.
  ChartInstance* copy(const ChartInstance& instance);

 private:
  ChartInstance* instantiate(const Chart& chart);

  std::shared_ptr<const Chart> chart_;
  std::vector<std::unique_ptr<ChartInstance>> instances_;
  ChartInstance* root_;
};

/// A file below crds/ of the chart or a dependency.
struct Crd {
  const File* file = nullptr;
  std::string filename;  // chart_full_path + "/" + file
};
/// As Chart.CRDObjects: own files first, then the dependencies', recursively.
std::vector<Crd> crd_objects(const ChartInstance& instance);

/// `.Chart` for templates: as helm 4.3.1's MetadataAsMap (Go field names; import-values as processed), and IsRoot.
Value chart_value(const ChartInstance& instance, Heap& heap);

}  // namespace rhumb::chart
