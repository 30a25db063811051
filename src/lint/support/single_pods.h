// Workloads that are made for one pod: what a second one would keep is a state of its own, or it would do the same work
// again. A guess that is not sure is no match.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct SinglePod {
  const Workload* workload = nullptr;
  std::string_view product;  // "PostgreSQL", "Prometheus Pushgateway"
  bool is_database = false;
  /// A copy that follows the one that is written to: there may be more of them.
  bool is_follower = false;

  /// "StatefulSet/postgres (PostgreSQL)"
  std::string title() const;
};

/// Database servers whose pods do not form a cluster, their followers included, and programs without a way to share
/// their state or their work.
std::vector<SinglePod> single_pods(const Workloads& workloads);

/// Null for a workload that may have a second pod: a follower of another one, too.
const SinglePod* find_single(const std::vector<SinglePod>& singles, const Workload& workload);

/// Its pods are told not to elect a leader, by a flag or a variable: two of them would do the same work at a time.
bool elects_no_leader(const Workload& workload, const Objects& objects);

}  // namespace rhumb::lint
