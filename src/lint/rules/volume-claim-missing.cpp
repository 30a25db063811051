#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/recognize.h"

namespace rhumb::lint::volume_claim_missing {
namespace {

/// Data that is there again after the pod has gone. Volumes of drivers that are not known are trusted.
bool lasts(const manifest::Volume& volume) {
  const std::string_view source = volume.source();
  return source != "emptyDir" && source != "configMap" && source != "secret" && source != "ephemeral" &&
         source != "projected" && source != "downwardAPI" && source != "image" && !source.empty();
}

bool has_lasting_mount(const Database& database) {
  const auto volumes = manifest::volumes(*database.workload);
  return std::any_of(volumes.begin(), volumes.end(), [&](const manifest::Volume& volume) {
    return lasts(volume) && std::any_of(volume.mounts.begin(), volume.mounts.end(), [&](const manifest::Mount& mount) {
             return mount.container->node == database.container->node;
           });
  });
}

void check(Context& context) {
  for (const Database& database : databases(context.workloads())) {
    context.applies();
    const DataVolume data = data_volume(database, context.objects());
    if (data.found) {
      if (lasts(data.volume)) continue;
      context.report(*database.workload, data.volume.node,
                     fmt::format("{} keeps its data in volume {} ({}), which goes with the pod", database.title(),
                                 data.volume.name, data.volume.source()));
    } else if (!has_lasting_mount(database)) {
      context.report_field(
          *database.workload, database.container->node, "volumeMounts",
          fmt::format("{} keeps its data in the container, which goes with the pod", database.title()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-claim-missing",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: StatefulSet creation, LOOMWORKS: Pod restart with data preservation",
    .summary = "A database keeps its data in what goes with the pod",
    .remedy = "Mount a claim, or an entry of `volumeClaimTemplates`, where the database keeps its data.",
    .documentation = R"(## What it does
Recognises servers of PostgreSQL, MySQL, MariaDB and MongoDB by image, port and settings, and looks for the volume that
their data directory lies in: PGDATA where it is set, else the folder of the image. A claim, a claim template, a path of
the node or a volume of a driver lasts; emptyDir, an ephemeral claim or no volume at all does not.

## Why
The first pod that is deleted, evicted or crashes takes all data with it.

## Example
```yaml
# wrong
containers: [{name: postgres, image: "postgres:16", volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
volumes: [{name: data, emptyDir: {}}]
```
```yaml
# right
containers: [{name: postgres, image: "postgres:16", volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
volumeClaimTemplates: [{metadata: {name: data}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_claim_missing
