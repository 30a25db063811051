#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "lint/context.h"

namespace rhumb::lint::duplicate_object {
namespace {

using Identity = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

/// Hooks of different events never meet, and Helm may delete one before it makes the next.
bool may_meet(const Object& a, const Object& b) {
  if (a.is_hook() != b.is_hook()) return false;
  if (!a.is_hook()) return true;
  return std::any_of(a.hook_events.begin(), a.hook_events.end(), [&](const std::string& event) {
    return std::find(b.hook_events.begin(), b.hook_events.end(), event) != b.hook_events.end();
  });
}

void check(Context& context) {
  std::map<Identity, std::vector<const Object*>> seen;
  for (const Object* object : context.all_objects()) {
    if (object->name.empty()) continue;  // generateName
    // extensions/v1beta1 was the first home of kinds that have groups of their own now.
    const std::string_view group = object->group == "extensions" ? "apps" : object->group;
    std::vector<const Object*>& same = seen[{group, object->kind, object->namespace_, object->name}];
    const auto first =
        std::find_if(same.begin(), same.end(), [&](const Object* each) { return may_meet(*each, *object); });
    if (first != same.end()) {
      const std::string where =
          object->namespace_.empty() ? "" : fmt::format(" in the namespace {}", object->namespace_);
      context
          .report(*object, object->metadata()["name"],
                  fmt::format("{}/{} is rendered twice{}", object->kind, object->name, where))
          .related(**first, (*first)->metadata()["name"], "the first one");
    }
    same.push_back(object);
  }
}

}  // namespace

extern const Rule rule{
    .name = "duplicate-object",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "Two rendered objects have one identity",
    .remedy = "Give one of them another name, or leave it out.",
    .documentation = R"(## What it does
Finds objects of the same group, kind, namespace and name, whatever the version of their API; a namespace that is not
written is the release's. Hooks of different events may share a name.

## Why
`helm install` fails with "already exists"; `kubectl apply` lets the last one win without a word.

## Example
```yaml
# wrong
kind: ConfigMap
metadata: {name: settings}
---
kind: ConfigMap
metadata: {name: settings}
```
```yaml
# right
kind: ConfigMap
metadata: {name: settings}
---
kind: ConfigMap
metadata: {name: settings-worker}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::duplicate_object
