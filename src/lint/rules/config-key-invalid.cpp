#include <fmt/format.h>

#include <set>

#include "lint/context.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::config_key_invalid {
namespace {

void check_object(Context& context, const Object& object) {
  std::set<std::string_view> keys;
  for (const std::string_view field : {"data", "stringData", "binaryData"}) {
    for (const Node entry : object.root[field]) {
      if (!manifest::is_valid_name(manifest::NameForm::config_key, entry.key())) {
        context.report(object, entry,
                       fmt::format("\"{}\" is no key of a {}: {}", entry.key(), object.kind,
                                   manifest::name_rule(manifest::NameForm::config_key)));
      }
      // stringData is written over data on purpose.
      if (field == "binaryData" && keys.contains(entry.key())) {
        context.report(object, entry, fmt::format("the key {} stands in data and in binaryData", entry.key()));
      }
      keys.insert(entry.key());
      if (entry.is_null() || entry.is_string()) continue;
      context.report(object, entry, fmt::format("the value of {} is no text: put it in quotes", entry.key()));
    }
  }
}

void check(Context& context) {
  for (const std::string_view kind : {"ConfigMap", "Secret"}) {
    for (const Object* object : context.of_kind(kind)) {
      if (object->group.empty()) check_object(context, *object);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "config-key-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A key or value of a ConfigMap or Secret is not one",
    .remedy = "Use the base name of a file as key, and quote values that look like numbers or booleans.",
    .documentation = R"(## What it does
Keys of ConfigMaps and Secrets take letters, digits, `-`, `_` and `.`, values are texts, and no key stands in `data` and in
`binaryData`.

## Why
The API server refuses the object. The paths that `.Files.Glob` gives have slashes, and `replicas: {{ .Values.n }}` without
`quote` is a number.

## Example
```yaml
# wrong
kind: ConfigMap
data:
  conf/app.ini: "a = 1"
  DEBUG: true
```
```yaml
# right
kind: ConfigMap
data:
  app.ini: "a = 1"
  DEBUG: "true"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::config_key_invalid
