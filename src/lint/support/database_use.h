// Who uses a database of the release, as far as settings name its host.
#pragma once

#include <optional>

#include "lint/context.h"
#include "lint/support/literal_env.h"

namespace rhumb::lint {

/// The setting of the client's containers, ConfigMaps of the release included, that names a Service or a pod of the
/// database as a host or within a URL; none for none.
std::optional<LiteralEnv> database_use(const Workloads& workloads, const Workload& client, const Workload& database);

}  // namespace rhumb::lint
