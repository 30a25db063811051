#include <fmt/format.h>

#include <map>

#include "lint/context.h"
#include "rhumb/base/ip_address.h"

namespace rhumb::lint::host_alias_duplicate {
namespace {

void check_workload(Context& context, const Workload& workload) {
  std::map<std::string_view, Node> seen;
  std::map<std::string, Node, std::less<>> hosts;
  for (const Node alias : workload.pod_spec["hostAliases"]) {
    const Node ip = alias["ip"];
    std::string error;
    if (!parse_ip_address(ip.scalar_text(), error)) {
      context.report_field(workload, alias, "ip", fmt::format("\"{}\" is no address", ip.scalar_text()));
      continue;
    }
    const auto [first, is_new] = seen.try_emplace(ip.scalar_text(), ip);
    if (!is_new) {
      context
          .report(workload, ip,
                  fmt::format("the address {} stands twice in hostAliases: entries are merged by it, and "
                              "one of the two is lost",
                              ip.scalar_text()))
          .related(*workload.object, first->second, "the first one");
    }
    for (const Node host : alias["hostnames"]) {
      const auto [other, is_first] = hosts.try_emplace(std::string(host.scalar_text()), ip);
      if (is_first || other->second.scalar_text() == ip.scalar_text()) continue;
      context.report(workload, host,
                     fmt::format("{} stands for {} and for {}: the first one counts", host.scalar_text(),
                                 other->second.scalar_text(), ip.scalar_text()));
    }
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) check_workload(context, *workload);
}

}  // namespace

extern const Rule rule{
    .name = "host-alias-duplicate",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "An address or a name stands twice in hostAliases",
    .remedy = "Write each address once, with all of its names.",
    .documentation = R"(## What it does
Finds addresses that stand twice in the `hostAliases` of a pod, names that stand for two addresses, and what is no
address.

## Why
Entries are merged by their address, so an upgrade may lose one of the two; of two addresses for a name the first one is
used.

## Example
```yaml
# wrong
hostAliases:
  - {ip: 10.0.0.7, hostnames: [db]}
  - {ip: 10.0.0.7, hostnames: [cache]}
```
```yaml
# right
hostAliases:
  - {ip: 10.0.0.7, hostnames: [db, cache]}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::host_alias_duplicate
