// References from pods to other objects by name: Secrets, ConfigMaps, claims, ServiceAccounts, SecretProviderClasses,
// and the volumes of a pod with those who mount them.
#pragma once

#include <string_view>
#include <vector>

#include "rhumb/manifest/workloads.h"

namespace rhumb::manifest {

struct Reference {
  enum class Way : std::uint8_t {
    env,       // env[].valueFrom
    env_from,  // envFrom[]
    volume,    // volumes[], projected sources included
    pull_secret,
    service_account,
    other,  // priorityClassName, runtimeClassName ...
  };
  Way way = Way::env;
  std::string_view kind;  // "Secret", "ConfigMap", "PersistentVolumeClaim", "ServiceAccount", "SecretProviderClass"
  std::string_view name;
  /// The key in a Secret or ConfigMap that is asked for; empty for all of it.
  std::string_view key;
  bool optional = false;
  Node node;      // that names the object
  Node key_node;  // that names the key
  /// Of Way::env and env_from.
  const Container* container = nullptr;
  /// Of Way::volume: the entry of `volumes`.
  Node volume;
};

/// All of them, in the order of the pod's specification. References without a name are left out.
std::vector<Reference> references(const Workload& workload);

struct Mount {
  const Container* container = nullptr;
  Node node;              // of volumeMounts
  std::string_view path;  // mountPath
  std::string_view sub_path;
  bool read_only = false;
};

struct Volume {
  Node node;  // of `volumes`, or of a StatefulSet's volumeClaimTemplates
  std::string_view name;
  bool is_claim_template = false;
  std::vector<Mount> mounts;

  /// The source's field: "emptyDir", "configMap", "csi" ...; empty for none.
  std::string_view source() const;
};

std::vector<Volume> volumes(const Workload& workload);

/// Where a Secret or ConfigMap comes from, as far as the release knows.
struct KeySource {
  const Object* object =
      nullptr;  // Secret, ConfigMap; or what makes one: SecretProviderClass, ExternalSecret, SealedSecret, Certificate
  /// Whether all of its keys are known; an ExternalSecret with dataFrom may bring any.
  bool complete = true;
  std::vector<std::string> keys;
};

/// All objects that give the Secret or ConfigMap of that name: itself, the syncs of SecretProviderClasses, External
/// Secrets, Sealed Secrets, cert-manager's Certificates.
std::vector<KeySource> key_sources(const Objects& objects, std::string_view kind, std::string_view namespace_,
                                   std::string_view name);

}  // namespace rhumb::manifest
