#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/support/probes.h"
#include "lint/support/recognize.h"
#include "lint/support/values_place.h"

namespace rhumb::lint::liveness_probe_missing {
namespace {

constexpr std::string_view field = "livenessProbe";
constexpr std::string_view custom_field = "customLivenessProbe";

/// Until somebody unseals it, it is as it should be, and a probe that fails meanwhile restarts it before anybody can.
bool may_be_sealed(const Container& container) {
  constexpr std::array<std::string_view, 3> images{"vault", "vault-enterprise", "openbao"};
  return std::find(images.begin(), images.end(), image_name(container)) != images.end();
}

/// The value that takes a whole probe, beside the one that the template would read: "server.customLivenessProbe"; empty
/// for none.
std::string custom_value(const Context& context, const Workload& workload, const Container& container) {
  const Run& run = context.run();
  if (run.rendering == nullptr) return {};
  const Object& object = *workload.object;
  const yaml::TreeNode& at = *container.node.node();
  const std::array keys{field};
  const auto slot =
      render::find_slot(*run.rendering, object.file, at.begin + object.offset, at.end + object.offset, keys);
  if (!slot) return {};
  for (const std::string& key : slot->keys) {
    KeyPath path = split_path(key);
    const auto probe = std::find_if(path.begin(), path.end(),
                                    [](const std::string& part) { return part == field || part == custom_field; });
    if (probe == path.end()) continue;
    path.erase(probe, path.end());
    path.emplace_back(custom_field);
    if (find_value(run, path).depth == path.size()) return join_path(path);
  }
  return {};
}

std::string sealed_hint(const std::string& value) {
  return fmt::format(
      "{} a probe that a sealed server passes: httpGet "
      "/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204; `vault status` ends with 2 while it is sealed, and "
      "a probe that runs it restarts the server again and again before anybody can unseal it",
      value.empty() ? "add" : "set " + value + " to");
}

void check(Context& context) {
  for (const auto& [workload, container] : containers_without(context, field)) {
    DraftRef draft =
        context.report_missing(*workload, container->node, field,
                               fmt::format("container {} of {} has no liveness probe: nobody notices when it hangs",
                                           container->name, workload->title()));
    if (may_be_sealed(*container)) draft.hint(sealed_hint(custom_value(context, *workload, *container)));
  }
}

}  // namespace

extern const Rule rule{
    .name = "liveness-probe-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Liveness probe failure recovery",
    .peers = "kube-linter/no-liveness-probe, polaris/livenessProbeMissing",
    .summary = "A long-running container has no liveness probe",
    .remedy = "Add a liveness probe that asks the process itself, not what it depends on.",
    .documentation = R"(## What it does
Finds containers without a liveness probe, side-cars (init containers with `restartPolicy: Always`) included. Jobs,
hooks, tests, other init containers and pods that end by themselves need none. Neither does a container that only
sleeps: `sleep infinity`, `tail -f /dev/null`, the pause image.

A probe of Vault or OpenBao must pass while the server is sealed or not initialised. `vault status` ends with 2 then:
a probe that runs it restarts the server before anybody can unseal it.

## Why
A process that hangs without ending stays as it is until somebody looks. With a liveness probe the kubelet restarts
it.

## Example
```yaml
# wrong
containers:
  - name: odoo
    image: odoo:18.0.7
```
```yaml
# right
containers:
  - name: odoo
    image: odoo:18.0.7
    livenessProbe:
      httpGet: {path: /health/live, port: http}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::liveness_probe_missing
