#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "lint/context.h"
#include "lint/support/recognize.h"
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

/// By a side-car, by settings of the image, or by annotations for a tool of the cluster.
bool backs_itself_up(const Workload& workload) {
  for (const Container& container : workload.containers) {
    if (names_keeper(container.name) || names_keeper(image_name(container))) return true;
    const Node list = container.node["env"];
    if (!list.is_list()) continue;
    for (const Node env : list) {
      if (names_keeper(env["name"].scalar_text())) return true;
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

/// The folder of the chart that a template belongs to.
std::string_view chart_of(std::string_view file) { return file.substr(0, file.rfind("/templates/")); }

/// CronJobs that templates would have written.
class LeftOutBackups {
 public:
  explicit LeftOutBackups(const Run& run) : run_(run) {
    if (run.rendering != nullptr) jobs_ = render::left_out_objects(*run.rendering, "CronJob");
  }

  /// One that would dump the database, of its own chart or one around that; null for none.
  const render::LeftOutObject* find(const Database& database) const {
    const std::string_view chart = chart_of(run_.files()[database.workload->object->file].name);
    for (const render::LeftOutObject& job : jobs_) {
      const std::string_view owner = chart_of(run_.files()[job.file].name);
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

/// At the switch that the chart has for it, else at the database.
void report(Context& context, const Database& database, const LeftOutBackups& left_out) {
  DraftRef draft = context.report(*database.workload, database.workload->object->root["kind"],
                                  fmt::format("nothing in the release backs {} up", database.title()));
  const auto programs =
      programs_of(database.engine).first(std::min<std::size_t>(2, programs_of(database.engine).size()));
  const std::string other = fmt::format(
      "add a CronJob that runs {} or the like, or hand the database to a backup operator", fmt::join(programs, ", "));
  const render::LeftOutObject* const job = left_out.find(database);
  if (job == nullptr || job->slot.keys.empty()) {
    draft.hint(other);
  } else {
    const std::string& wanted = job->slot.to_set.empty() ? job->slot.keys.front() : job->slot.to_set;
    draft.slot(job->slot).hint(fmt::format("set {} in the values, or {}", wanted, other));
  }
}

void check(Context& context) {
  const std::vector<Backup> found = backups(context.workloads());
  const LeftOutBackups left_out(context.run());
  const bool has_plan = std::any_of(plans.begin(), plans.end(),
                                    [&](std::string_view kind) { return !context.objects().of_kind(kind).empty(); });
  for (const Database& database : databases(context.workloads())) {
    context.applies();
    if (has_plan || is_follower(*database.workload) || backs_itself_up(*database.workload)) continue;
    const bool served =
        std::any_of(found.begin(), found.end(), [&](const Backup& backup) { return backup.may_serve(database); });
    if (!served) report(context, database, left_out);
  }
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

Followers of another server are left alone. Where the chart has a template for such a CronJob which the values leave out,
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
