// Who may open a connection to a pod's port, as NetworkPolicies say. What lies outside of the release is not known: of
// a namespace its name alone, unless the release holds it.
#pragma once

#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Whether some policy restricts what comes in to the pods.
bool is_guarded(const Workloads& workloads, const Workload& target);

/// A piece of a policy that lets in more than pods that are named by their labels.
struct WideOpening {
  enum class Width : std::uint8_t {
    everyone,    // any pod, any address
    cluster,     // any pod of any namespace
    namespace_,  // any pod of one namespace
    network,     // a range of addresses that may hold any pod
  };
  const Object* policy = nullptr;
  Node node;  // the peer, or the rule
  Width width = Width::everyone;
};
/// Those that lead to the TCP port.
std::vector<WideOpening> openings(const Workloads& workloads, const Workload& target, std::int64_t port);

/// The way from one workload's pods to a port of another's.
struct Passage {
  /// For certain; where neither is, it depends on addresses or on labels of namespaces outside.
  bool is_open = false;
  bool is_closed = false;
  /// Which policy's rule or peer opens it on the side of the target; null where nothing guards it.
  const Object* policy = nullptr;
  Node node;
  /// Where it is closed: the side that closes it.
  bool is_closed_by_source = false;
};
Passage passage(const Workloads& workloads, const Workload& source, const Workload& target, std::int64_t port);

}  // namespace rhumb::lint
