#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lint/support/autoscaling.h"
#include "lint/support/missing.h"
#include "lint/support/probes.h"
#include "lint/support/traffic.h"

namespace rhumb::lint::no_graceful_shutdown {
namespace {

Node pre_stop(const Container& container) { return container.node["lifecycle"]["preStop"]; }

/// The containers behind the Services; all main ones where no container says that it opens the ports.
std::vector<const Container*> serving(const Workload& workload, const std::vector<const Object*>& services) {
  std::vector<const Container*> found;
  for (const Object* service : services) {
    for (const Container* container : containers_behind(*service, workload)) {
      if (std::find(found.begin(), found.end(), container) == found.end()) found.push_back(container);
    }
  }
  if (!found.empty()) return found;
  for (const Container& container : workload.containers) {
    if (container.kind == ContainerKind::main) found.push_back(&container);
  }
  // Any of them may be the one.
  if (std::any_of(found.begin(), found.end(), [](const Container* each) { return !pre_stop(*each).is_null(); }))
    return {};
  if (found.size() > 1) found.resize(1);
  return found;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() ||
      (end != text.data() + text.size() && text.substr(static_cast<std::size_t>(end - text.data())) != "s"))
    return {};
  return value;
}

/// Seconds that a preStop hook sleeps, as far as it says so plainly.
std::int64_t sleep_seconds(Node hook) {
  if (!hook["sleep"].is_null()) return hook["sleep"]["seconds"].integer().value_or(0);
  std::string words;
  for (const std::string& word : hook["exec"]["command"].texts()) words += " " + word;
  const std::size_t at = words.find("sleep ");
  if (at == std::string::npos) return 0;
  const std::string_view rest = std::string_view(words).substr(at + 6);
  return number(rest.substr(0, rest.find_first_of(" ;&|\n"))).value_or(0);
}

void check_workload(Context& context, const Workload& workload, const std::vector<const Object*>& services) {
  const Node grace = workload.pod_spec["terminationGracePeriodSeconds"];
  const std::int64_t seconds = grace.is_null() ? 30 : grace.integer().value_or(30);
  if (seconds == 0) {
    context.report(workload, grace,
                   fmt::format("{} is behind {} and is killed at once: its grace period is 0 s", workload.title(),
                               title_of(*services.front())));
    return;
  }
  for (const Container* container : serving(workload, services)) {
    const Node hook = pre_stop(*container);
    if (hook.is_null()) {
      report_missing_path(
          context, workload, container->node, {"lifecycle", "preStop"},
          fmt::format("container {} of {} is behind {} and has no preStop hook: it ends while requests still come",
                      container->name, workload.title(), title_of(*services.front())));
      continue;
    }
    const std::int64_t sleep = sleep_seconds(hook);
    if (sleep < seconds) continue;
    context
        .report(workload, hook,
                fmt::format("the preStop hook of container {} in {} takes {} s of the {} s until it is killed",
                            container->name, workload.title(), sleep, seconds))
        .hint("raise terminationGracePeriodSeconds: the hook counts against it");
  }
}

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    if (!is_long_running(*workload)) continue;
    const std::vector<const Object*> services = published_services(*workload, context.workloads());
    if (!services.empty()) check_workload(context, *workload, services);
  }
}

}  // namespace

extern const Rule rule{
    .name = "no-graceful-shutdown",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Rolling update with zero downtime",
    .summary = "A pod behind a load balancer ends before the load balancer knows",
    .remedy = "Add a preStop hook that sleeps for some seconds, and a grace period longer than that.",
    .documentation = R"(## What it does
Looks at pods whose Service an Ingress, a Gateway route or a load balancer leads to. Reports containers that open the
Service's ports and have no `preStop` hook, a `terminationGracePeriodSeconds` of 0, and a hook that sleeps as long as
the grace period or longer.

## Why
A pod is taken out of the load balancer and told to stop at the same time. A process that stops at once drops the
requests that come until the news has spread.

## Example
```yaml
# wrong
terminationGracePeriodSeconds: 0
```
```yaml
# right
terminationGracePeriodSeconds: 60
containers:
  - name: odoo
    lifecycle:
      preStop:
        sleep: {seconds: 15}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::no_graceful_shutdown
