#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/claims.h"

namespace rhumb::lint::claim_template_invalid {
namespace {

constexpr std::array<std::string_view, 4> modes{"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"};

class Checker {
 public:
  Checker(Context& context, const Claim& claim) : context_(context), claim_(claim) {}

  void check() {
    if (!claim_.spec().is_map()) return say_missing(claim_.node, "spec", "has no spec");
    check_modes();
    check_storage();
  }

 private:
  void check_modes() {
    const Node list = claim_.spec()["accessModes"];
    if (list.empty()) return say_missing(claim_.spec(), "accessModes", "has no access mode");
    for (const Node mode : list) {
      if (std::find(modes.begin(), modes.end(), mode.text()) == modes.end()) {
        say(mode, fmt::format("has the access mode {}, which does not exist", mode.scalar_text()));
      }
    }
    if (claim_.has_mode("ReadWriteOncePod") && list.size() > 1) say(list, "has ReadWriteOncePod and another mode");
  }

  void check_storage() {
    const Node resources = claim_.spec()["resources"];
    const Node request = resources["requests"]["storage"];
    if (request.is_null()) return say_missing(claim_.spec(), "resources", "asks for no amount of storage");
    const auto amount = manifest::quantity(request);
    if (!amount) return;
    if (amount->is_zero() || amount->is_negative()) {
      say(request, fmt::format("asks for {} of storage", request.scalar_text()));
    }
    const Node limit = resources["limits"]["storage"];
    const auto most = manifest::quantity(limit);
    if (most && *amount > *most) {
      say(request,
          fmt::format("asks for {} of storage, more than its limit of {}", request.scalar_text(), limit.scalar_text()));
    }
  }

  void say(Node node, std::string_view what) {
    context_.report(*claim_.object, node, fmt::format("{} {}", claim_.title, what));
  }
  void say_missing(Node parent, std::string_view key, std::string_view what) {
    context_.report_field(*claim_.object, parent, key, fmt::format("{} {}", claim_.title, what));
  }

  Context& context_;
  const Claim& claim_;
};

void check_mounts(Context& context, const Workload& workload) {
  for (const manifest::Volume& volume : manifest::volumes(workload)) {
    if (!volume.is_claim_template || !volume.mounts.empty() || volume.name.empty()) continue;
    const bool is_device = std::any_of(workload.containers.begin(), workload.containers.end(), [&](const auto& each) {
      const Node devices = each.node["volumeDevices"];
      if (!devices.is_list()) return false;
      for (const Node device : devices) {
        if (device["name"].scalar_text() == volume.name) return true;
      }
      return false;
    });
    if (is_device) continue;
    context.report(workload, volume.node["metadata"]["name"],
                   fmt::format("claim template {} makes a volume that no container mounts", volume.name));
  }
}

void check(Context& context) {
  for (const Claim& claim : claims(context.workloads())) {
    context.applies();
    // A claim for a volume that exists already may leave out what that one says.
    if (claim.spec()["volumeName"].is_null() || !claim.spec()["accessModes"].empty()) Checker(context, claim).check();
  }
  for (const Workload& workload : context.workloads().all()) {
    if (workload.kind() == "StatefulSet") check_mounts(context, workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "claim-template-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: StatefulSet creation, LOOMWORKS: ReadWriteMany access",
    .summary = "A claim of storage lacks what it must say, or nothing uses it",
    .remedy = "Set `accessModes` and `resources.requests.storage`, and mount the claim template.",
    .documentation = R"(## What it does
Checks claims, the claim templates of StatefulSets and those of ephemeral volumes: known access modes, ReadWriteOncePod
alone, an amount of storage above zero and within its limit. A claim template of a StatefulSet must be mounted.

## Why
The API server refuses such a claim, and with it the pods that wait for it. A template that nothing mounts is a disk that is
paid for.

## Example
```yaml
# wrong
volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWrite]}
```
```yaml
# right
volumeClaimTemplates:
  - metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 10Gi}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::claim_template_invalid
