#include "lint/support/claims.h"

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr std::array<std::string_view, 14> disk_provisioners{
    "ebs.csi.aws.com",      "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs",    "pd.csi.storage.gke.io",
    "kubernetes.io/gce-pd", "disk.csi.azure.com",        "kubernetes.io/azure-disk", "cinder.csi.openstack.org",
    "kubernetes.io/cinder", "dobs.csi.digitalocean.com", "csi.hetzner.cloud",        "linodebs.csi.linode.com",
    "csi.scaleway.com",     "block.csi.vultr.com"};

/// Names that the clouds' own installations give to classes of disks.
constexpr std::array<std::string_view, 17> disk_classes{"gp2",
                                                        "gp3",
                                                        "io1",
                                                        "io2",
                                                        "st1",
                                                        "sc1",
                                                        "ebs",
                                                        "ebs-sc",
                                                        "ebs-csi",
                                                        "standard-rwo",
                                                        "premium-rwo",
                                                        "managed-premium",
                                                        "managed-csi",
                                                        "hcloud-volumes",
                                                        "do-block-storage",
                                                        "managed-csi-premium",
                                                        "linode-block-storage"};

}  // namespace

bool Claim::has_mode(std::string_view mode) const {
  const auto modes = access_modes();
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

std::vector<Claim> claims(const Workloads& workloads) {
  std::vector<Claim> found;
  for (const Object* object : workloads.objects().of_kind("PersistentVolumeClaim")) {
    if (object->role == manifest::Role::crd) continue;
    found.push_back({object, object->root, "PersistentVolumeClaim/" + std::string(object->name)});
  }
  for (const Workload& workload : workloads.all()) {
    for (const manifest::Volume& volume : manifest::volumes(workload)) {
      const Node node = volume.is_claim_template ? volume.node : volume.node["ephemeral"]["volumeClaimTemplate"];
      if (node.is_map()) found.push_back({workload.object, node, "claim template " + std::string(volume.name)});
    }
  }
  return found;
}

bool is_single_node_disk(const Objects& objects, Node claim_spec) {
  if (claim_spec["volumeMode"].text() == "Block") return false;
  const std::string_view name = claim_spec["storageClassName"].text();
  if (name.empty()) return false;
  if (const Object* const known = objects.find("storage.k8s.io", "StorageClass", "", name)) {
    const std::string_view provisioner = known->root["provisioner"].text();
    return std::find(disk_provisioners.begin(), disk_provisioners.end(), provisioner) != disk_provisioners.end();
  }
  return std::find(disk_classes.begin(), disk_classes.end(), name) != disk_classes.end();
}

}  // namespace rhumb::lint
