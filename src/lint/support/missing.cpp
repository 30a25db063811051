#include "lint/support/missing.h"

#include <set>

#include "lint/remedy.h"

namespace rhumb::lint {

DraftRef report_missing_path(Context& context, const Object& object, Node from,
                             std::initializer_list<std::string_view> path, std::string message) {
  std::string rest;
  for (const std::string_view key : path) {
    const bool is_there = rest.empty() && from[key].is_map();
    if (is_there) {
      from = from[key];
    } else {
      const std::string step = yaml::path_step(key);
      rest = rest.empty() ? step : yaml::join_path(rest, step);
    }
  }
  return context.report_missing(object, from, rest, std::move(message));
}

DraftRef report_empty(Context& context, const Object& object, Node parent, std::string_view key, std::string message) {
  const Node node = parent[key];
  DraftRef draft = context.report(object, node, std::move(message));
  const yaml::TreeNode& at = *node.node();
  const render::Rendering* const rendering = context.run().rendering.get();
  if (rendering == nullptr || at.key_end == at.key_begin) return draft;
  auto slot = render::slot_behind(*rendering, object.file, at.key_end + object.offset);
  if (!slot) return draft;
  draft.hint(setting_for(*slot, rendering->sources()));
  return draft.slot(std::move(*slot));
}

std::vector<PodNamespace> pod_namespaces(Context& context) {
  std::vector<PodNamespace> found;
  std::set<std::string_view> seen;
  for (const Workload* workload : context.services()) {
    const std::string_view name = workload->namespace_();
    if (!seen.insert(name).second) continue;
    const Object* const space = context.objects().find("", "Namespace", "", name);
    found.push_back({name, space == nullptr ? workload->object : space});
  }
  return found;
}

std::vector<const Object*> objects_in(const Context& context, std::string_view kind, std::string_view namespace_) {
  std::vector<const Object*> found = context.objects().of_kind(kind);
  std::erase_if(found, [&](const Object* object) { return object->namespace_ != namespace_; });
  return found;
}

DraftRef report_namespace(Context& context, const PodNamespace& space, std::string message) {
  return context.report(*space.object, space.object->metadata()["name"], std::move(message));
}

}  // namespace rhumb::lint
