// Claims of storage: those of their own, those of StatefulSets and of ephemeral volumes, and who uses them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// The part of a claim that says what is claimed.
struct Claim {
  const Object* object = nullptr;
  Node node;          // the claim, the entry of volumeClaimTemplates, the volumeClaimTemplate of a volume
  std::string title;  // "PersistentVolumeClaim/files", "claim template data"

  Node spec() const { return node["spec"]; }
  std::vector<std::string> access_modes() const { return spec()["accessModes"].texts(); }
  bool has_mode(std::string_view mode) const;
};

/// All of a release.
std::vector<Claim> claims(const Workloads& workloads);

/// Whether a claim's storage is a disk that one node at a time attaches, by its class: the provisioner where the
/// release holds the class, else the names that clouds give to theirs. Raw block volumes are none.
bool is_single_node_disk(const Objects& objects, Node claim_spec);

}  // namespace rhumb::lint
