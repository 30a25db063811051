// References between objects by name, other than those of pods (references.h): bindings, webhooks, Ingresses, Gateway
// API routes, and the well-known custom resources of cert-manager, External Secrets, KEDA, the Prometheus operator,
// Traefik and Argo Rollouts.
#pragma once

#include <string_view>
#include <vector>

#include "rhumb/manifest/objects.h"

namespace rhumb::manifest {

struct ObjectReference {
  std::string_view group;
  std::string_view kind;
  /// Empty for kinds without one.
  std::string_view namespace_;
  std::string_view name;
  /// In a Secret or ConfigMap; empty for all of it.
  std::string_view key;
  bool optional = false;
  /// The controller makes the target when it is not there.
  bool is_made = false;
  Node node;  // that names the object
  Node key_node;
  /// Of a reference to a Service: the port that is asked for; none where there is none.
  Node port;
};

/// In the order of the object's fields. References without a name are left out, and so is what a pod template in the
/// object refers to.
std::vector<ObjectReference> object_references(const Object& object);

}  // namespace rhumb::manifest
