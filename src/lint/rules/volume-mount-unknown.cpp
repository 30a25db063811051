#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lint/context.h"
#include "lint/support/near_name.h"

namespace rhumb::lint::volume_mount_unknown {
namespace {

class Check {
 public:
  Check(Context& context, const Workload& workload)
      : context_(context), workload_(workload), volumes_(manifest::volumes(workload)) {
    for (const manifest::Volume& volume : volumes_) names_.push_back(volume.name);
  }

  void names() const {
    std::map<std::string_view, Node> seen;
    for (const manifest::Volume& volume : volumes_) {
      // A claim template takes the place of a volume of the same name.
      if (volume.is_claim_template) continue;
      const auto [first, is_new] = seen.try_emplace(volume.name, volume.node["name"]);
      if (is_new || volume.name.empty()) continue;
      context_
          .report(workload_, volume.node["name"],
                  fmt::format("two volumes of {} are named {}", workload_.title(), volume.name))
          .related(*workload_.object, first->second, "the first one");
    }
  }

  void container(const Container& container) const {
    std::map<std::string_view, Node> paths;
    for (const Node mount : container.node["volumeMounts"]) {
      known(container, mount, "volumeMounts");
      const Node path = mount["mountPath"];
      const auto [first, is_new] = paths.try_emplace(path.scalar_text(), path);
      if (is_new || path.scalar_text().empty()) continue;
      context_
          .report(workload_, path,
                  fmt::format("two volumes of the container {} are mounted at {}", container.name, path.scalar_text()))
          .related(*workload_.object, first->second, "the first one");
    }
    for (const Node device : container.node["volumeDevices"]) known(container, device, "volumeDevices");
  }

 private:
  void known(const Container& container, Node mount, std::string_view field) const {
    const std::string_view name = mount["name"].scalar_text();
    // An entry without a name is what the schema refuses.
    if (name.empty() || std::find(names_.begin(), names_.end(), name) != names_.end()) return;
    const std::string_view near = nearest_of(name, names_);
    context_
        .report_field(workload_, mount, "name",
                      fmt::format("{} of the container {} names the volume {}, which {} does not have", field,
                                  container.name, name, workload_.title()))
        .hint(near.empty() ? "" : fmt::format("did you mean {}?", near));
  }

  Context& context_;
  const Workload& workload_;
  std::vector<manifest::Volume> volumes_;
  std::vector<std::string_view> names_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Check look(context, *workload);
    look.names();
    for (const Container& container : workload->containers) look.container(container);
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-mount-unknown",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014, LOOMWORKS: StatefulSet creation, LOOMWORKS: ReadWriteMany access",
    .summary = "A container mounts a volume that the pod does not have, or two at one path",
    .remedy = "Add the volume to the pod, or correct the name.",
    .documentation = R"(## What it does
Every name in `volumeMounts` and `volumeDevices` must be that of a volume of the pod or of a claim template of its
StatefulSet. Two volumes of one name, and two mounts of one container at the same path, are reported as well. A volume
that nobody mounts is looked at by `volume-unmounted`.

## Why
The API server refuses the pod; of a StatefulSet no pod is ever made. It happens where the volume and its mount stand
behind different conditions of a template.

## Example
```yaml
# wrong
containers:
  - name: web
    volumeMounts: [{name: cache, mountPath: /cache}]
volumes: [{name: tmp, emptyDir: {}}]
```
```yaml
# right
containers:
  - name: web
    volumeMounts: [{name: tmp, mountPath: /cache}]
volumes: [{name: tmp, emptyDir: {}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_mount_unknown
