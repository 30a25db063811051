#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::unused_config {
namespace {

/// Labels and annotations by which others find a ConfigMap or Secret.
constexpr std::array announcing{
    std::string_view("grafana_dashboard"),
    std::string_view("grafana_datasource"),
    std::string_view("prometheus_rule"),
    std::string_view("argocd.argoproj.io/secret-type"),
    std::string_view("reflector.v1.k8s.emberstack.com/reflection-allowed"),
    std::string_view("kubernetes.io/service-account.name"),
    std::string_view("replicator.v1.mittwald.de/replicate-to"),
};

bool is_announced(const Object& config) {
  return std::any_of(announcing.begin(), announcing.end(), [&](std::string_view key) {
    return config.labels.contains(key) || !config.annotation(key).empty();
  });
}

/// Whether any text of the release has the name in it. Its own object does not count.
bool is_mentioned(const Context& context, const Object& config) {
  for (const Object& object : context.objects().all()) {
    if (&object == &config) continue;
    std::vector<Node> left{object.spec(),
                           object.root["data"],
                           object.root["subjects"],
                           object.root["rules"],
                           object.root["secrets"],
                           object.root["stringData"],
                           object.root["imagePullSecrets"],
                           object.metadata()["annotations"]};
    while (!left.empty()) {
      const Node node = left.back();
      left.pop_back();
      if (node.is_string() && strings::contains(node.text(), config.name)) return true;
      for (const Node child : node) left.push_back(child);
    }
  }
  return false;
}

void check(Context& context) {
  for (const std::string_view kind : {"ConfigMap", "Secret"}) {
    for (const Object* config : context.of_kind(kind)) {
      if (!config->group.empty() || config->name.empty() || config->is_hook()) continue;
      if (is_announced(*config) || is_mentioned(context, *config)) continue;
      context.report(*config, config->metadata()["name"],
                     fmt::format("nothing in the release uses {}/{}", config->kind, config->name));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "unused-config",
    .category = Category::opinion,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .peers = "popeye/POP-400",
    .summary = "Nothing uses a ConfigMap or Secret of the release",
    .remedy = "Drop it, or refer to it.",
    .documentation = R"(## What it does
Finds ConfigMaps and Secrets whose name stands nowhere else in the release: in no field, no argument, no annotation, no
file. Those that labels announce to a side-car or to Argo CD are left alone.

## Why
Often the reference to it has another name by mistake. It is a matter of taste, since programs may read it through the
API, and other releases may use it.

## Example
```yaml
# wrong
kind: ConfigMap
metadata: {name: web-settings}
---
kind: Deployment
spec:
  template:
    spec:
      containers: [{name: web, image: "web:1.0.0"}]
```
```yaml
# right
      containers: [{name: web, image: "web:1.0.0", envFrom: [{configMapRef: {name: web-settings}}]}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::unused_config
