#include "lint/support/pod_security.h"

#include <algorithm>
#include <array>

namespace rhumb::lint {
namespace {

// As capabilities_allowed_1_0 of k8s.io/pod-security-admission/policy.
constexpr std::array default_capabilities{
    std::string_view("AUDIT_WRITE"),  std::string_view("CHOWN"),
    std::string_view("DAC_OVERRIDE"), std::string_view("FOWNER"),
    std::string_view("FSETID"),       std::string_view("KILL"),
    std::string_view("MKNOD"),        std::string_view("NET_BIND_SERVICE"),
    std::string_view("SETFCAP"),      std::string_view("SETGID"),
    std::string_view("SETPCAP"),      std::string_view("SETUID"),
    std::string_view("SYS_CHROOT"),
};

std::string_view kind_name(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::main: return "container";
    case ContainerKind::init: return "init container";
    case ContainerKind::sidecar: return "side-car";
    case ContainerKind::ephemeral: break;
  }
  return "ephemeral container";
}

}  // namespace

std::string title(const Container& container) {
  std::string text(kind_name(container.kind));
  if (container.name.empty()) return text + " without a name";
  return text + " \"" + std::string(container.name) + "\"";
}

namespace {

bool is_within(Node node, Node around) {
  while (node && node != around) node = node.parent();
  return node.exists();
}

/// Whether the text has it, and not as the beginning of a longer name.
bool has_name(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  const std::size_t end = at == std::string_view::npos ? at : at + name.size();
  return end == text.size() ||
         (end < text.size() && std::string_view(" ,:;").find(text[end]) != std::string_view::npos);
}

}  // namespace

std::string container_in(std::string_view message, const Workloads& workloads, const Object& object, Node node) {
  for (const Workload& workload : workloads.all()) {
    if (workload.object != &object) continue;
    for (const Container& container : workload.containers) {
      if (!is_within(node, container.node)) continue;
      const std::string plain = "container " + std::string(container.name);
      for (const std::string& called : {title(container), plain}) {
        if (has_name(message, called)) return called;
      }
    }
  }
  return {};
}

DraftRef report_path(Context& context, const Workload& workload, Node from,
                     std::initializer_list<std::string_view> path, std::string message) {
  const std::string_view* key = path.begin();
  for (; key != path.end() && from[*key].is_map(); ++key) from = from[*key];
  if (key == path.end()) return context.report(workload, from, std::move(message));
  // The last key may be there with a scalar or a list for a value.
  if (key + 1 == path.end() && from[*key]) return context.report(workload, from[*key], std::move(message));
  std::string missing(*key);
  while (++key != path.end()) missing.append(".").append(*key);
  return context.report_missing(workload, from, missing, std::move(message));
}

Node capabilities(const Container& container, std::string_view list) {
  const Node items = container.node["securityContext"]["capabilities"][list];
  return items.is_list() ? items : Node();
}

bool is_default_capability(std::string_view capability) {
  return std::find(default_capabilities.begin(), default_capabilities.end(), capability) != default_capabilities.end();
}

std::optional<RootFault> root_fault(const Context& context, const Workload& workload, const Container& container) {
  const manifest::SecuritySetting user = security_setting(workload, container, "runAsUser");
  const manifest::SecuritySetting non_root = security_setting(workload, container, "runAsNonRoot");
  const auto id = user.node.integer();
  if (id && *id != 0) return {};
  if (id && (context.kube_at_least(1, 23) || !non_root.node.is_true())) {
    return RootFault{RootFault::Kind::user_zero, user};
  }
  if (non_root.node.is_true()) return {};
  if (non_root.node) return RootFault{RootFault::Kind::not_refused, non_root};
  return RootFault{RootFault::Kind::unset, {}};
}

bool may_be_root(const Context& context, const Workload& workload) {
  return context.kube_at_least(1, 35) && manifest::has_user_namespace(workload);
}

bool is_spared_windows(const Context& context, const Workload& workload) {
  return context.kube_at_least(1, 25) && manifest::declares_windows(workload);
}

void SharedFaults::add(Node node, std::string who, std::string hint, std::string values_hint) {
  const auto known =
      std::find_if(faults_.begin(), faults_.end(), [&](const Fault& fault) { return fault.node == node; });
  if (known != faults_.end()) {
    known->names.push_back(std::move(who));
  } else {
    faults_.push_back({node, {std::move(who)}, std::move(hint), std::move(values_hint)});
  }
}

std::string SharedFaults::joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

bool is_confining(Node seccomp_profile) {
  const std::string_view type = seccomp_profile["type"].text();
  return type == "RuntimeDefault" || type == "Localhost";
}

}  // namespace rhumb::lint
