// What the environment of a container says, as far as the release knows: values that are written down, and those of
// ConfigMaps of the release. Secrets are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct LiteralEnv {
  std::string name;
  std::string_view value;
  /// That holds the value: of the workload, or of a ConfigMap.
  Node node;
  const Object* object = nullptr;
};

/// In order; a name may come twice, the later one counts.
std::vector<LiteralEnv> literal_env(const Objects& objects, const Workload& workload, const Container& container);

}  // namespace rhumb::lint
