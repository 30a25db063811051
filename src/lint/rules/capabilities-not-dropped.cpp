#include <fmt/format.h>
#include <algorithm>

#include "lint/support/pod_security.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::capabilities_not_dropped {
namespace {

bool drops_all(const Container& container) {
  const std::vector<std::string> dropped = capabilities(container, "drop").texts();
  return std::find(dropped.begin(), dropped.end(), "ALL") != dropped.end();
}

void check(Context& context) {
  if (!context.kube_at_least(1, 22)) return;
  for (const Workload* workload : context.all_workloads()) {
    if (is_spared_windows(context, *workload)) continue;
    for (const Container& container : workload->containers) {
      if (drops_all(container)) continue;
      const std::string dropped = strings::join(capabilities(container, "drop").texts(), ", ");
      report_path(context, *workload, container.node, {"securityContext", "capabilities", "drop"},
                  fmt::format("{} drops {}, not ALL", title(container),
                              dropped.empty() ? "no capabilities" : dropped + " only"));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "capabilities-not-dropped",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .profiles = profile_both,
    .serves = "PSS restricted",
    .peers = "kube-linter/drop-net-raw-capability, polaris/insecureCapabilities",
    .summary = "A container keeps capabilities of root",
    .remedy = "Drop ALL, and add NET_BIND_SERVICE where a port below 1024 is needed.",
    .documentation = R"(## What it does
Finds containers whose `capabilities.drop` has no `ALL`. The standard asks for it from Kubernetes 1.22 on; pods with
`os.name: windows` are left alone from 1.25 on.

## Why
Runtimes leave a container about fourteen capabilities of root, such as raw sockets and changing owners. Next to no
program needs one.

## Example
```yaml
# wrong
securityContext:
  capabilities:
    drop: [NET_RAW]
```
```yaml
# right
securityContext:
  capabilities:
    drop: [ALL]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::capabilities_not_dropped
