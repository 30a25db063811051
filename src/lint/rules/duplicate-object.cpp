#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "lint/context.h"
#include "lint/support/values_place.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

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

/// N of `trunc N` in the lines of a template that wrote the name; none where nothing cuts it.
std::optional<std::size_t> cut_at(const Run& run, const Object& object) {
  const yaml::TreeNode& at = *object.metadata()["name"].node();
  const render::Cause cause =
      render::explain(*run.rendering, object.file, at.begin + object.offset, at.end + object.offset);
  for (const render::TemplateFrame& frame : cause.frames) {
    if (!frame.span.known()) continue;
    const std::string_view text = run.rendering->sources().get(frame.span.file).text();
    const std::vector<std::string_view> words =
        strings::fields(text.substr(frame.span.begin, frame.span.end - frame.span.begin));
    const auto trunc = std::find(words.begin(), words.end(), "trunc");
    if (trunc == words.end() || trunc + 1 == words.end()) continue;
    const auto size = parse_int(strings::trim(trunc[1], "()}"), 10, 32);
    if (size && size.value > 0) return static_cast<std::size_t>(size.value);
  }
  return {};
}

/// Both names are as long as the templates let them be, but for a dash that was cut off: what tells them apart is gone.
std::string hint_for(const Run& run, const Object& first, const Object& second) {
  constexpr std::size_t dashes = 2;
  if (run.rendering == nullptr) return {};
  for (const Object* object : {&first, &second}) {
    const auto size = cut_at(run, *object);
    if (!size || object->name.size() + dashes < *size) return {};
  }
  const bool has_override = find_value(run, {"fullnameOverride"}).depth == 1;
  return fmt::format("the templates cut both names to {} characters: take a shorter name for the release{}",
                     *cut_at(run, second), has_override ? ", or set fullnameOverride to one" : "");
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
          .hint(hint_for(context.run(), **first, *object))
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
