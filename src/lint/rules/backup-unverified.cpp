#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/recognize.h"
#include "lint/support/shell_commands.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::backup_unverified {
namespace {

constexpr std::array verifications{
    ProgramUse{"pg_verifybackup", ""},
    ProgramUse{"pg_restore", ""},
    ProgramUse{"mongorestore", ""},
    ProgramUse{"gzip", " -t"},
    ProgramUse{"gzip", "--test"},
    ProgramUse{"gunzip", " -t"},
    ProgramUse{"pigz", " -t"},
    ProgramUse{"zstd", " -t"},
    ProgramUse{"zstd", "--test"},
    ProgramUse{"xz", " -t"},
    ProgramUse{"bzip2", " -t"},
    ProgramUse{"tar", "--list"},
    ProgramUse{"tar", " -t"},
    ProgramUse{"tar", " tf"},
    ProgramUse{"tar", " tz"},
    ProgramUse{"sha256sum", " -c"},
    ProgramUse{"sha256sum", "--check"},
    ProgramUse{"md5sum", " -c"},
    ProgramUse{"restic", "check"},
    ProgramUse{"restic", "restore"},
    ProgramUse{"borg", "check"},
    ProgramUse{"kopia", "verify"},
    ProgramUse{"pgbackrest", "verify"},
    ProgramUse{"pgbackrest", "check"},
    ProgramUse{"wal-g", "verify"},
    ProgramUse{"mariabackup", "--prepare"},
    ProgramUse{"xtrabackup", "--prepare"},
    ProgramUse{"barman", "check"},
    ProgramUse{"barman", "verify"},
};

/// A program whose name says so.
bool is_named_check(const ShellCommand& command) {
  return strings::contains(command.program, "verify") || strings::contains(command.program, "validate");
}

/// Another job of the release that looks at backups.
bool is_verified_elsewhere(const Workloads& workloads, const Backup& backup) {
  return std::any_of(workloads.all().begin(), workloads.all().end(), [&](const Workload& workload) {
    if (&workload == backup.workload || !workload.is_job()) return false;
    const std::string name = strings::to_lower(workload.object->name);
    return strings::contains(name, "verif") || strings::contains(name, "restore");
  });
}

bool is_verified(const Workloads& workloads, const Backup& backup) {
  // Every container of the pod may do it.
  for (const Container& container : backup.workload->containers) {
    const Program program = program_of(workloads.objects(), *backup.workload, container);
    if (!program.is_complete) return true;  // who knows
    const auto commands = shell_commands(program.text);
    if (calls_any(commands, verifications)) return true;
    if (std::any_of(commands.begin(), commands.end(), is_named_check)) return true;
  }
  return is_verified_elsewhere(workloads, backup);
}

void check(Context& context) {
  for (const Backup& backup : backups(context.workloads())) {
    context.applies();
    if (backup.dump.empty() || is_verified(context.workloads(), backup)) continue;
    const std::string_view field = backup.container->node["args"].empty() ? "command" : "args";
    context.report_field(
        *backup.workload, backup.container->node, field,
        fmt::format("{} runs {} and never looks at what it wrote", backup.workload->title(), backup.dump));
  }
}

}  // namespace

extern const Rule rule{
    .name = "backup-unverified",
    .category = Category::data,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Backup verification",
    .summary = "A backup is not verified",
    .remedy =
        "Read the backup back: pg_verifybackup, pg_restore --list, gzip -t, or a restore into a scratch database.",
    .documentation = R"(## What it does
Reads what backups run, scripts in ConfigMaps of the release included, and looks for a step that reads the backup back:
pg_verifybackup, a restore, a test of the archive, a comparison of checksums, `restic check` and the like. Writing
checksums is none. Comments and output do not count. A Job beside it whose name tells of verifying or restoring counts.

Programs that cannot be looked into, such as the entry point of an image, are left alone.

## Why
Backups break silently: a full volume, a missing segment, a dump that was cut off. It is found out when it is needed.

## Example
```yaml
# wrong
args: ["pg_basebackup --pgdata=/backup/new --format=plain"]
```
```yaml
# right
args: ["pg_basebackup --pgdata=/backup/new --format=plain && pg_verifybackup /backup/new"]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::backup_unverified
