#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/quota.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::quota_too_small {
namespace {

/// "Deployment/odoo 11 × 2 (1 of a rollout)"
std::string describe(const QuotaShare& share, std::string_view resource) {
  std::string text = share.who;
  if (share.times != 1 || share.each != 1) {
    text += fmt::format(" {} × {}", share.times, format_amount(resource, share.each));
  }
  std::vector<std::string> notes;
  if (share.autoscaler != nullptr) notes.push_back(fmt::format("{} by its autoscaler", share.times - share.surge));
  if (share.surge > 0) notes.push_back(fmt::format("{} of a rollout", share.surge));
  return notes.empty() ? text : fmt::format("{} ({})", text, strings::join(notes, " + "));
}

std::string_view resource_of(std::string_view key) {
  const auto pod = pod_key(key);
  return pod ? pod->resource : key;
}

void check_key(Context& context, const QuotaDemand& demand, const Object& quota, Node entry) {
  const auto hard = manifest::quantity(entry);
  auto shares = demand.of(quota, entry.key());
  if (!hard || !shares) return;
  std::stable_sort(shares->begin(), shares->end(),
                   [](const QuotaShare& a, const QuotaShare& b) { return a.total() > b.total(); });
  const std::string_view resource = resource_of(entry.key());
  std::int64_t total = 0;
  std::vector<std::string> parts;
  for (const QuotaShare& share : *shares) {
    total = plus(total, share.total());
    parts.push_back(describe(share, resource));
  }
  const std::int64_t most = amount_of(resource, *hard);
  if (total <= most) return;
  context.report(quota, entry,
                 fmt::format("{} of {} is less than the {} that the release may take: {}", entry.key(),
                             entry.scalar_text(), format_amount(resource, total), strings::join(parts, ", ")));
}

void check(Context& context) {
  for (const Object* quota : context.of_kind("ResourceQuota")) {
    const Node hard = quota->spec()["hard"];
    if (!hard.is_map()) continue;
    const QuotaDemand demand(context.workloads(), quota->namespace_);
    for (const Node entry : hard) check_key(context, demand, *quota, entry);
  }
}

}  // namespace

extern const Rule rule{
    .name = "quota-too-small",
    .category = Category::resources,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Namespace resource limits",
    .yields_to = "quota-key-invalid",
    .summary = "The release may ask for more than the quota of its namespace allows",
    .remedy = "Raise the quota, or lower requests, limits, replicas or the autoscaler's upper bound.",
    .documentation = R"(## What it does
Sums up what the release may take at the same time, for every key of every ResourceQuota it contains, and compares the sum
with `hard`. Every Deployment counts with its replicas, or with its autoscaler's upper bound, and with the pods that a
rollout adds (`maxSurge`, rounded up); a StatefulSet with its replicas, a DaemonSet with one pod, a Job with its
parallelism. A pod counts with its main containers and side-cars, or with its hungriest init container where that is
more; the defaults of a LimitRange count. Claims count with those of StatefulSets and of ephemeral volumes. Hooks are left
out, and so are pods outside of the quota's scopes.

## Why
Pods above the quota are refused. It shows under load or in the middle of a rollout, when the autoscaler asks for what it
does not get, and not when the chart is installed.

## Example
```yaml
# wrong: five pods, and two more during a rollout, ask for 7 cores
kind: ResourceQuota
spec:
  hard: {requests.cpu: "5"}
---
kind: Deployment
spec:
  replicas: 5
  template: {spec: {containers: [{resources: {requests: {cpu: "1"}}}]}}
```
```yaml
# right
kind: ResourceQuota
spec:
  hard: {requests.cpu: "7"}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::quota_too_small
