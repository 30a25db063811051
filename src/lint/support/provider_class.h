// SecretProviderClasses of the Secrets Store CSI driver with the AWS provider: what they fetch, which files that makes,
// which Secrets are synced from those, and what the driver and the provider would refuse.
//
// After SecretDescriptor of github.com/aws/secrets-store-csi-driver-provider-aws, and the driver's API.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"
#include "lint/support/written.h"

namespace rhumb::lint {

inline constexpr std::string_view secrets_driver = "secrets-store.csi.k8s.io";

struct ProviderFault {
  Node node;  // of the class
  Part part;  // of the node's value; nothing for all of it
  std::string missing;
  std::string message;
};

struct ProviderDemands {
  /// Every object must be the full ARN of a secret in Secrets Manager.
  bool arns_only = false;
  std::string region;   // empty for any
  std::string account;  // empty for any
};

/// What the AWS provider and the driver refuse, or what does not do what it seems to. For spec.provider `aws`.
std::vector<ProviderFault> aws_faults(const Object& provider_class, const ProviderDemands& demands);

/// The names of the files that a volume of the class holds; none where that cannot be told: another provider, a broken
/// list.
struct MountedFiles {
  bool known = false;
  std::vector<std::string> names;
};
MountedFiles mounted_files(const Object& provider_class);

/// Of `secretObjects`: what is wrong with the Secrets that are synced, for any provider.
std::vector<ProviderFault> sync_faults(const Object& provider_class);

struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;
};
/// As arn.Parse: six parts; none for anything else.
std::optional<Arn> read_arn(std::string_view text);

/// CSI volumes of the driver in a pod: the class each names, and who mounts them.
struct SecretVolume {
  manifest::Volume volume;
  std::string_view class_name;
  Node class_node;

  bool is_mounted() const { return !volume.mounts.empty(); }
};
std::vector<SecretVolume> secret_volumes(const Workload& workload);

/// The class of that name in the namespace; null where the release has none.
const Object* find_provider_class(const Objects& objects, std::string_view namespace_, std::string_view name);
/// The classes that sync a Secret of that name.
std::vector<const Object*> classes_that_sync(const Objects& objects, std::string_view namespace_,
                                             std::string_view secret);

}  // namespace rhumb::lint
