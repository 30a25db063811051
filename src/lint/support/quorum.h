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
  /// Of several sets in one release, each of which votes for itself (shards), the one that it belongs to.
  std::string set;
  /// It votes and holds no data: there is one beside the others.
  bool is_arbiter = false;
};

/// Members of etcd, ZooKeeper, Consul and RabbitMQ, Kafka's controllers, Vault where it keeps its data by Raft,
/// MongoDB's configuration servers and shards, masters of SeaweedFS, Elasticsearch and OpenSearch.
std::vector<QuorumMember> quorum_members(const Workloads& workloads);

/// The smallest odd number of members that is at least `minimum` and stands the loss of one.
std::int64_t quorum_size(std::int64_t minimum);

}  // namespace rhumb::lint
