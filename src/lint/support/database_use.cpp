#include "lint/support/database_use.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Whether a host is a Service of the database, or one of its pods by name.
bool is_host_of(std::string_view host, const Object& service, const Workload& database, const Workload& client) {
  const std::string pods = std::string(database.object->name) + "-";
  if (host.starts_with(pods)) {
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    const std::string_view ordinal = host.substr(pods.size(), dot - pods.size());
    if (ordinal.empty() || ordinal.find_first_not_of("0123456789") != std::string_view::npos) return false;
    host = host.substr(dot + 1);
  }
  if (host == service.name) return client.namespace_() == service.namespace_;
  const std::string full = fmt::format("{}.{}", service.name, service.namespace_);
  return host == full || host.starts_with(full + ".");
}

/// "postgres" of "postgresql://user@postgres:5432/db"; a variable must say that it is a host where it names no port.
std::string_view host_in(std::string_view name, std::string_view value) {
  const std::size_t scheme = value.find("://");
  std::string_view host = value;
  if (scheme != std::string_view::npos) {
    host = value.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?"));
    host = host.substr(host.rfind('@') + 1);
  } else if (!strings::contains(name, "HOST") && !strings::contains(name, "ADDR") &&
             !strings::contains(name, "SERVER")) {
    return {};
  }
  return host.substr(0, host.find(':'));
}

}  // namespace

std::optional<LiteralEnv> database_use(const Workloads& workloads, const Workload& client, const Workload& database) {
  const std::vector<const Object*> services = workloads.services(database);
  for (const Container& container : client.containers) {
    for (LiteralEnv& env : literal_env(workloads.objects(), client, container)) {
      const std::string_view host = host_in(strings::to_upper(env.name), env.value);
      const bool is_used = !host.empty() && std::any_of(services.begin(), services.end(), [&](const Object* service) {
        return is_host_of(host, *service, database, client);
      });
      if (is_used) return std::move(env);
    }
  }
  return {};
}

}  // namespace rhumb::lint
