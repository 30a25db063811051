#include <fmt/format.h>

#include "lint/support/pod_security.h"
#include "lint/support/root_work.h"

namespace rhumb::lint::root_user {
namespace {

bool adds_capabilities(const Container& container) {
  for (const Node each : container.node["securityContext"]["capabilities"]["add"]) {
    if (each.text() != "NET_BIND_SERVICE") return true;
  }
  return false;
}

constexpr std::string_view another_user =
    "set {runAsUser}{values} to the id of another user of the image, and {runAsNonRoot} to true";
constexpr std::string_view never_root =
    "set {runAsNonRoot} to true{values}, and {runAsUser} to a number where the user of the image is root or a name";

/// A folder or file of the node that the container may write to; empty for none.
std::string path_to_write(const Workload& workload, const Container& container) {
  for (const manifest::Volume& volume : manifest::volumes(workload)) {
    if (volume.source() != "hostPath") continue;
    for (const manifest::Mount& mount : volume.mounts) {
      const bool is_its_own = mount.container != nullptr && mount.container->node == container.node;
      if (is_its_own && !mount.read_only) return std::string(volume.node["hostPath"]["path"].scalar_text());
    }
  }
  return {};
}

/// Where no other user will do, what will; empty where one does.
std::string remedy_without_user(const Context& context, const Workload& workload, const Container& container) {
  std::string instead = without_root(context, workload, container);
  if (!instead.empty()) return instead;
  if (adds_capabilities(container)) {
    const bool from_files = container.node["securityContext"]["allowPrivilegeEscalation"].scalar_text() != "false";
    return from_files ? "no other user gets the capabilities that are added: give them to the program's file in the "
                        "image, and set runAsUser and runAsNonRoot, or accept the finding on purpose"
                      : "no other user gets the capabilities that are added, nor, without allowPrivilegeEscalation, "
                        "those of a program's file: do without them, or accept the finding on purpose";
  }
  // fsGroup does not give it to a group.
  if (const std::string path = path_to_write(workload, container); !path.empty()) {
    return fmt::format(
        "another user may write to {} of the node only where the node gives it to that user's group: "
        "see to that, and set runAsUser and runAsNonRoot, or accept the finding on purpose",
        path);
  }
  return {};
}

/// What a container says itself stands, whatever its pod says.
void add_shared(const Context& context, const Workload& workload, const Container& container, const RootFault& fault,
                SharedFaults& shared) {
  std::string hint = remedy_without_user(context, workload, container);
  const bool another_will_do = hint.empty();
  const bool is_zero = fault.kind == RootFault::Kind::user_zero;
  if (another_will_do) {
    hint = is_zero
               ? "set runAsUser to the id of another user of the image, and runAsNonRoot to true"
               : "set runAsNonRoot to true, and runAsUser to a number where the user of the image is root or a name";
  }
  const std::string_view values_hint = is_zero ? another_user : never_root;
  shared.add(fault.setting.node, title(container), std::move(hint),
             std::string(another_will_do ? values_hint : std::string_view()));
}

void check_container(Context& context, const Workload& workload, const Container& container, SharedFaults& shared) {
  const auto fault = root_fault(context, workload, container);
  if (!fault) return;
  if (fault->kind == RootFault::Kind::unset) {
    report_path(context, workload, container.node, {"securityContext", "runAsNonRoot"},
                title(container) + " may run as root: neither runAsNonRoot nor runAsUser is set")
        .hint_of_values(std::string(never_root));
  } else {
    add_shared(context, workload, container, *fault, shared);
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (may_be_root(context, *workload) || manifest::is_windows(*workload)) continue;
    SharedFaults shared;
    for (const Container& container : workload->containers) check_container(context, *workload, container, shared);
    shared.report(context, *workload, [](Node node, const std::string& who) {
      return node.key() == "runAsUser" ? "user 0 runs " + who : "runAsNonRoot is false, root may run " + who;
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "root-user",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS restricted",
    .peers = "kube-linter/run-as-non-root, polaris/runAsRootAllowed",
    .summary = "A container may run as root",
    .remedy =
        "Set runAsNonRoot: true for the pod, and runAsUser to a number where the user of the image is root or a name.",
    .documentation = R"(## What it does
Finds containers that run as user 0, or that nothing keeps from it: no `runAsUser` is set, and `runAsNonRoot` is not
`true`. What a container says itself comes before what its pod says. Pods with users of their own (`hostUsers: false`)
are left alone from Kubernetes 1.35 on, as in the Pod Security Standards.

## Why
Root in a container is root on the node as soon as one lock breaks, and may change what the image holds before.

## Example
```yaml
# wrong
spec:
  containers:
    - name: app
```
```yaml
# right
spec:
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
  containers:
    - name: app
```
)",
    .check = check,
};

}  // namespace rhumb::lint::root_user
