#include "rhumb/project/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "project/environment.h"
#include "project/names.h"
#include "project/settings.h"
#include "rhumb/base/path.h"
#include "rhumb/base/wildcard.h"
#include "rhumb/yaml/json.h"

namespace rhumb::project {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The file as it is read: fields of charts need those of the project.
struct Draft {
  Project project;
  lint::Environment defaults;
  std::size_t weight = 0;  // of what charts inherit
  std::size_t defaults_weight = 0;
};

struct ChartDraft {
  ChartEntry entry;
  lint::Environment defaults;
  std::size_t weight = 0;  // of what environments inherit
  bool has_environments = false;
};

lint::Configuration& configuration(Draft& draft) { return draft.project.configuration; }
lint::Configuration& configuration(ChartDraft& draft) { return draft.entry.configuration; }

template <typename T>
void configuration_presets(Reading& reading, Given given, T& draft) {
  read_presets(reading, given, configuration(draft).presets);
}
template <typename T>
void configuration_rules(Reading& reading, Given given, T& draft) {
  read_rules(reading, given, configuration(draft).rules);
}
template <typename T>
void configuration_ignores(Reading& reading, Given given, T& draft) {
  read_ignores(reading, given, configuration(draft).ignores);
}
template <typename T>
void configuration_tiers(Reading& reading, Given given, T& draft) {
  read_tiers(reading, given, configuration(draft).production_tiers);
}
template <typename T>
void configuration_closed_world(Reading& reading, Given given, T& draft) {
  if (const auto closed = reading.boolean(given)) configuration(draft).closed_world = *closed;
}

Value text_schema(SchemaBuilder& schema) { return schema.text(); }
Value texts_schema(SchemaBuilder& schema) { return schema.or_null(schema.texts()); }
Value boolean_schema(SchemaBuilder& schema) { return schema.boolean(); }

template <typename T>
constexpr Field<T> presets_field{"presets", "Sets of rules that are switched on (default: default)", presets_schema,
                                 configuration_presets<T>};
template <typename T>
constexpr Field<T> rules_field{"rules", "Levels and parameters of rules", rules_schema, configuration_rules<T>};
template <typename T>
constexpr Field<T> ignores_field{"ignores", "Findings that are accepted, each with a reason", ignores_schema,
                                 configuration_ignores<T>};
template <typename T>
constexpr Field<T> tiers_field{"productionTiers",
                               "Tiers in which rules for production count (default: staging and production)",
                               tiers_schema, configuration_tiers<T>};
template <typename T>
constexpr Field<T> closed_world_field{"closedWorld", "References that lead out of the chart are findings",
                                      boolean_schema, configuration_closed_world<T>};

void chart_path(Reading& reading, Given given, ChartDraft& draft) {
  const auto text = reading.text(given);
  if (!text) return;
  draft.entry.path = reading.path_of(*text);
  const auto status = reading.files().status(draft.entry.path);
  if (!status) return reading.complain(given.node.span, status.error().message);
  if (status->kind == FileKind::missing) {
    return reading.complain(given.node.span,
                            fmt::format("the chart {} does not exist{}", shown(*text), reading.suggest_file(*text)));
  }
  if (status->kind != FileKind::directory) return;  // an archive
  const auto metadata = reading.files().status(path::join(draft.entry.path, "Chart.yaml"));
  if (!metadata || metadata->kind == FileKind::missing) {
    reading.complain(given.node.span, fmt::format("{} is no chart: it holds no Chart.yaml", shown(*text)));
  }
}

void chart_defaults(Reading& reading, Given given, ChartDraft& draft) {
  draft.weight += given.node.weight;
  read_defaults(reading, given, draft.defaults);
}

void chart_environments(Reading& reading, Given given, ChartDraft& draft) {
  draft.has_environments = true;
  draft.entry.environments = read_environments(reading, given, draft.defaults, draft.weight);
}

constexpr std::array<Field<ChartDraft>, 8> chart_fields{{
    {"path", "The folder or archive of the chart, relative to rhumb.yaml", text_schema, chart_path, true},
    presets_field<ChartDraft>,
    rules_field<ChartDraft>,
    ignores_field<ChartDraft>,
    tiers_field<ChartDraft>,
    closed_world_field<ChartDraft>,
    {"defaults", "What the environments of the chart have in common", defaults_schema, chart_defaults},
    {"environments", "The environments that the chart is rendered for, by name", environments_schema,
     chart_environments},
}};
constexpr std::span<const Field<ChartDraft>> pathless_fields = std::span(chart_fields).subspan(1);

class ChartsReader {
 public:
  ChartsReader(Reading& reading, Draft& draft) : reading_(reading), draft_(draft) {}

  void read(Given given) {
    if (given.node.is_null()) return;
    if (given.node.is_map()) {
      reading_.check_twice(given.node);
      for (const auto& [key, value] : given.node.entries) read_chart(key, *value, pathless_fields);
    } else if (given.node.is_list()) {
      for (const Node* const item : given.node.items) read_item(*item);
    } else {
      reading_.complain(given.node.span, fmt::format("'{}' must be a list or a map of charts, not {}", given.name,
                                                     kind_name(given.node)));
    }
  }

 private:
  void read_item(const Node& item) {
    static const Node nothing;
    if (item.is_text()) return read_chart(&item, nothing, pathless_fields);
    read_chart(item.is_map() ? item.find("path") : nullptr, item, chart_fields);
  }

  /// `path` is null where it is missing, about which read_fields complains.
  void read_chart(const Node* path, const Node& node, std::span<const Field<ChartDraft>> fields) {
    const Span span = path == nullptr ? node.span : path->span;
    if (!reading_.spend(draft_.weight, span)) return;
    ChartDraft chart;
    chart.defaults = draft_.defaults;
    chart.weight = draft_.defaults_weight;
    chart.entry.configuration = draft_.project.configuration;
    if (path != nullptr && fields.size() == pathless_fields.size()) chart_path(reading_, {"path", *path}, chart);
    const bool is_key_alone = path != nullptr && node.is_null();
    if (!is_key_alone) read_fields<ChartDraft>(reading_, node, "a chart", fields, chart);
    if (!chart.has_environments) take_default_environments(chart, span);
    check_ignores(chart);
    check_new(chart.entry.path, span);
    draft_.project.charts.push_back(std::move(chart.entry));
  }

  void take_default_environments(ChartDraft& chart, Span span) {
    for (lint::Environment& plain : default_environments(chart.entry.path, reading_.files())) {
      if (!reading_.spend(chart.weight, span)) return;
      lint::Environment& environment = chart.entry.environments.emplace_back(chart.defaults);
      environment.name = std::move(plain.name);
      environment.span = span;
      std::move(plain.value_files.begin(), plain.value_files.end(), std::back_inserter(environment.value_files));
    }
  }

  /// An ignore of a chart whose environments are all known names one of them.
  void check_ignores(const ChartDraft& chart) {
    const std::vector<lint::Ignore>& ignores = chart.entry.configuration.ignores;
    for (std::size_t i = draft_.project.configuration.ignores.size(); i < ignores.size(); ++i) {
      const auto matches = [&](const lint::Environment& environment) {
        return wildcard_match(ignores[i].environment, environment.name);
      };
      const std::vector<lint::Environment>& all = chart.entry.environments;
      if (ignores[i].environment.empty() || std::any_of(all.begin(), all.end(), matches)) continue;
      std::vector<std::string_view> names;
      for (const lint::Environment& environment : all) names.push_back(environment.name);
      reading_.complain(ignores[i].span, fmt::format("the chart has no environment {}{}", shown(ignores[i].environment),
                                                     reading_.suggest(ignores[i].environment, names)));
    }
  }

  void check_new(const std::string& path, Span span) {
    if (path.empty() || paths_.insert(path).second) return;
    reading_.complain(span, fmt::format("the chart {} is given twice", shown(path)));
  }

  Reading& reading_;
  Draft& draft_;
  std::set<std::string> paths_;
};

void check_version(Reading& reading, Given given, Draft&) {
  const auto text = reading.text(given);
  if (text && *text != "1") {
    reading.complain(given.node.span,
                     fmt::format("'version' must be 1, not {}: a newer rhumb may know it", shown(*text)));
  }
}

void project_baseline(Reading& reading, Given given, Draft& draft) {
  if (const auto text = reading.text(given)) draft.project.baseline = reading.path_of(*text);
}

void project_exclude(Reading& reading, Given given, Draft& draft) {
  for (const Node* const item : reading.texts(given)) draft.project.exclude.push_back(reading.path_of(item->text));
}

void project_defaults(Reading& reading, Given given, Draft& draft) {
  draft.defaults_weight = given.node.weight;
  read_defaults(reading, given, draft.defaults);
}

void project_charts(Reading& reading, Given given, Draft& draft) { ChartsReader(reading, draft).read(given); }

Value version_schema(SchemaBuilder& schema) { return schema.with(schema.heap().map(), "const", Value::integer(1)); }

Value make_chart_schema(SchemaBuilder& schema) {
  return schema.or_null(fields_schema<ChartDraft>(schema, pathless_fields));
}
Value make_listed_chart_schema(SchemaBuilder& schema) {
  return schema.any_of({schema.text(), fields_schema<ChartDraft>(schema, chart_fields)});
}
Value charts_schema(SchemaBuilder& schema) {
  return schema.or_null(schema.any_of({schema.list_of(schema.reference("listedChart", make_listed_chart_schema)),
                                       schema.map_of(schema.reference("chart", make_chart_schema))}));
}

/// The charts come last: they inherit from everything else.
constexpr std::array<Field<Draft>, 10> project_fields{{
    {"version", "The version of this format", version_schema, check_version},
    presets_field<Draft>,
    rules_field<Draft>,
    ignores_field<Draft>,
    tiers_field<Draft>,
    closed_world_field<Draft>,
    {"baseline", "The file of findings that are known already, relative to rhumb.yaml", text_schema, project_baseline},
    {"exclude", "Files that lead to no chart, relative to rhumb.yaml, * and ? are wildcards", texts_schema,
     project_exclude},
    {"defaults", "What the environments of all charts have in common", defaults_schema, project_defaults},
    {"charts", "The charts, by path", charts_schema, project_charts},
}};

/// What every chart copies.
std::size_t inherited_weight(const Node& root) {
  std::size_t weight = 1;
  for (const auto& [key, value] : root.entries) {
    if (key->text != "charts" && key->text != "exclude") weight += value->weight;
  }
  return weight;
}

}  // namespace

Result<Project> read_project(const std::string& path, const FileSystem& files, Sources& sources,
                             const RuleCatalogue& catalogue) {
  const auto status = files.status(path);
  if (!status) return status.error();
  constexpr std::uint64_t most_bytes = DocumentLimits{}.bytes;
  if (status->size > most_bytes) return error(fmt::format("{}: more than {} bytes", path, most_bytes));
  auto text = files.read(path);
  if (!text) return text.error();
  if (text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
  const FileId file = sources.add(path, *std::move(text));
  const auto document = Document::read(file, sources);
  if (!document) return document.error();
  Reading reading(path, files, sources, catalogue);
  Draft draft;
  draft.project.file = path;
  draft.project.folder = path::directory(path);
  draft.weight = inherited_weight(document->root());
  read_fields<Draft>(reading, document->root(), "rhumb.yaml", project_fields, draft);
  if (reading.complained()) return reading.problems();
  return std::move(draft.project);
}

std::string configuration_schema(const RuleCatalogue& catalogue) {
  SchemaBuilder builder(catalogue);
  Heap& heap = builder.heap();
  const Value schema = builder.or_null(fields_schema<Draft>(builder, project_fields));
  const Value root = heap.map();
  root.as_map()->set("$schema", heap.string("http://json-schema.org/draft-07/schema#"));
  root.as_map()->set("title", heap.string("rhumb.yaml"));
  root.as_map()->set("description", heap.string("The charts of a repository and how rhumb renders and lints them"));
  root.as_map()->set("anyOf", *schema.as_map()->find("anyOf"));
  root.as_map()->set("definitions", builder.definitions());
  constexpr yaml::JsonOptions readable{.escape_html = false, .indent = 2};
  const auto text = yaml::write_json(root, readable);
  return *text + "\n";
}

}  // namespace rhumb::project
