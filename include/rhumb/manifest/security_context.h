// What security settings a container has in effect: its own, else its pod's for the fields that exist in both places.
// `privileged`, `capabilities`, `readOnlyRootFilesystem`, `allowPrivilegeEscalation` and `procMount` are fields of
// containers only: a pod's settings of that name mean nothing to the API server.
#pragma once

#include <string_view>

#include "rhumb/manifest/workloads.h"

namespace rhumb::manifest {

struct SecuritySetting {
  Node node;  // none where neither says anything
  bool of_pod = false;
};

/// As securitycontext.DetermineEffectiveSecurityContext of Kubernetes; null says nothing.
SecuritySetting security_setting(const Workload& workload, const Container& container, std::string_view field);

/// The pods run on Windows (`os.name`): Linux settings may not even be written there.
bool is_windows(const Workload& workload);
/// Root in the pods is nobody on the node (`hostUsers: false`).
bool has_user_namespace(const Workload& workload);

}  // namespace rhumb::manifest
