#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "lint/context.h"
#include "lint/remedy.h"
#include "lint/support/left_out.h"
#include "lint/support/literal_env.h"
#include "lint/support/recognize.h"
#include "lint/support/secret_needs.h"
#include "lint/support/trials.h"
#include "rhumb/base/strings.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint::backup_missing {
namespace {

/// Kinds by which operators are told to back up.
constexpr std::array<std::string_view, 9> plans{"Schedule",     "SnapshotSchedule",  "RecurringJob",
                                                "BackupPlan",   "BackupSchedule",    "ScheduledBackup",
                                                "BackupPolicy", "ReplicationSource", "ActionSet"};

constexpr std::array<std::string_view, 6> keeper_names{"backup", "wal-g", "walg", "pgbackrest", "barman", "restic"};

bool names_keeper(std::string_view text) {
  const std::string lower = strings::to_lower(text);
  return std::any_of(keeper_names.begin(), keeper_names.end(),
                     [&](auto name) { return strings::contains(lower, name); });
}

/// The state that a node of a cluster sends to another one goes by the programs for backups, too: a setting of the
/// replication, as in MARIADB_GALERA_MARIABACKUP_USER.
bool is_for_replication(std::string_view variable) {
  const std::string lower = strings::to_lower(variable);
  const std::vector<std::string_view> words = strings::split(lower, "_");
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return word == "mariabackup" || word == "xtrabackup" || word == "sst";
  });
}

/// By a side-car, by settings of the image, or by annotations for a tool of the cluster.
bool backs_itself_up(const Workload& workload) {
  for (const Container& container : workload.containers) {
    if (names_keeper(container.name) || names_keeper(image_name(container))) return true;
    const Node list = container.node["env"];
    if (!list.is_list()) continue;
    for (const Node env : list) {
      const std::string_view name = env["name"].scalar_text();
      if (names_keeper(name) && !is_for_replication(name)) return true;
    }
  }
  for (const Node map : {workload.pod_metadata["annotations"], workload.pod_metadata["labels"],
                         workload.object->metadata()["annotations"], workload.object->metadata()["labels"]}) {
    if (!map.is_map()) continue;
    for (const Node entry : map) {
      if (strings::contains(entry.key(), "backup") || strings::contains(entry.key(), "recurring-job")) return true;
    }
  }
  return false;
}

constexpr std::array<std::string_view, 2> postgres_programs{"pg_basebackup", "pg_dump"};
constexpr std::array<std::string_view, 4> mysql_programs{"mariadb-backup", "mysqldump", "mariadb-dump", "xtrabackup"};
constexpr std::array<std::string_view, 1> mongodb_programs{"mongodump"};

std::span<const std::string_view> programs_of(Engine engine) {
  switch (engine) {
    case Engine::mysql: return mysql_programs;
    case Engine::mongodb: return mongodb_programs;
    default: return postgres_programs;
  }
}

/// What a person would run, by the product: the programs of MariaDB do not take MySQL, and the other way round.
std::string_view advice_for(const Database& database, bool is_sharded) {
  switch (database.engine) {
    case Engine::mysql:
      return database.product() == "MariaDB" ? "mariadb-dump, mariadb-backup or the like"
                                             : "mysqldump, xtrabackup or the like";
    case Engine::mongodb:
      return is_sharded ? "mongodump through mongos, for all shards at once" : "mongodump or the like";
    default: return "pg_basebackup, pg_dump or the like";
  }
}

enum class Role : std::uint8_t { alone, shard, config };

/// What a server of MongoDB is in a sharded cluster.
Role role_of(const Objects& objects, const Database& database) {
  if (database.engine != Engine::mongodb) return Role::alone;
  const auto words = program_of(objects, *database.workload, *database.container).words();
  if (words.contains("--configsvr")) return Role::config;
  if (words.contains("--shardsvr")) return Role::shard;
  for (const LiteralEnv& env : literal_env(objects, *database.workload, *database.container)) {
    if (env.name != "MONGODB_SHARDING_MODE") continue;
    if (env.value == "configsvr") return Role::config;
    if (env.value == "shardsvr") return Role::shard;
  }
  return Role::alone;
}

/// CronJobs that templates would have written.
class LeftOutBackups {
 public:
  explicit LeftOutBackups(const Run& run) : run_(run) {
    if (run.rendering != nullptr) jobs_ = render::left_out_objects(*run.rendering, "CronJob");
  }

  /// One that would dump the database, of its own chart or one around that; null for none.
  const render::LeftOutObject* find(const Database& database) const {
    const std::string_view chart = chart_folder(run_.files()[database.workload->object->file].name);
    for (const render::LeftOutObject& job : jobs_) {
      const std::string_view owner = chart_folder(run_.files()[job.file].name);
      const bool is_near = chart == owner || chart.starts_with(std::string(owner) + "/charts/");
      if (is_near && dumps(job, database.engine)) return &job;
    }
    return nullptr;
  }

 private:
  static bool dumps(const render::LeftOutObject& job, Engine engine) {
    const auto programs = programs_of(engine);
    const bool is_named = std::any_of(job.slot.keys.begin(), job.slot.keys.end(), names_keeper);
    return is_named ||
           std::any_of(programs.begin(), programs.end(), [&](auto name) { return strings::contains(job.text, name); });
  }

  const Run& run_;
  std::vector<render::LeftOutObject> jobs_;
};

/// Why the jobs that the switch brings cannot run; empty as far as that is known.
std::string obstacle_to(const Run& run, const render::Slot& slot) {
  Trials trials(run);
  if (!trials.can_try(slot)) return {};
  const Run* const trial = trials.with(slot);
  if (trial == nullptr) return "the chart does not render then";
  for (const Workload& job : trial->workloads->all()) {
    if (job.kind() != "CronJob" || counterpart(run, job) != nullptr) continue;
    const std::string missing = missing_secret_key(*trial, job);
    if (!missing.empty()) return fmt::format("{} asks for {}, which is not there", job.title(), missing);
  }
  return {};
}

/// At the switch that the chart has for it, else at the database. `others`: shards of the same cluster.
void report(Context& context, const Database& database, const LeftOutBackups& left_out, bool is_sharded,
            const std::vector<Database>& others) {
  DraftRef draft = context.report(*database.workload, database.workload->object->root["kind"],
                                  fmt::format("nothing in the release backs {} up", database.title()));
  const std::string other = fmt::format("add a CronJob that runs {}, or hand the database to a backup operator",
                                        advice_for(database, is_sharded));
  const render::LeftOutObject* const job = left_out.find(database);
  if (job == nullptr || job->slot.keys.empty()) {
    draft.hint(other);
  } else {
    const std::string setting = setting_for(job->slot, context.run().rendering->sources());
    const std::string obstacle = obstacle_to(context.run(), job->slot);
    if (obstacle.empty()) {
      draft.slot(job->slot).hint(setting + ", or " + other);
    } else {
      draft.hint(fmt::format("{}; it is not enough to {}: {}", other, setting, obstacle));
    }
  }
  for (const Database& each : others) {
    draft.related(*each.workload->object, each.workload->object->root["kind"], "another shard of the same database");
  }
}

/// Shards of one release of one chart.
bool is_of_same_cluster(const Database& one, const Database& other) {
  const auto label = [](const Database& database, std::string_view name) {
    const auto found = database.workload->labels.find(name);
    return found == database.workload->labels.end() ? std::string_view() : std::string_view(found->second);
  };
  return one.workload->namespace_() == other.workload->namespace_() &&
         label(one, "app.kubernetes.io/name") == label(other, "app.kubernetes.io/name") &&
         label(one, "app.kubernetes.io/instance") == label(other, "app.kubernetes.io/instance");
}

/// A sharded database is backed up as one, through mongos: the first of its shards stands for it.
void report_shards(Context& context, std::vector<Database> shards, const LeftOutBackups& left_out) {
  while (!shards.empty()) {
    const Database first = shards.front();
    const auto others = std::stable_partition(shards.begin(), shards.end(),
                                              [&](const Database& each) { return !is_of_same_cluster(first, each); });
    report(context, first, left_out, true, std::vector<Database>(others + 1, shards.end()));
    shards.erase(others, shards.end());
  }
}

void check(Context& context) {
  const std::vector<Backup> found = backups(context.workloads());
  const LeftOutBackups left_out(context.run());
  std::vector<Database> shards;
  const bool has_plan = std::any_of(plans.begin(), plans.end(),
                                    [&](std::string_view kind) { return !context.objects().of_kind(kind).empty(); });
  for (const Database& database : databases(context.workloads())) {
    context.applies();
    if (has_plan || is_follower(*database.workload) || backs_itself_up(*database.workload)) continue;
    const bool served =
        std::any_of(found.begin(), found.end(), [&](const Backup& backup) { return backup.may_serve(database); });
    if (served) continue;
    const Role role = role_of(context.objects(), database);
    if (role == Role::shard) shards.push_back(database);
    if (role == Role::alone) report(context, database, left_out, false, {});
  }
  report_shards(context, std::move(shards), left_out);
}

}  // namespace

extern const Rule rule{
    .name = "backup-missing",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Daily backup execution, REQ-1-502",
    .summary = "A database is not backed up",
    .remedy = "Add a CronJob that dumps it, or hand the database to a backup operator.",
    .documentation = R"(## What it does
Recognises servers of PostgreSQL, MySQL, MariaDB and MongoDB and looks for what backs them up: a CronJob that runs a program
for dumps or is named a backup, a side-car or settings of the image for it (WAL-G, pgBackRest, Barman), annotations for
Velero, K8up or Longhorn, or an object that orders backups from an operator.

Followers of another server are left alone, and so are settings of the replication that name such a program. The shards
of a MongoDB cluster are one database, its configuration servers a part of it. Where the chart has a template for such a CronJob which the values leave out,
the finding stands at the value that does so.

## Why
A volume that is kept is no backup: it holds the deleted table as faithfully as the rest.

## Example
```yaml
# wrong
kind: StatefulSet
spec: {template: {spec: {containers: [{name: postgres, image: "postgres:16.9"}]}}}
```
```yaml
# right
kind: CronJob
spec:
  schedule: "0 2 * * *"
  jobTemplate: {spec: {template: {spec: {containers: [{name: backup, command: [pg_basebackup, --pgdata=/backup]}]}}}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::backup_missing
