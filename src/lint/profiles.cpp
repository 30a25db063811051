// What the specification of a profile decides otherwise than the rules would have it, word for word.
#include <algorithm>
#include <array>

#include "lint/settings.h"

namespace rhumb::lint {
namespace {

struct LeftOut {
  std::string_view profile;
  std::string_view rule;
  /// Empty: for every object.
  std::string_view kind;
  std::string_view name;
  std::string_view reason;
};

constexpr std::string_view single_pod = "a single PostgreSQL pod is created";

constexpr std::array left_out{
    LeftOut{"loomworks", "too-few-replicas", "StatefulSet", "postgres", single_pod},
    LeftOut{"loomworks", "disruption-budget-missing", "StatefulSet", "postgres", single_pod},
    LeftOut{"loomworks", "anti-affinity-missing", "StatefulSet", "postgres", single_pod},
    LeftOut{"loomworks", "zone-spread-missing", "StatefulSet", "postgres", single_pod},
    LeftOut{"loomworks", "managed-service-in-cluster", "StatefulSet", "postgres", single_pod},
    LeftOut{"loomworks", "attachments-on-volume", "", "", "shared PersistentVolumeClaim for Odoo filestore"},
    LeftOut{"loomworks", "secret-provider-missing", "", "", "credentials in Secrets"},
    LeftOut{"loomworks", "image-not-from-registry", "", "", "no registry is named"},
};

}  // namespace

bool is_left_out(std::string_view profile, std::string_view rule, const ObjectName& object) {
  return std::any_of(left_out.begin(), left_out.end(), [&](const LeftOut& entry) {
    if (entry.profile != profile || entry.rule != rule) return false;
    return entry.kind.empty() || (entry.kind == object.kind && entry.name == object.name);
  });
}

}  // namespace rhumb::lint
