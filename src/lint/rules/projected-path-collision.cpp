#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::projected_path_collision {
namespace {

struct Path {
  std::string_view text;
  Node node;
};

bool collide(std::string_view a, std::string_view b) {
  const std::string with_slash_a = std::string(a) + "/";
  const std::string with_slash_b = std::string(b) + "/";
  return with_slash_a.starts_with(with_slash_b) || with_slash_b.starts_with(with_slash_a);
}

void add_items(std::vector<Path>& paths, Node source) {
  for (const Node item : source["items"]) paths.push_back({item["path"].scalar_text(), item["path"]});
}

/// Paths that are written; of sources without items the keys are the names.
std::vector<Path> paths_of(Node volume) {
  std::vector<Path> paths;
  for (const std::string_view field : {"configMap", "secret", "downwardAPI"}) add_items(paths, volume[field]);
  for (const Node source : volume["projected"]["sources"]) {
    for (const std::string_view field : {"configMap", "secret", "downwardAPI"}) add_items(paths, source[field]);
    for (const std::string_view field : {"serviceAccountToken", "clusterTrustBundle"}) {
      const Node path = source[field]["path"];
      if (path) paths.push_back({path.scalar_text(), path});
    }
  }
  return paths;
}

void check_volume(Context& context, const Workload& workload, Node volume) {
  std::vector<Path> seen;
  for (const Path& path : paths_of(volume)) {
    const std::string_view text = strings::trim_right(path.text, "/");
    if (text.empty()) continue;
    for (const Path& other : seen) {
      if (!collide(text, other.text)) continue;
      const std::string message =
          text == other.text ? fmt::format("{} is written twice into the volume {}", text, volume["name"].scalar_text())
                             : fmt::format("{} and {} cannot both be in the volume {}: one lies in the other", text,
                                           other.text, volume["name"].scalar_text());
      context.report(workload, path.node, message).related(*workload.object, other.node, "the first one");
      break;
    }
    seen.push_back({text, path.node});
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Node volume : workload->pod_spec["volumes"]) check_volume(context, *workload, volume);
  }
}

}  // namespace

extern const Rule rule{
    .name = "projected-path-collision",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Two files of a volume have one path",
    .remedy = "Give every item of the volume a path of its own.",
    .documentation = R"(## What it does
Compares the paths of the items of ConfigMap, Secret, downward API and projected volumes, those of tokens included: no two
may be equal, and none may lie in another.

## Why
The last one overwrites the first without a word; where one is a folder of the other the pod does not start.

## Example
```yaml
# wrong
projected:
  sources:
    - configMap: {name: web, items: [{key: a, path: app.ini}]}
    - secret: {name: web, items: [{key: b, path: app.ini}]}
```
```yaml
# right
projected:
  sources:
    - configMap: {name: web, items: [{key: a, path: app.ini}]}
    - secret: {name: web, items: [{key: b, path: secret.ini}]}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::projected_path_collision
