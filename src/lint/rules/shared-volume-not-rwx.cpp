#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/claims.h"
#include "lint/support/pod_resources.h"

namespace rhumb::lint::shared_volume_not_rwx {
namespace {

constexpr Parameter parameters[] = {
    {"during-rollout", ParameterType::boolean, "false",
     "whether the pods that a rollout adds count: a single replica then has two pods for a while"},
};

struct Use {
  const Workload* workload = nullptr;
  manifest::Volume volume;
  PodCount count;

  bool is_read_only() const {
    if (volume.node["persistentVolumeClaim"]["readOnly"].is_true()) return true;
    return std::all_of(volume.mounts.begin(), volume.mounts.end(), [](const auto& mount) { return mount.read_only; });
  }
};

/// Pods that are kept on one node may share its disk.
bool is_bound_to_a_node(const Workload& workload) {
  const Node spec = workload.pod_spec;
  const Node affinity = spec["affinity"];
  return !spec["nodeName"].is_null() || !spec["nodeSelector"]["kubernetes.io/hostname"].is_null() ||
         !affinity["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"].empty();
}

std::vector<Use> uses_of(const Context& context, const Object& claim) {
  std::vector<Use> uses;
  for (const Workload& workload : context.workloads().all()) {
    if (workload.namespace_() != claim.namespace_ || workload.object->is_hook()) continue;
    for (const manifest::Volume& volume : manifest::volumes(workload)) {
      if (volume.node["persistentVolumeClaim"]["claimName"].scalar_text() != claim.name || volume.is_claim_template) {
        continue;
      }
      uses.push_back({&workload, volume, most_pods(context.workloads(), workload)});
    }
  }
  return uses;
}

bool has_any(const Claim& claim, std::string_view a, std::string_view b) {
  return claim.has_mode(a) || claim.has_mode(b);
}

/// Whether pods on several nodes may use the claim as they do.
bool may_share(const Claim& claim, const Use& use) {
  return claim.has_mode("ReadWriteMany") || (claim.has_mode("ReadOnlyMany") && use.is_read_only());
}

std::string many(const Use& use, std::int64_t pods) {
  if (use.workload->kind() == "DaemonSet") return "a pod on every node";
  return fmt::format("{} pods{}", pods, use.count.autoscaler == nullptr ? "" : " by its autoscaler");
}

void check_claim(Context& context, const Claim& claim) {
  const Node modes = claim.spec()["accessModes"];
  if (modes.empty()) return;
  std::vector<Use> uses = uses_of(context, *claim.object);
  std::erase_if(uses, [&](const Use& use) { return may_share(claim, use) || is_bound_to_a_node(*use.workload); });
  std::vector<const Use*> running;
  for (const Use& use : uses) {
    const std::int64_t pods = context.flag("during-rollout") ? use.count.total() : use.count.pods;
    if (pods > 1 || use.workload->kind() == "DaemonSet") {
      context
          .report(*claim.object, modes[std::size_t{0}],
                  fmt::format("{} is {}, but {} of {} mount it", claim.title, claim.access_modes().front(),
                              many(use, pods), use.workload->title()))
          .related(*use.workload->object, use.volume.node, "mounted here");
      return;
    }
    if (pods == 1 && use.workload->is_service()) running.push_back(&use);
  }
  if (running.size() < 2 || has_any(claim, "ReadWriteMany", "ReadOnlyMany")) return;
  context
      .report(*claim.object, modes[std::size_t{0}],
              fmt::format("{} is {}, but both {} and {} mount it", claim.title, claim.access_modes().front(),
                          running[0]->workload->title(), running[1]->workload->title()))
      .related(*running[1]->workload->object, running[1]->volume.node, "mounted here");
}

void check(Context& context) {
  for (const Object* object : context.of_kind("PersistentVolumeClaim")) {
    check_claim(context, {object, object->root, "PersistentVolumeClaim/" + std::string(object->name)});
  }
}

}  // namespace

extern const Rule rule{
    .name = "shared-volume-not-rwx",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: ReadWriteMany access, LOOMWORKS: File upload consistency",
    .summary = "Several pods share a volume that only one node can mount",
    .remedy = "Claim the volume with ReadWriteMany, of a class that can do so, or run one pod.",
    .documentation = R"(## What it does
Counts the pods that mount each claim of the release, replicas or the autoscaler's upper bound, and compares with the
access modes. ReadOnlyMany is enough where every mount is read-only. Pods that are tied to one node, by its name or by a
required affinity to other pods, may share its disk. With `during-rollout` the pods that a rolling update adds count, too.

## Why
With ReadWriteOnce the volume is attached to one node: pods on other nodes hang in ContainerCreating, or all pods end up on
one node; what one pod writes the others do not see.

## Example
```yaml
# wrong
kind: PersistentVolumeClaim
spec: {accessModes: [ReadWriteOnce]}
---
kind: Deployment
spec: {replicas: 2}
```
```yaml
# right
kind: PersistentVolumeClaim
spec: {accessModes: [ReadWriteMany], storageClassName: efs}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::shared_volume_not_rwx
