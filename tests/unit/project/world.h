// Charts, files and rules for the tests of rhumb.yaml.
#pragma once

#include <array>
#include <string>

#include "rhumb/base/file_system.h"
#include "rhumb/project/project.h"

namespace rhumb::test {

inline constexpr std::array<std::string_view, 3> limit_choices{"require", "ignore", "forbid"};
inline constexpr std::array<std::string_view, 2> probe_choices{"liveness", "readiness"};
inline constexpr std::array<lint::Parameter, 4> replica_parameters{{
    {"minimum", lint::ParameterType::integer, "2", "How many pods must be guaranteed"},
    {"count-daemons", lint::ParameterType::boolean, "false", "Whether DaemonSets count"},
    {"message", lint::ParameterType::text, "", "What to say"},
    {"kinds", lint::ParameterType::list, "Deployment,StatefulSet", "Kinds that count"},
}};
inline constexpr std::array<lint::Parameter, 2> resource_parameters{{
    {"cpu-limit", lint::ParameterType::text, "require", "Whether a limit on cpu is wanted", limit_choices},
    {"probes", lint::ParameterType::list, "", "Probes that count", probe_choices},
}};

inline lint::Rule make_rule(std::string_view name, std::span<const lint::Parameter> parameters = {}) {
  lint::Rule rule;
  rule.name = name;
  rule.summary = "a fault";
  rule.parameters = parameters;
  return rule;
}

inline project::RuleCatalogue catalogue() {
  static const std::array<lint::Rule, 5> rules{
      make_rule("image-not-pinned"), make_rule("plaintext-secret"), make_rule("probes-identical"),
      make_rule("resources-missing", resource_parameters), make_rule("too-few-replicas", replica_parameters)};
  static const std::array<const lint::Rule*, 5> all{rules.data(), &rules[1], &rules[2], &rules[3], &rules[4]};
  return {all};
}

/// Below "/": two charts, one of them with a chart inside and ci/, values, and what is no chart.
inline void add_charts(MemoryFileSystem& files) {
  const std::string metadata = "apiVersion: v2\nname: x\nversion: 1.0.0\n";
  for (const char* const chart :
       {"charts/tms", "charts/tms/charts/odoo", "charts/shop", "other/web", "other/web/charts/db"}) {
    files.add(std::string(chart) + "/Chart.yaml", metadata);
    files.add(std::string(chart) + "/values.yaml", "a: 1\n");
  }
  files.add("charts/shop/ci/tls-values.yaml", "tls: true\n");
  files.add("charts/shop/ci/bare-values.yaml", "bare: true\n");
  files.add("charts/shop/ci/notes.txt", "");
  files.add("charts/shop/ci/-values.yaml", "");
  files.add("charts/empty/README.md", "");
  files.add("charts/packed-1.0.0.tgz", "");
  for (const char* const name : {"common", "dev", "staging", "production"}) {
    files.add("values/" + std::string(name) + ".yaml", "b: 2\n");
  }
}

}  // namespace rhumb::test
