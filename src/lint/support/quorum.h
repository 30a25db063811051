// Workloads whose pods vote: as long as more than half of them are there the rest goes on, so that two of them stand no
// more than one does. A guess that is not sure is no match.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct QuorumMember {
  const Workload* workload = nullptr;
  std::string_view product;  // "etcd", "a controller of Kafka"
  std::string image;         // the last part of its path
};

/// Members of etcd, ZooKeeper and Consul, Kafka's controllers, Vault where it keeps its data by Raft, MongoDB's
/// configuration servers.
std::vector<QuorumMember> quorum_members(const Workloads& workloads);

/// The smallest odd number of members that is at least `minimum` and stands the loss of one.
std::int64_t quorum_size(std::int64_t minimum);

}  // namespace rhumb::lint
