// What an update does to the pods of a workload.
#pragma once

#include <cstdint>
#include <optional>

#include "lint/context.h"

namespace rhumb::lint {

/// Pods that a rolling update of a Deployment adds and takes away, at a number of replicas.
struct RollingUpdate {
  std::int64_t surge = 0;
  std::int64_t unavailable = 0;
};

/// As ResolveFenceposts, Kubernetes 1.34: a surge is rounded up, unavailable pods are rounded down, and one pod goes
/// where both come to nothing. None for a Deployment that recreates its pods, or whose fields cannot be read.
std::optional<RollingUpdate> rolling_update(const Workload& deployment, std::int64_t replicas);

/// Who may have a volume at a time.
enum class Sharing : std::uint8_t { shared, exclusive, unknown };

/// Of a claim by the access modes that the release gives it; unknown where the release does not make the claim.
/// Anything but claims is shared.
Sharing sharing_of(const manifest::Volume& volume, const Workload& workload, const Objects& objects);

/// Something that two pods of the workload cannot have side by side, or that may be so: a claim that is not known to be
/// shared, a path or a port of the node.
bool needs_to_be_alone(const Workload& workload, const Objects& objects);

}  // namespace rhumb::lint
