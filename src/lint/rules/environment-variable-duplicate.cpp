#include <fmt/format.h>

#include <map>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::environment_variable_duplicate {
namespace {

/// As the API server's warning: X="$(X):more" goes on with what was there.
bool goes_on(Node env) {
  const std::string reference = fmt::format("$({})", env["name"].scalar_text());
  const std::string_view value = env["value"].scalar_text();
  return env["valueFrom"].is_null() && value != reference && strings::contains(value, reference);
}

void check_container(Context& context, const Workload& workload, const Container& container) {
  std::map<std::string_view, Node> seen;
  for (const Node env : container.node["env"]) {
    const Node name = env["name"];
    if (name.scalar_text().empty()) continue;
    const auto [first, is_new] = seen.try_emplace(name.scalar_text(), name);
    if (is_new || goes_on(env)) continue;
    context
        .report(workload, name,
                fmt::format("the variable {} stands twice in the container {}: the first one is hidden",
                            name.scalar_text(), container.name))
        .related(*workload.object, first->second, "the first one");
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) check_container(context, *workload, container);
  }
}

}  // namespace

extern const Rule rule{
    .name = "environment-variable-duplicate",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-linter/duplicate-env-var, kube-score/environment-variable-key-duplication",
    .summary = "A container sets an environment variable twice",
    .remedy = "Keep one of the two.",
    .documentation = R"(## What it does
Finds names that stand twice in the `env` of a container. A second entry that goes on with the first one
(`PATH: "$(PATH):/opt/bin"`) is left alone. Variables of `envFrom` may be overridden on purpose.

## Why
The last entry wins, and after `kubectl apply` or an upgrade it may be the other one: entries are merged by their name.

## Example
```yaml
# wrong
env:
  - {name: LOG_LEVEL, value: info}
  - {name: LOG_LEVEL, value: debug}
```
```yaml
# right
env:
  - {name: LOG_LEVEL, value: debug}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::environment_variable_duplicate
