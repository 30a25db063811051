#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/literal_env.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::wal_volume_missing {
namespace {

/// Programs that send segments to an object store.
constexpr std::array<std::string_view, 5> shippers{"wal-g", "wal-e", "pgbackrest", "barman", "WALG_"};

bool names_shipper(std::string_view text) {
  return std::any_of(shippers.begin(), shippers.end(), [&](auto word) { return strings::contains(text, word); });
}

/// In the arguments, the environment, or a configuration file that comes from a ConfigMap.
bool ships_elsewhere(const Context& context, const Database& database) {
  const Workload& workload = *database.workload;
  if (names_shipper(program_of(context.objects(), workload, *database.container).text)) return true;
  for (const LiteralEnv& env : literal_env(context.objects(), workload, *database.container)) {
    if (names_shipper(env.name) || names_shipper(env.value)) return true;
  }
  for (const manifest::Reference& reference : manifest::references(workload)) {
    if (reference.kind != "ConfigMap") continue;
    const Object* const map = context.objects().find("", "ConfigMap", workload.namespace_(), reference.name);
    if (map == nullptr || !map->root["data"].is_map()) continue;
    for (const Node entry : map->root["data"]) {
      if (names_shipper(entry.scalar_text())) return true;
    }
  }
  return false;
}

bool is_about_wal(std::string_view text) {
  return strings::contains(text, "wal") || strings::contains(text, "archive");
}

struct Archive {
  manifest::Volume volume;
  manifest::Mount mount;
};

std::vector<Archive> archives(const Database& database) {
  std::vector<Archive> found;
  for (const manifest::Volume& volume : manifest::volumes(*database.workload)) {
    if (volume.source() == "configMap" || volume.source() == "secret" || volume.source() == "projected") continue;
    for (const manifest::Mount& mount : volume.mounts) {
      if (mount.container->node != database.container->node) continue;
      if (is_about_wal(volume.name) || is_about_wal(mount.path)) found.push_back({volume, mount});
    }
  }
  return found;
}

void check(Context& context) {
  for (const Database& database : databases(context.workloads())) {
    if (database.engine != Engine::postgres) continue;
    context.applies();
    if (ships_elsewhere(context, database)) continue;
    const DataVolume data = data_volume(database, context.objects());
    const std::vector<Archive> found = archives(database);
    const auto lasts = [&](const Archive& archive) {
      const bool is_data = data.found && data.volume.node == archive.volume.node;
      return !is_data && archive.volume.source() != "emptyDir" && archive.volume.source() != "ephemeral";
    };
    if (std::any_of(found.begin(), found.end(), lasts)) continue;
    if (found.empty()) {
      context.report_field(*database.workload, database.workload->object->spec(), "volumeClaimTemplates",
                           fmt::format("{} has no volume for its WAL archive", database.title()));
      continue;
    }
    const Archive& first = found.front();
    const bool is_data = data.found && data.volume.node == first.volume.node;
    context.report(
        *database.workload, is_data ? first.mount.node : first.volume.node,
        fmt::format("{} archives its WAL at {} in volume {}, {}", database.title(), first.mount.path, first.volume.name,
                    is_data ? "which holds the data, too"
                            : fmt::format("which goes with the pod ({})", first.volume.source())));
  }
}

}  // namespace

extern const Rule rule{
    .name = "wal-volume-missing",
    .category = Category::data,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: StatefulSet creation, REQ-1-502",
    .summary = "PostgreSQL has no lasting place of its own for archived WAL",
    .remedy = "Add a claim template for the archive and mount it beside the data.",
    .documentation = R"(## What it does
Looks at servers of PostgreSQL for a volume of the WAL archive: one whose name or mount path tells of WAL or an archive,
that lasts longer than the pod, and that is not the volume of the data. Servers that send segments to an object store with
WAL-G, pgBackRest or Barman need none.

Only the profile `loomworks` switches this on: not everybody archives.

## Why
Base backups alone lose what was written since; with the archived segments the database comes back to any point in time. On
the volume of the data they are lost together with it, and a full archive stops the server.

## Example
```yaml
# wrong
volumeClaimTemplates: [{metadata: {name: data}}]
```
```yaml
# right
volumeClaimTemplates: [{metadata: {name: data}}, {metadata: {name: wal-archive}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::wal_volume_missing
