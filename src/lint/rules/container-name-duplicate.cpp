#include <fmt/format.h>

#include <map>

#include "lint/context.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::container_name_duplicate {
namespace {

void check_workload(Context& context, const Workload& workload) {
  std::map<std::string_view, Node> seen;
  for (const Container& container : workload.containers) {
    if (container.name.empty()) {
      context.report_field(workload, container.node, "name",
                           fmt::format("a container of {} has no name", workload.title()));
      continue;
    }
    const Node name = container.node["name"];
    if (!manifest::is_valid_name(manifest::NameForm::label, container.name)) {
      context.report(workload, name,
                     fmt::format("\"{}\" is no name of a container: {}", container.name,
                                 manifest::name_rule(manifest::NameForm::label)));
    }
    const auto [first, is_new] = seen.try_emplace(container.name, name);
    if (is_new) continue;
    context.report(workload, name, fmt::format("two containers of {} are named {}", workload.title(), container.name))
        .related(*workload.object, first->second, "the first one");
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) check_workload(context, *workload);
}

}  // namespace

extern const Rule rule{
    .name = "container-name-duplicate",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Two containers of a pod have one name, or a container has none",
    .remedy = "Give every container of the pod, init containers included, a name of its own.",
    .documentation = R"(## What it does
Compares the names of all containers of a pod, init and ephemeral ones included, and looks whether they are names.

## Why
The API server refuses the pod.

## Example
```yaml
# wrong
initContainers: [{name: web, image: "migrate:1.0.0"}]
containers: [{name: web, image: "web:1.0.0"}]
```
```yaml
# right
initContainers: [{name: migrate, image: "migrate:1.0.0"}]
containers: [{name: web, image: "web:1.0.0"}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::container_name_duplicate
