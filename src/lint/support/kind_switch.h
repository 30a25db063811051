// Values that choose how a chart runs a program: as a Deployment of one pod, or as a StatefulSet of several.
#pragma once

#include <optional>
#include <string>

#include "lint/context.h"

namespace rhumb::lint {

struct KindSwitch {
  std::string path;   // "architecture", "controller.kind"; from the root of the whole chart's values
  std::string value;  // that it has: "standalone"
  std::string other;  // that a template compares it with to write a StatefulSet: "high-availability"
};

/// For a Deployment: `architecture`, `kind` or `mode` beside the value that sets its replicas, where the chart has a
/// StatefulSet that another text of it would write.
std::optional<KindSwitch> kind_switch(const Context& context, const Object& object, Node replicas);

}  // namespace rhumb::lint
