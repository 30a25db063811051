#include "lint/support/mounted_text.h"

#include "rhumb/manifest/references.h"

namespace rhumb::lint {

std::vector<std::string_view> mounted_texts(const Objects& objects, const Workload& workload) {
  std::vector<std::string_view> found;
  for (const manifest::Reference& reference : manifest::references(workload)) {
    if (reference.kind != "ConfigMap") continue;
    const Object* const map = objects.find("", "ConfigMap", workload.namespace_(), reference.name);
    if (map == nullptr || !map->root["data"].is_map()) continue;
    for (const yaml::TreeNode& entry : map->root["data"].children()) found.push_back(Node(&entry).scalar_text());
  }
  return found;
}

}  // namespace rhumb::lint
