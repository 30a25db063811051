#include <array>

#include "lint/context.h"

namespace rhumb::lint::helm_annotation_in_list {
namespace {

constexpr std::array<std::string_view, 4> annotations{"helm.sh/resource-policy", "helm.sh/hook", "helm.sh/hook-weight",
                                                      "helm.sh/hook-delete-policy"};

void check(Context& context) {
  for (const Object* object : context.all_objects()) {
    if (!object->root.parent()) continue;
    const Node own = object->metadata()["annotations"];
    for (const std::string_view name : annotations) {
      if (!own[name]) continue;
      context.report(*object, own[name], "annotation '" + std::string(name) + "' is ignored within a List");
      break;  // hook, weight and policy are one fault
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "helm-annotation-in-list",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "An object within a List has an annotation for Helm, which Helm does not see there",
    .remedy = "Write the object as a document of its own, between `---` lines.",
    .documentation = R"(## What it does
Reports objects in the `items` of a `kind: List` that have the annotation `helm.sh/resource-policy` or one of
`helm.sh/hook`.

## Why
Helm looks at the annotations of documents, not into lists: what should be kept is deleted with the release, and a hook
is installed like everything else.

## Example
```yaml
# wrong
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: filestore
      annotations:
        helm.sh/resource-policy: keep
```
```yaml
# right
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: filestore
  annotations:
    helm.sh/resource-policy: keep
```
)",
    .check = check,
};

}  // namespace rhumb::lint::helm_annotation_in_list
