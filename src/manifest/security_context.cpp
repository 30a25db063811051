#include "rhumb/manifest/security_context.h"

#include <algorithm>
#include <array>

namespace rhumb::manifest {
namespace {

// Fields of both PodSecurityContext and SecurityContext.
constexpr std::array shared_fields{
    std::string_view("runAsUser"),      std::string_view("runAsGroup"),     std::string_view("runAsNonRoot"),
    std::string_view("seccompProfile"), std::string_view("seLinuxOptions"), std::string_view("appArmorProfile"),
    std::string_view("windowsOptions"),
};

// The second is from before 1.14; the kubelet sets both.
constexpr std::array os_labels{std::string_view("kubernetes.io/os"), std::string_view("beta.kubernetes.io/os")};

bool is_os_label(std::string_view key) { return std::find(os_labels.begin(), os_labels.end(), key) != os_labels.end(); }

bool selects_windows(Node pod_spec) {
  const Node selector = pod_spec["nodeSelector"];
  return std::any_of(os_labels.begin(), os_labels.end(),
                     [&](std::string_view label) { return selector[label].text() == "windows"; });
}

bool is_windows_alone(Node term) {
  for (const Node expression : term["matchExpressions"]) {
    const std::vector<std::string> values = expression["values"].texts();
    const bool is_one = values.size() == 1 && values.front() == "windows";
    if (is_one && is_os_label(expression["key"].text()) && expression["operator"].text() == "In") return true;
  }
  return false;
}

/// One of the terms is enough, so all of them must say it.
bool needs_windows(Node pod_spec) {
  const Node terms =
      pod_spec.at({"affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"});
  const auto items = terms.children();
  return terms.is_list() && !items.empty() &&
         std::all_of(items.begin(), items.end(), [](const auto& term) { return is_windows_alone(Node(&term)); });
}

}  // namespace

SecuritySetting security_setting(const Workload& workload, const Container& container, std::string_view field) {
  const Node own = container.node["securityContext"][field];
  if (!own.is_null()) return {own, false};
  if (std::find(shared_fields.begin(), shared_fields.end(), field) == shared_fields.end()) return {};
  const Node of_pod = workload.pod_spec["securityContext"][field];
  if (of_pod.is_null()) return {};
  return {of_pod, true};
}

bool declares_windows(const Workload& workload) { return workload.pod_spec["os"]["name"].text() == "windows"; }

bool is_host_process(const Workload& workload) {
  const auto asks = [](Node holder) { return holder["securityContext"]["windowsOptions"]["hostProcess"].is_true(); };
  return asks(workload.pod_spec) || std::any_of(workload.containers.begin(), workload.containers.end(),
                                                [&](const Container& container) { return asks(container.node); });
}

bool is_windows(const Workload& workload) {
  return declares_windows(workload) || is_host_process(workload) || selects_windows(workload.pod_spec) ||
         needs_windows(workload.pod_spec);
}

bool has_user_namespace(const Workload& workload) {
  const auto host_users = workload.pod_spec["hostUsers"].boolean();
  return host_users.has_value() && !*host_users;
}

}  // namespace rhumb::manifest
