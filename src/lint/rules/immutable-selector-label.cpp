#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::immutable_selector_label {
namespace {

constexpr Parameter parameters[] = {
    {"labels", ParameterType::list, "helm.sh/chart,app.kubernetes.io/version,helm.sh/revision",
     "labels that change from release to release"},
};

/// Versions of the charts of the tree, and what is told by them: "odoo-1.0.0".
void add_versions(const chart::Chart& chart, std::vector<std::string>& versions) {
  const std::string version = strings::replace(chart.metadata.version, "+", "_");
  if (!version.empty()) {
    versions.push_back(version);
    versions.push_back(chart.metadata.name + "-" + version);
  }
  if (!chart.metadata.app_version.empty()) versions.push_back(chart.metadata.app_version);
  for (const auto& dependency : chart.dependencies) add_versions(*dependency, versions);
}

class Check {
 public:
  explicit Check(Context& context) : context_(context) {
    if (context.run().chart != nullptr) add_versions(*context.run().chart, versions_);
  }

  void look(const Object& object, Node labels, std::string_view where) const {
    for (const Node label : labels) {
      if (!changes(label)) continue;
      context_.report(object, label,
                      fmt::format("{} has the label {}: {}, which changes with the version, in its {}, which may not",
                                  object.kind, label.key(), label.scalar_text(), where));
    }
  }

 private:
  bool changes(Node label) const {
    if (context_.lists("labels", label.key())) return true;
    const std::string_view value = label.scalar_text();
    // "version: v1" tells lines of a product apart; a version with dots is one.
    return strings::contains(value, ".") && std::find(versions_.begin(), versions_.end(), value) != versions_.end();
  }

  Context& context_;
  std::vector<std::string> versions_;
};

void check(Context& context) {
  const Check look(context);
  for (const Workload* workload : context.all_workloads()) {
    const Object& object = *workload->object;
    const bool is_fixed = object.group == "apps" && object.spec()["selector"].is_map();
    if (!is_fixed) continue;
    look.look(object, object.spec()["selector"]["matchLabels"], "selector");
    for (const Node claim : object.spec()["volumeClaimTemplates"]) {
      look.look(object, claim["metadata"]["labels"], "volumeClaimTemplates");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "immutable-selector-label",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "A field that may never change holds a label that does",
    .remedy = "Use labels that stay: app.kubernetes.io/name and app.kubernetes.io/instance.",
    .documentation = R"(## What it does
Looks for labels that change with the version of the chart or of the application in the selectors of Deployments,
StatefulSets, DaemonSets and ReplicaSets, and in the `volumeClaimTemplates` of StatefulSets: those in `labels`, and any
whose value is the version of one of the charts.

## Why
These fields are immutable. The first installation works; the next upgrade fails with "field is immutable", and only
deleting the workload helps.

## Example
```yaml
# wrong
kind: Deployment
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: web
      app.kubernetes.io/version: "1.4.2"
```
```yaml
# right
kind: Deployment
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: web
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::immutable_selector_label
