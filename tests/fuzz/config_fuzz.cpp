// rhumb.yaml: whatever it is, it ends in a project or in errors with their places; what is described is read as the
// same again, and the schema for editors takes it.
#include <array>

#include "harness.h"
#include "rhumb/base/file_system.h"
#include "rhumb/jsonschema/jsonschema.h"
#include "rhumb/project/project.h"
#include "rhumb/yaml/reader.h"

using namespace rhumb;

namespace {

constexpr std::array<std::string_view, 2> choices{"require", "forbid"};
constexpr std::array<lint::Parameter, 4> parameters{{
    {"minimum", lint::ParameterType::integer, "2", ""},
    {"strict", lint::ParameterType::boolean, "false", ""},
    {"mode", lint::ParameterType::text, "require", "", choices},
    {"kinds", lint::ParameterType::list, "", ""},
}};

const project::RuleCatalogue& catalogue() {
  static const lint::Rule one = [] {
    lint::Rule rule;
    rule.name = "too-few-replicas";
    rule.parameters = parameters;
    return rule;
  }();
  static const std::array<const lint::Rule*, 1> rules{&one};
  static const project::RuleCatalogue all{rules};
  return all;
}

bool all_named(const project::Project& project) {
  for (const project::ChartEntry& chart : project.charts) {
    for (const lint::Environment& environment : chart.environments) {
      if (environment.name.empty()) return false;
    }
  }
  return true;
}

bool schema_takes(const std::string& description, const FileSystem& files) {
  static const std::string schema = project::configuration_schema(catalogue());
  const Limits limits;  // the schema is ours, and where the metaschema looks at it that alone passes the small ones
  Heap heap({.limit_bytes = limits.memory_bytes});
  const auto value = yaml::read_yaml(description, heap);
  if (!value) return true;  // keys that YAML 1.1 takes for numbers, for one
  fuzz::QuietLog log;
  const std::string errors = jsonschema::validate(schema, *value, {files, log, limits});
  if (!errors.empty()) std::fprintf(stderr, "%s\n%s\n", errors.c_str(), description.c_str());
  return errors.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  MemoryFileSystem files;
  files.add("charts/web/Chart.yaml", "name: web\n");
  files.add("charts/web/ci/tls-values.yaml", "");
  files.add("values/dev.yaml", "");
  files.add("rhumb.yaml", text);
  Sources sources;
  const auto project = project::read_project("rhumb.yaml", files, sources, catalogue());
  if (!project) {
    fuzz::expect(project.error().message.starts_with("rhumb.yaml:"), "an error has a place");
    return 0;
  }
  (void)project::select(*project, {"charts/web/values.yaml", "values/dev.yaml"}, files);
  constexpr std::size_t most_bytes = 64U << 10;  // defaults that are written out may pass the reader's own limit
  if (!all_named(*project) || text.size() > most_bytes) return 0;
  const std::string description = project::describe(*project);
  files.add("rhumb.yaml", description);
  const auto again = project::read_project("rhumb.yaml", files, sources, catalogue());
  fuzz::expect(again.has_value(), "a description can be read");
  fuzz::expect(project::describe(*again) == description, "it is read as the same");
  fuzz::within_limits([&] { fuzz::expect(schema_takes(description, files), "the schema takes what was read"); });
  return 0;
}
