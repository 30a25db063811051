#include "lint/support/literal_env.h"

namespace rhumb::lint {
namespace {

class Reader {
 public:
  Reader(const Objects& objects, const Workload& workload, std::vector<LiteralEnv>& found)
      : objects_(objects), workload_(workload), found_(found) {}

  /// envFrom comes before env in what the container gets.
  void read(Node container) {
    if (container["envFrom"].is_list()) {
      for (const Node from : container["envFrom"]) add_all(from["configMapRef"]["name"], from["prefix"].scalar_text());
    }
    if (!container["env"].is_list()) return;
    for (const Node env : container["env"]) {
      const std::string_view name = env["name"].scalar_text();
      if (env["value"].is_scalar()) add(std::string(name), env["value"], *workload_.object);
      const Node key = env["valueFrom"]["configMapKeyRef"];
      if (const Object* const map = config_map(key["name"])) {
        const Node value = map->root["data"][key["key"].scalar_text()];
        if (value.is_scalar()) add(std::string(name), value, *map);
      }
    }
  }

 private:
  const Object* config_map(Node name) const {
    return objects_.find("", "ConfigMap", workload_.namespace_(), name.scalar_text());
  }

  void add(std::string name, Node value, const Object& object) {
    found_.push_back({std::move(name), value.scalar_text(), value, &object});
  }

  void add_all(Node name, std::string_view prefix) {
    const Object* const map = config_map(name);
    if (map == nullptr || !map->root["data"].is_map()) return;
    for (const Node value : map->root["data"]) {
      if (value.is_scalar()) add(std::string(prefix) + std::string(value.key()), value, *map);
    }
  }

  const Objects& objects_;
  const Workload& workload_;
  std::vector<LiteralEnv>& found_;
};

}  // namespace

std::vector<LiteralEnv> literal_env(const Objects& objects, const Workload& workload, const Container& container) {
  std::vector<LiteralEnv> found;
  Reader(objects, workload, found).read(container.node);
  return found;
}

}  // namespace rhumb::lint
