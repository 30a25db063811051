// What the rules of the Pod Security Standards have in common. They look at every pod, hooks and Jobs included: the
// admission that they foresee does so too.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/context.h"
#include "rhumb/manifest/security_context.h"

namespace rhumb::lint {

/// `container "odoo"`, `init container "migrate"`.
std::string title(const Container& container);

/// How the message calls the container that the node is of: as its title, or `container odoo`. Empty where it does not.
std::string container_in(std::string_view message, const Workloads& workloads, const Object& object, Node node);

/// Reports the field at the end of a path of keys below `from`, or, at the nearest parent there is, that it is missing.
DraftRef report_path(Context& context, const Workload& workload, Node from,
                     std::initializer_list<std::string_view> path, std::string message);

/// The items of a list of the container's capabilities: "add" or "drop"; none where there is no such list.
Node capabilities(const Container& container, std::string_view list);
/// By the standard baseline: those that container runtimes grant anyway may be added.
bool is_default_capability(std::string_view capability);

/// Whether a seccompProfile confines: RuntimeDefault or Localhost.
bool is_confining(Node seccomp_profile);

/// Why a container may run as root.
struct RootFault {
  enum class Kind : std::uint8_t {
    user_zero,    // runAsUser is 0
    not_refused,  // no user is set, and runAsNonRoot is false
    unset,        // neither is set: the image decides
  };
  Kind kind = Kind::unset;
  manifest::SecuritySetting setting;  // that says so; none for `unset`
};
/// None where the container runs as another user or does not start as root.
std::optional<RootFault> root_fault(const Context& context, const Workload& workload, const Container& container);
/// The standard lets root be in pods with users of their own, from version 1.35 on.
bool may_be_root(const Context& context, const Workload& workload);
/// Pods that declare Windows are spared what Windows does not have, from version 1.25 on.
bool is_spared_windows(const Context& context, const Workload& workload);

/// Settings of pods reach several containers and are one fault: reports each place once, with all who are concerned.
class SharedFaults {
 public:
  /// `hint`: what to do here, where that is more than the rule's remedy; `values_hint` as DraftRef::hint_of_values.
  void add(Node node, std::string who, std::string hint = {}, std::string values_hint = {});
  /// message(who): "containers a and b ...".
  template <typename Message>
  void report(Context& context, const Workload& workload, const Message& message) const {
    for (const Fault& fault : faults_) {
      context.report(workload, fault.node, message(fault.node, joined(fault.names)))
          .hint(fault.hint)
          .hint_of_values(fault.values_hint);
    }
  }

  /// "a, b and c"
  static std::string joined(const std::vector<std::string>& names);

 private:
  struct Fault {
    Node node;
    std::vector<std::string> names;
    std::string hint;
    std::string values_hint;
  };

  std::vector<Fault> faults_;
};

/// Calls visit(Node setting, const std::string& who) for the pod's setting of that name, then for those that the
/// containers make themselves; null is no setting.
template <typename Visit>
void each_own_setting(const Workload& workload, std::string_view field, const Visit& visit) {
  const Node of_pod = workload.pod_spec["securityContext"][field];
  if (!of_pod.is_null()) visit(of_pod, std::string("the pod"));
  for (const Container& container : workload.containers) {
    const Node own = container.node["securityContext"][field];
    if (!own.is_null()) visit(own, title(container));
  }
}

}  // namespace rhumb::lint
