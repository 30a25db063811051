// The files of a chart as they lie on disk, with places: what rules about Chart.yaml look at. Also of a chart that does
// not load, since why it does not is what such rules tell.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/chart/chart.h"
#include "rhumb/chart/loader.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint {

/// Chart.yaml twice: as the text says it, and as Helm reads it.
struct ChartYaml {
  FileId file = no_file;
  std::string_view text;
  /// None where it is not YAML.
  std::optional<yaml::Tree> tree;
  /// As far as Helm could read it; neither requirements.yaml nor any default is in it.
  chart::Metadata metadata;
  /// Why Helm cannot read it; empty when it can.
  std::string error;

  yaml::NodeRef root() const { return tree ? tree->root() : yaml::NodeRef(); }
  /// The field of that name: exactly, or in another case, as encoding/json finds it.
  yaml::NodeRef field(std::string_view name) const { return field(root(), name); }
  static yaml::NodeRef field(yaml::NodeRef parent, std::string_view name);
  /// Of the value, of the key where the value is empty or more than a scalar; of the file's start for no node.
  Span span(yaml::NodeRef node) const;
  /// Of the key of a map's entry.
  Span key_span(yaml::NodeRef node) const;
  /// Where a field stands, or would stand: its value, or the start of the file.
  Span field_span(std::string_view name) const { return span(field(name)); }

 private:
  friend std::shared_ptr<const struct ChartSource> read_chart_source(const std::string&, const chart::Chart*,
                                                                     const chart::LoadContext&);
  std::shared_ptr<Heap> heap_;  // of import-values
};

struct ChartSource {
  std::string path;  // as given
  bool is_folder = false;
  /// All of them, sub-charts' included, without what .helmignore leaves out. Empty where they could not be read.
  std::vector<chart::File> files;
  /// None where there is no Chart.yaml.
  std::optional<ChartYaml> chart_yaml;
  /// values-api.json, which .helmignore may leave out.
  std::optional<chart::File> values_api;

  const chart::File* find(std::string_view name) const;
  bool has_below(std::string_view folder) const;
  /// Of a file in the folder, for FileSystem.
  std::string path_of(std::string_view name) const;
};

/// `loaded` is null for a chart that does not load. Never null.
std::shared_ptr<const ChartSource> read_chart_source(const std::string& path, const chart::Chart* loaded,
                                                     const chart::LoadContext& context);

/// "3" of "yaml: line 3: ...": the place where that line begins, without its indentation; the start for no line.
Span line_span(FileId file, std::string_view text, std::string_view yaml_error);

}  // namespace rhumb::lint
