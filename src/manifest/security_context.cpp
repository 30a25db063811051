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

}  // namespace

SecuritySetting security_setting(const Workload& workload, const Container& container, std::string_view field) {
  const Node own = container.node["securityContext"][field];
  if (!own.is_null()) return {own, false};
  if (std::find(shared_fields.begin(), shared_fields.end(), field) == shared_fields.end()) return {};
  const Node of_pod = workload.pod_spec["securityContext"][field];
  if (of_pod.is_null()) return {};
  return {of_pod, true};
}

bool is_windows(const Workload& workload) { return workload.pod_spec["os"]["name"].text() == "windows"; }

bool has_user_namespace(const Workload& workload) {
  const auto host_users = workload.pod_spec["hostUsers"].boolean();
  return host_users.has_value() && !*host_users;
}

}  // namespace rhumb::manifest
