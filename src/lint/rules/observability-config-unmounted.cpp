#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "rhumb/base/strings.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint::observability_config_unmounted {
namespace {

constexpr Parameter parameters[] = {
    {"rule-labels", ParameterType::list, "prometheus_rule,prometheus_rules,role=alert-rules",
     "labels by which a side-car of Prometheus finds rules"},
    {"dashboard-labels", ParameterType::list, "grafana_dashboard,grafana_dashboards",
     "labels by which a side-car of Grafana finds dashboards"},
};

enum class Content : std::uint8_t { other, rules, dashboard };

bool is_rule_file(Node root) {
  const auto groups = root["groups"].children();
  return root["groups"].is_list() && std::any_of(groups.begin(), groups.end(), [](const yaml::TreeNode& group) {
           const Node rule = Node(&group)["rules"][std::size_t{0}];
           return rule["alert"] || rule["record"];
         });
}

bool is_dashboard(Node root) {
  return root.is_map() && root["title"].is_string() && root["panels"].is_list() &&
         (root["schemaVersion"] || root["templating"] || root["time"]);
}

/// Only what looks like it is read: files of configuration may be large.
Content content_of(Node entry) {
  const bool may_be_rules = strings::contains(entry.text(), "groups:");
  const bool may_be_dashboard = strings::contains(entry.text(), "\"panels\"");
  if (!may_be_rules && !may_be_dashboard) return Content::other;
  const auto tree = yaml::Tree::read(entry.text());
  if (!tree) return Content::other;
  if (is_rule_file(tree->root())) return Content::rules;
  return is_dashboard(tree->root()) ? Content::dashboard : Content::other;
}

bool is_announced(const Context& context, const Object& config, std::string_view parameter) {
  return std::any_of(context.list(parameter).begin(), context.list(parameter).end(), [&](const std::string& item) {
    const std::size_t equal = item.find('=');
    const auto label = config.labels.find(item.substr(0, equal));
    return label != config.labels.end() && (equal == std::string::npos || label->second == item.substr(equal + 1));
  });
}

bool is_mounted(const Context& context, const Object& config) {
  for (const Workload& workload : context.workloads().all()) {
    if (workload.namespace_() != config.namespace_) continue;
    for (const manifest::Volume& volume : manifest::volumes(workload)) {
      if (volume.mounts.empty()) continue;
      if (volume.node["configMap"]["name"].scalar_text() == config.name) return true;
      for (const Node source : volume.node["projected"]["sources"]) {
        if (source["configMap"]["name"].scalar_text() == config.name) return true;
      }
    }
  }
  return false;
}

void check_config(Context& context, const Object& config) {
  for (const Node entry : config.root["data"]) {
    if (!entry.is_string()) continue;
    const Content content = content_of(entry);
    if (content == Content::other) continue;
    context.applies();
    const bool is_rules = content == Content::rules;
    const std::string_view parameter = is_rules ? "rule-labels" : "dashboard-labels";
    if (is_announced(context, config, parameter) || is_mounted(context, config)) return;
    context
        .report_field(
            config, config.metadata(), "labels",
            fmt::format("the {} in ConfigMap/{} reach nobody: no pod mounts it, and no label of it is known to "
                        "the side-car of {}",
                        is_rules ? "rules" : "dashboards", config.name, is_rules ? "Prometheus" : "Grafana"))
        .hint(fmt::format("label it {}: \"1\"", context.list(parameter).empty() ? "" : context.list(parameter).front()))
        .related(config, entry, "its contents");
    return;
  }
}

void check(Context& context) {
  for (const Object* config : context.objects().of_kind("ConfigMap")) {
    if (config->group.empty()) check_config(context, *config);
  }
}

}  // namespace

extern const Rule rule{
    .name = "observability-config-unmounted",
    .category = Category::observability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-602, IObservabilityConfiguration",
    .summary = "Rules or dashboards in a ConfigMap reach no monitoring pod",
    .remedy = "Mount the ConfigMap, or give it the label that the side-car looks for.",
    .documentation = R"(## What it does
Recognises Prometheus rule files (`groups` of `alert` or `record`) and Grafana dashboards (JSON with `panels`) in
ConfigMaps by their contents. Each must be mounted by a pod of the release, or carry one of the labels by which side-cars
find them; an entry `name=value` of these lists asks for the value as well.

## Why
The files are installed, nobody reads them, and the alert never fires.

## Example
```yaml
# wrong
kind: ConfigMap
metadata: {name: tms-alerts}
data:
  tms.yml: |
    groups:
      - name: tms
        rules: [{alert: OdooDown, expr: up == 0}]
```
```yaml
# right
kind: ConfigMap
metadata:
  name: tms-alerts
  labels: {prometheus_rule: "1"}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::observability_config_unmounted
