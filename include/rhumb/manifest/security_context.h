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

/// `os.name`: the API server then refuses settings of Linux, and the Pod Security Standards ask for none. It looks at
/// nothing else.
bool declares_windows(const Workload& workload);
/// A process of its node, of the pod or one of its containers (`windowsOptions.hostProcess`): all of them are, then.
bool is_host_process(const Workload& workload);
/// The pods run on Windows: they declare it, run as processes of such a node, or may be on no other node, by
/// nodeSelector or required affinity.
bool is_windows(const Workload& workload);
/// Root in the pods is nobody on the node (`hostUsers: false`).
bool has_user_namespace(const Workload& workload);

}  // namespace rhumb::manifest
