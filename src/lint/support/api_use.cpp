#include "lint/support/api_use.h"

#include <fmt/format.h>

namespace rhumb::lint {

std::string ApiUse::title() const {
  const std::string_view group = lifecycle->group;
  return fmt::format("{}{}{} {}", group, group.empty() ? "" : "/", lifecycle->version, lifecycle->kind);
}

std::string ApiUse::advice() const {
  if (lifecycle->replacement.empty()) return "nothing takes its place";
  if (lifecycle->replacement_kind.empty()) return fmt::format("use {}", lifecycle->replacement);
  return fmt::format("use {} {}", lifecycle->replacement, lifecycle->replacement_kind);
}

std::vector<ApiUse> api_uses(Context& context) {
  std::vector<ApiUse> found;
  const auto add = [&](const Object& object, Node holder) {
    const std::string_view version = holder["apiVersion"].text();
    const auto* const lifecycle =
        manifest::api_lifecycle(manifest::group_of(version), manifest::version_of(version), holder["kind"].text());
    if (lifecycle != nullptr) found.push_back({&object, holder["apiVersion"], lifecycle});
  };
  for (const Object* object : context.all_objects()) {
    add(*object, object->root);
    for (const std::string_view field : {"scaleTargetRef", "targetRef"}) add(*object, object->spec()[field]);
  }
  return found;
}

}  // namespace rhumb::lint
