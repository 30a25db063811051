#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/pod_resources.h"

namespace rhumb::lint::empty_dir_unbounded {
namespace {

/// Files in memory count to the containers' memory, others to their ephemeral storage.
bool is_bounded_otherwise(const Workload& workload, std::string_view resource, const ContainerDefaults& defaults) {
  if (pod_level(workload, Side::limits, resource)) return true;
  return std::all_of(workload.containers.begin(), workload.containers.end(), [&](const Container& container) {
    return container.kind == ContainerKind::ephemeral || effective(container, Side::limits, resource, defaults);
  });
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const ContainerDefaults defaults(context.objects(), workload->namespace_());
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      const Node directory = volume.node["emptyDir"];
      // A volume without a source is one, too.
      const bool is_directory = volume.source() == "emptyDir" || volume.source().empty();
      if (!is_directory || !directory["sizeLimit"].is_null()) continue;
      const bool in_memory = directory["medium"].text() == "Memory";
      const std::string_view resource = in_memory ? "memory" : "ephemeral-storage";
      if (is_bounded_otherwise(*workload, resource, defaults)) continue;
      context.report_missing(
          *workload, directory ? directory : volume.node, "sizeLimit",
          fmt::format("volume {} may fill the {} of the node", volume.name, in_memory ? "memory" : "disk"));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "empty-dir-unbounded",
    .category = Category::opinion,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_none,
    .summary = "A temporary volume may grow without bound",
    .remedy = "Set `sizeLimit`, or limits for ephemeral-storage.",
    .documentation = R"(## What it does
Finds volumes of the kind emptyDir without `sizeLimit` in pods where not every container has a limit for ephemeral storage
(for volumes in memory: for memory).

## Why
A log or a download that grows fills the node's disk, and the kubelet evicts pods until there is room again, not
necessarily the right ones.

## Example
```yaml
# wrong
volumes: [{name: tmp, emptyDir: {}}]
```
```yaml
# right
volumes: [{name: tmp, emptyDir: {sizeLimit: 1Gi}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::empty_dir_unbounded
