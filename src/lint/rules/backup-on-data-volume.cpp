#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lint/context.h"
#include "lint/support/literal_env.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::backup_on_data_volume {
namespace {

bool goes_with_pod(const manifest::Volume& volume) {
  const std::string_view source = volume.source();
  return source == "emptyDir" || source == "ephemeral";
}

/// Volumes that something can be written to.
bool is_storage(const manifest::Volume& volume) {
  const std::string_view source = volume.source();
  return source != "configMap" && source != "secret" && source != "projected" && source != "downwardAPI" &&
         source != "csi" && source != "image" && !source.empty();
}

std::string_view claim_of(const manifest::Volume& volume) {
  return volume.node["persistentVolumeClaim"]["claimName"].scalar_text();
}

/// Whether a claim is the one of the database's data: by name, or "data-postgres-0" of a claim template.
bool is_data_claim(const Database& database, const DataVolume& data, std::string_view claim) {
  if (!data.found || claim.empty()) return false;
  if (!data.volume.is_claim_template) return claim_of(data.volume) == claim;
  const std::string prefix = fmt::format("{}-{}-", data.volume.name, database.workload->object->name);
  return claim.starts_with(prefix) && claim.size() > prefix.size() &&
         claim.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos;
}

class Checker {
 public:
  Checker(Context& context, const Backup& backup)
      : context_(context), backup_(backup), volumes_(manifest::volumes(*backup.workload)) {}

  void check() {
    if (backup_.leaves_cluster) return;
    if (const auto told = told_destination()) return judge(*told);
    std::vector<const manifest::Volume*> candidates;
    for (const manifest::Volume& volume : volumes_) {
      if (is_storage(volume) && is_written(volume)) candidates.push_back(&volume);
    }
    // Where there is one that is neither, the backup goes there.
    const bool is_fine = std::any_of(candidates.begin(), candidates.end(), [&](const manifest::Volume* volume) {
      return !goes_with_pod(*volume) && data_database(*volume) == nullptr;
    });
    if (is_fine) return;
    for (const manifest::Volume* volume : candidates) {
      if (data_database(*volume) != nullptr) return judge(*volume);
    }
    if (backup_.dump.empty() || !backup_.program.is_complete) return;
    if (!candidates.empty()) return judge(*candidates.front());
    context_.report_field(
        *backup_.workload, backup_.container->node, "volumeMounts",
        fmt::format("{} runs {} and has no volume to keep the backup on", backup_.workload->title(), backup_.dump));
  }

 private:
  bool is_written(const manifest::Volume& volume) const {
    return std::any_of(volume.mounts.begin(), volume.mounts.end(), [&](const manifest::Mount& mount) {
      return mount.container->node == backup_.container->node && !mount.read_only;
    });
  }

  /// The volume that a variable such as BACKUP_DIR leads to.
  std::optional<manifest::Volume> told_destination() const {
    for (const LiteralEnv& env : literal_env(context_.objects(), *backup_.workload, *backup_.container)) {
      const bool is_told = strings::contains(env.name, "BACKUP") &&
                           (env.name.ends_with("DIR") || env.name.ends_with("PATH") || env.name.ends_with("DEST") ||
                            env.name.ends_with("DESTINATION") || env.name.ends_with("FOLDER"));
      if (is_told && env.value.starts_with('/')) return volume_at(env.value);
    }
    return {};
  }

  std::optional<manifest::Volume> volume_at(std::string_view path) const {
    std::optional<manifest::Volume> best;
    std::size_t longest = 0;
    for (const manifest::Volume& volume : volumes_) {
      for (const manifest::Mount& mount : volume.mounts) {
        const std::string_view folder = strings::trim_suffix(mount.path, "/");
        const bool holds = path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
        if (mount.container->node != backup_.container->node || !holds || folder.size() < longest) continue;
        longest = folder.size();
        best = volume;
      }
    }
    return best;
  }

  const Database* data_database(const manifest::Volume& volume) {
    for (const Database& database : databases_) {
      const DataVolume data = data_volume(database, context_.objects());
      if (is_data_claim(database, data, claim_of(volume))) return &database;
    }
    return nullptr;
  }

  void judge(const manifest::Volume& volume) {
    const Database* const database = data_database(volume);
    if (database != nullptr) {
      context_.report(*backup_.workload, volume.node["persistentVolumeClaim"]["claimName"],
                      fmt::format("{} keeps the backup on {}, where {} keeps its data", backup_.workload->title(),
                                  claim_of(volume), database->title()));
    } else if (goes_with_pod(volume)) {
      context_.report(*backup_.workload, volume.node,
                      fmt::format("{} keeps the backup in volume {} ({}), which goes with the pod",
                                  backup_.workload->title(), volume.name, volume.source()));
    }
  }

  Context& context_;
  const Backup& backup_;
  std::vector<manifest::Volume> volumes_;
  std::vector<Database> databases_ = databases(context_.workloads());
};

void check(Context& context) {
  for (const Backup& backup : backups(context.workloads())) {
    context.applies();
    Checker(context, backup).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "backup-on-data-volume",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Daily backup execution",
    .summary = "A backup is kept where it is lost together with the data, or with its own pod",
    .remedy = "Keep backups on a claim of their own, or in an object store.",
    .documentation = R"(## What it does
Finds where a CronJob that backs up a database keeps the backup: the volume that BACKUP_DIR or the like leads to, else the
volumes that it can write to. The volume of the database's data, by the name of the claim or by that of a claim template
(data-postgres-0), is a fault, and so is a volume that goes with the pod. Backups that leave the cluster are left alone.

## Why
The backup is for the day when that volume is gone.

## Example
```yaml
# wrong
kind: CronJob
# ...
volumes: [{name: backup, persistentVolumeClaim: {claimName: data-postgres-0}}]
```
```yaml
# right
kind: CronJob
# ...
volumes: [{name: backup, persistentVolumeClaim: {claimName: postgres-backup}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::backup_on_data_volume
