#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/cron.h"

namespace rhumb::lint::job_ttl_missing {
namespace {

constexpr std::string_view ttl_key = "ttlSecondsAfterFinished";

/// How many finished Jobs a CronJob keeps at most; what is not set is a default of the API server.
struct History {
  std::string_view key;
  std::int64_t fallback;
};
constexpr History successful{"successfulJobsHistoryLimit", 3};
constexpr History failed{"failedJobsHistoryLimit", 1};

/// Helm, Argo CD or an owner removes it.
bool is_looked_after(const Object& job) {
  return job.is_hook() || !job.annotation("argocd.argoproj.io/hook").empty() ||
         !job.metadata()["ownerReferences"].empty();
}

void check_job(Context& context, const Workload& job) {
  const Node spec = job.object->spec();
  if (is_looked_after(*job.object) || !spec[ttl_key].is_null()) return;
  context.report_field(job, spec, ttl_key,
                       fmt::format("nothing removes {} and its pods when it has finished", job.title()));
}

std::int64_t kept(Node spec, const History& history) { return spec[history.key].integer().value_or(history.fallback); }

/// It works against a limit that keeps Jobs of more runs than there are in that time.
void check_cron_job(Context& context, const Workload& job) {
  const Node spec = job.object->spec();
  const Node ttl = spec["jobTemplate"]["spec"][ttl_key];
  const auto seconds = ttl.integer();
  const auto schedule = CronSchedule::parse(spec["schedule"].scalar_text());
  if (!seconds || !schedule) return;
  const auto pause = schedule->shortest_pause();
  const History& history = kept(spec, failed) > kept(spec, successful) ? failed : successful;
  const std::int64_t limit = kept(spec, history);
  if (!pause || limit <= 0 || *seconds / *pause >= limit) return;
  DraftRef draft = context.report(
      job, ttl,
      fmt::format("{} has a {} of {}, but its Jobs are gone {} s after they have finished: runs are {} s apart",
                  job.title(), history.key, limit, *seconds, *pause));
  draft.hint(fmt::format("remove {}, and let the history limits decide", ttl_key));
  if (spec[history.key]) draft.related(*job.object, spec[history.key], "the limit");
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (workload->kind() == "Job") check_job(context, *workload);
    if (workload->kind() == "CronJob") check_cron_job(context, *workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "job-ttl-missing",
    .category = Category::data,
    .severity = Severity::info,
    .since = "0.2",
    .peers = "kube-linter/job-ttl-seconds-after-finished",
    .summary = "A finished Job stays for ever, or goes before its CronJob's history limits say",
    .remedy = "Set ttlSecondsAfterFinished in Jobs, and leave those of CronJobs to the history limits.",
    .documentation = R"(## What it does
Finds Jobs without `ttlSecondsAfterFinished` that neither Helm nor Argo CD removes as a hook and no other object owns; and
CronJobs whose `jobTemplate` has one that is over before as many runs have come as a history limit keeps (3 and 1 where
they are not set).

## Why
A finished Job and its pods stay in the API server until somebody deletes them. Those of a CronJob are counted by it: one
that removes itself takes the logs of a failed run with it before anybody has seen them.

No preset has this rule: a Job that is gone is made again by the next `helm upgrade`, or at once by a controller that
compares the cluster with a repository. Who cannot have it run twice leaves the field out.

## Example
```yaml
# wrong
kind: Job
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: import, image: "import:1.0.0"}]}}
```
```yaml
# right
kind: Job
spec:
  ttlSecondsAfterFinished: 86400
  template: {spec: {restartPolicy: Never, containers: [{name: import, image: "import:1.0.0"}]}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::job_ttl_missing
