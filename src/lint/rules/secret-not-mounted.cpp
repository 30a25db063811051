#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/context.h"
#include "lint/support/provider_class.h"
#include "lint/support/secret_use.h"

namespace rhumb::lint::secret_not_mounted {
namespace {

bool mounts(const Workload& workload, const Object& provider) {
  const auto volumes = secret_volumes(workload);
  return workload.namespace_() == provider.namespace_ &&
         std::any_of(volumes.begin(), volumes.end(), [&](const SecretVolume& volume) {
           return volume.is_mounted() && volume.class_name == provider.name;
         });
}

bool runs_first(const Object& object) {
  return std::any_of(object.hook_events.begin(), object.hook_events.end(),
                     [](const std::string& event) { return event == "pre-install"; });
}

class Search {
 public:
  explicit Search(Context& context) : context_(context) {}

  void search() {
    for (const Workload& workload : context_.workloads().all()) check_volumes(workload);
    for (const SecretUse& use : secret_uses(context_.workloads())) check_use(use);
  }

 private:
  /// The kubelet passes over volumes that no container mounts.
  void check_volumes(const Workload& workload) {
    for (const SecretVolume& volume : secret_volumes(workload)) {
      context_.applies();
      if (volume.is_mounted()) continue;
      const Object* const provider = find_provider_class(context_.objects(), workload.namespace_(), volume.class_name);
      if (provider != nullptr) reported_.insert({&workload, provider});
      context_.report(workload, volume.volume.node["name"],
                      fmt::format("no container of {} mounts the volume {}: the driver is never called, and nothing is "
                                  "synced",
                                  workload.title(), volume.volume.name));
    }
  }

  void check_use(const SecretUse& use) {
    const auto sources = manifest::key_sources(context_.objects(), "Secret", use.workload->namespace_(), use.name);
    const auto is_sync = [](const manifest::KeySource& source) { return source.object->kind == "SecretProviderClass"; };
    if (sources.empty() || !std::all_of(sources.begin(), sources.end(), is_sync)) return;
    context_.applies();
    for (const manifest::KeySource& source : sources) {
      if (mounts(*use.workload, *source.object) || reported_.contains({use.workload, source.object})) return;
    }
    const Object& provider = *sources.front().object;
    const Workload* const other = other_that_mounts(sources);
    // Where another workload mounts the class its pods are there sooner or later; not so before the installation.
    if (other != nullptr && !runs_first(*use.workload->object)) return;
    report(use, provider, other);
  }

  const Workload* other_that_mounts(const std::vector<manifest::KeySource>& sources) const {
    for (const Workload& workload : context_.workloads().all()) {
      for (const manifest::KeySource& source : sources) {
        if (mounts(workload, *source.object)) return &workload;
      }
    }
    return nullptr;
  }

  void report(const SecretUse& use, const Object& provider, const Workload* other) {
    const std::string why = other == nullptr ? std::string("no pod mounts it")
                                             : fmt::format("the hook runs before {} mounts it", other->title());
    context_
        .report(*use.workload, use.references.front().node,
                fmt::format("the Secret {} is synced when a pod mounts the SecretProviderClass {}, and {}", use.name,
                            provider.name, why))
        .related(provider, provider.metadata()["name"], "the SecretProviderClass");
  }

  Context& context_;
  std::set<std::pair<const Workload*, const Object*>> reported_;
};

void check(Context& context) { Search(context).search(); }

}  // namespace

extern const Rule rule{
    .name = "secret-not-mounted",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "Pods read a Secret that is never synced, since no pod mounts its SecretProviderClass",
    .remedy = "Add the CSI volume of the class to the pod, and mount it in a container.",
    .documentation = R"(## What it does
Finds workloads that read a Secret which only `secretObjects` of a SecretProviderClass makes, where no pod of the release
mounts a volume of that class; CSI volumes of the driver that no container mounts; and pre-install hooks that read such
a Secret without mounting the class themselves.

## Why
The Secrets Store CSI driver syncs when it mounts. A volume that no container mounts never reaches it, the Secret never
comes to be, and the pods wait for it for ever.

## Example
```yaml
# wrong: nothing mounts the volume
volumes:
  - name: secrets
    csi:
      driver: secrets-store.csi.k8s.io
      readOnly: true
      volumeAttributes:
        secretProviderClass: tms-odoo
```
```yaml
# right
containers:
  - name: odoo
    volumeMounts:
      - name: secrets
        mountPath: /mnt/secrets-store
        readOnly: true
```
)",
    .check = check,
};

}  // namespace rhumb::lint::secret_not_mounted
