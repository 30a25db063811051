// Findings about what is not there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Reports that the last of several nested keys is missing, at the nearest of them that is there: with `requests` the
/// nearest of "resources", "requests", "cpu" is what a person has to add to.
DraftRef report_missing_path(Context& context, const Object& object, Node from,
                             std::initializer_list<std::string_view> path, std::string message);
inline DraftRef report_missing_path(Context& context, const Workload& workload, Node from,
                                    std::initializer_list<std::string_view> path, std::string message) {
  return report_missing_path(context, *workload.object, from, path, std::move(message));
}

/// Reports the field `parent[key]` that stands there without a value: at what the values left empty, where a template
/// would have written one.
DraftRef report_empty(Context& context, const Object& object, Node parent, std::string_view key, std::string message);

/// A namespace that the release puts pods into.
struct PodNamespace {
  std::string_view name;
  /// Its Namespace object, or the first workload in it where the release does not make the namespace.
  const Object* object = nullptr;
};
std::vector<PodNamespace> pod_namespaces(Context& context);

/// Objects of a kind in a namespace.
std::vector<const Object*> objects_in(const Context& context, std::string_view kind, std::string_view namespace_);

/// Reports that a namespace lacks something, at its name.
DraftRef report_namespace(Context& context, const PodNamespace& space, std::string message);

}  // namespace rhumb::lint
