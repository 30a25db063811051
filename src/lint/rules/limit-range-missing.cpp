#include <fmt/format.h>

#include <algorithm>

#include "lint/support/missing.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::limit_range_missing {
namespace {

constexpr Parameter parameters[] = {
    {"required", ParameterType::list, "default.cpu, default.memory, defaultRequest.cpu, defaultRequest.memory",
     "what must be set for containers: default, defaultRequest, max or min, a dot, and the resource"},
};

/// As SetDefaults_LimitRangeItem: a default stands for a request, a maximum for a default.
bool gives(Node item, std::string_view key, std::string_view resource) {
  if (!item[key][resource].is_null()) return true;
  if (key == "default") return !item["max"][resource].is_null();
  if (key == "defaultRequest") return gives(item, "default", resource) || !item["min"][resource].is_null();
  return false;
}

bool gives(const Object& object, std::string_view key, std::string_view resource) {
  const Node items = object.spec()["limits"];
  if (!items.is_list()) return false;
  for (const Node item : items) {
    if (item["type"].text() == "Container" && gives(item, key, resource)) return true;
  }
  return false;
}

bool gives(const std::vector<const Object*>& ranges, const std::string& wanted) {
  const std::size_t dot = wanted.find('.');
  if (dot == std::string::npos) return true;
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Object* range) { return gives(*range, wanted.substr(0, dot), wanted.substr(dot + 1)); });
}

void check_namespace(Context& context, const PodNamespace& space) {
  const auto ranges = objects_in(context, "LimitRange", space.name);
  if (ranges.empty()) {
    report_namespace(context, space,
                     fmt::format("no LimitRange gives defaults to the containers of namespace {}", space.name));
    return;
  }
  std::vector<std::string> missing = context.list("required");
  std::erase_if(missing, [&](const std::string& wanted) { return gives(ranges, wanted); });
  if (missing.empty()) return;
  const Object& first = *ranges.front();
  context.report_field(first, first.spec(), "limits",
                       fmt::format("no {} for containers", strings::join(missing, ", no ")));
}

void check(Context& context) {
  for (const PodNamespace& space : pod_namespaces(context)) check_namespace(context, space);
}

}  // namespace

extern const Rule rule{
    .name = "limit-range-missing",
    .category = Category::resources,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: LimitRange defaults",
    .summary = "A namespace gives no default requests and limits to containers that state none",
    .remedy = "Add a LimitRange of type Container with `default` and `defaultRequest`.",
    .documentation = R"(## What it does
Looks for a LimitRange in every namespace that the release puts pods into, and in it for the defaults that `required` names.

A namespace may have its LimitRange from elsewhere, so only the profile `loomworks` switches this on.

## Why
A pod that someone starts by hand, or that a tool starts, states no resources: without defaults it is scheduled anywhere
and may take all of a node.

## Example
```yaml
# wrong: a maximum, but nothing about requests of memory
kind: LimitRange
spec:
  limits:
    - type: Container
      max: {cpu: "4"}
```
```yaml
# right
kind: LimitRange
spec:
  limits:
    - type: Container
      default: {cpu: 500m, memory: 512Mi}
      defaultRequest: {cpu: 100m, memory: 128Mi}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::limit_range_missing
