// What pods ask of a namespace: requests and limits after the defaults of a LimitRange, summed up as the quota
// controller does.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

enum class Side : std::uint8_t { requests, limits };

/// What admission gives to containers that say nothing, of all LimitRanges of a namespace; as
/// SetDefaults_LimitRangeItem.
class ContainerDefaults {
 public:
  ContainerDefaults(const Objects& objects, std::string_view namespace_);

  std::optional<manifest::Quantity> find(Side side, std::string_view resource) const;

 private:
  void add(Node item);

  std::map<std::string, manifest::Quantity, std::less<>> requests_;
  std::map<std::string, manifest::Quantity, std::less<>> limits_;
};

/// "requests" or "limits"
std::string_view side_name(Side side);

/// What a container ends up with: its own amount, its limit where a request is asked for, the namespace's default.
std::optional<manifest::Quantity> effective(const Container& container, Side side, std::string_view resource,
                                            const ContainerDefaults& defaults);
/// The same of the pod as a whole, `spec.resources` (Kubernetes 1.34): cpu and memory only.
std::optional<manifest::Quantity> pod_level(const Workload& workload, Side side, std::string_view resource);

/// Thousandths of a core, else units; the most that can be said for what is larger.
std::int64_t amount_of(std::string_view resource, const manifest::Quantity& quantity);
/// Sums and products that stay at the largest number.
std::int64_t plus(std::int64_t a, std::int64_t b);
std::int64_t times(std::int64_t a, std::int64_t b);
/// "500m", "3Gi", "12"
std::string format_amount(std::string_view resource, std::int64_t amount);

/// What one pod counts for, as PodRequests and PodLimits: the main containers and side-cars together, or the hungriest
/// init container with the side-cars that run by then, whichever is more.
std::int64_t pod_amount(const Workload& workload, Side side, std::string_view resource,
                        const ContainerDefaults& defaults);

/// How many pods of a workload there are at the most: at the autoscaler's upper bound, with those that a rollout adds.
struct PodCount {
  std::int64_t pods = 0;
  std::int64_t surge = 0;
  const Object* autoscaler = nullptr;

  std::int64_t total() const { return pods + surge; }
};
PodCount most_pods(const Workloads& workloads, const Workload& workload);

}  // namespace rhumb::lint
