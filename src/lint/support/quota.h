// What a release asks of its namespace at the most, in the terms of a ResourceQuota: the sum at the autoscalers' upper
// bounds, with the pods that rollouts add and the Jobs beside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/support/pod_resources.h"

namespace rhumb::lint {

/// One workload's part in it.
struct QuotaShare {
  std::string who;  // "Deployment/odoo"
  std::int64_t times = 1;
  std::int64_t each = 0;  // amount_of
  /// Of `times`: pods that a rollout adds.
  std::int64_t surge = 0;
  const Object* autoscaler = nullptr;

  std::int64_t total() const { return lint::times(times, each); }
};

class QuotaDemand {
 public:
  QuotaDemand(const Workloads& workloads, std::string_view namespace_);

  /// For a key of the quota's `hard`, those that take nothing left out. None for keys that cannot be summed up.
  std::optional<std::vector<QuotaShare>> of(const Object& quota, std::string_view key) const;

 private:
  std::vector<QuotaShare> pods(const Object& quota, std::optional<Side> side, std::string_view resource) const;
  std::vector<QuotaShare> storage(std::string_view class_name, bool is_count) const;
  std::optional<std::vector<QuotaShare>> objects(std::string_view key) const;

  const Workloads& workloads_;
  std::string_view space_;
  ContainerDefaults defaults_;
};

/// "requests" and "cpu" of "requests.cpu" and of "cpu"; none for keys that are not about what pods ask for.
struct PodKey {
  Side side = Side::requests;
  std::string_view resource;
};
std::optional<PodKey> pod_key(std::string_view key);

/// Whether the quota's scopes take the pods of a workload in; none where that cannot be told.
std::optional<bool> in_scope(const Object& quota, const Workload& workload, const ContainerDefaults& defaults);

}  // namespace rhumb::lint
