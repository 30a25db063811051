#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/recognize.h"
#include "lint/support/shell_commands.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::backup_without_retention {
namespace {

constexpr std::array removals{
    ProgramUse{"find", "-delete"},      ProgramUse{"find", " rm"},     ProgramUse{"rm", ""},
    ProgramUse{"xargs", " rm"},         ProgramUse{"unlink", ""},      ProgramUse{"restic", "forget"},
    ProgramUse{"restic", "prune"},      ProgramUse{"borg", "prune"},   ProgramUse{"kopia", "policy"},
    ProgramUse{"pgbackrest", "expire"}, ProgramUse{"wal-g", "delete"}, ProgramUse{"barman", "delete"},
    ProgramUse{"logrotate", ""},        ProgramUse{"tmpreaper", ""},   ProgramUse{"velero", "--ttl"},
};

/// Tidying up what was not finished removes no backup.
bool is_tidying(const ShellCommand& command) {
  constexpr std::array<std::string_view, 5> words{".partial", ".tmp", "$partial", "tmp/", "incomplete"};
  return std::any_of(words.begin(), words.end(), [&](auto word) { return command.has(word); });
}

bool has_retention(const Workloads& workloads, const Backup& backup) {
  for (const Container& container : backup.workload->containers) {
    const Program program = program_of(workloads.objects(), *backup.workload, container);
    if (!program.is_complete) return true;  // who knows
    auto commands = shell_commands(program.text);
    std::erase_if(commands, is_tidying);
    if (calls_any(commands, removals)) return true;
  }
  // Another job that tidies up.
  return std::any_of(workloads.all().begin(), workloads.all().end(), [&](const Workload& workload) {
    const std::string name = strings::to_lower(workload.object->name);
    return &workload != backup.workload && workload.is_job() &&
           (strings::contains(name, "clean") || strings::contains(name, "prune") ||
            strings::contains(name, "retention"));
  });
}

/// A new file each time; one of a fixed name takes the place of the last.
bool makes_more_each_time(const Backup& backup) {
  return backup.program.has("date") || backup.program.has("$(") || backup.program.has("strftime");
}

void check(Context& context) {
  for (const Backup& backup : backups(context.workloads())) {
    context.applies();
    // An object store may have its own rules of expiry.
    if (backup.dump.empty() || backup.leaves_cluster || !makes_more_each_time(backup)) continue;
    if (has_retention(context.workloads(), backup)) continue;
    const std::string_view field = backup.container->node["args"].empty() ? "command" : "args";
    context.report_field(*backup.workload, backup.container->node, field,
                         fmt::format("{} adds a backup at every run and removes none", backup.workload->title()));
  }
}

}  // namespace

extern const Rule rule{
    .name = "backup-without-retention",
    .category = Category::data,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Daily backup execution",
    .summary = "Old backups are never removed",
    .remedy = "Remove backups that are older than the retention, after the new one has been verified.",
    .documentation = R"(## What it does
Reads what backups run and looks for a step that removes old ones: `find ... -delete`, `rm`, `restic forget`, `pgbackrest
expire` and the like; removing unfinished files is none. Backups that go to an object store are left alone, since the
store may expire them, and so are those that always write the same file and programs that cannot be looked into.

## Why
The volume fills up, and from that day on there are no more backups.

## Example
```yaml
# wrong
args: ["pg_dump > /backup/$(date +%F).sql"]
```
```yaml
# right
args: ["pg_dump > /backup/$(date +%F).sql && find /backup -name '*.sql' -mtime +14 -delete"]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::backup_without_retention
