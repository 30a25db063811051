#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lint/context.h"
#include "lint/support/literal_env.h"
#include "lint/support/reachability.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::database_unreachable {
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

class Checker {
 public:
  Checker(Context& context, const Database& database)
      : context_(context), database_(database), services_(context.workloads().services(*database.workload)) {}

  void check(const Workload& client) {
    if (&client == database_.workload || client.object->role == manifest::Role::test) return;
    const auto named = find_use(client);
    if (!named) return;
    context_.applies();
    const Passage way = passage(context_.workloads(), client, *database_.workload, database_.port);
    if (!way.is_closed) return;
    context_
        .report(
            client, client.pod_metadata["labels"].is_map() ? client.pod_metadata["labels"] : client.pod_spec,
            fmt::format("{} connects to {} ({}), but no NetworkPolicy lets its pods {} port {}", client.title(),
                        database_.title(), named->name, way.is_closed_by_source ? "out to" : "in to", database_.port))
        .related(*named->object, named->node, "the database is named here")
        .key(database_.title());
  }

 private:
  std::optional<LiteralEnv> find_use(const Workload& client) const {
    for (const Container& container : client.containers) {
      for (LiteralEnv& env : literal_env(context_.objects(), client, container)) {
        const std::string_view host = host_in(strings::to_upper(env.name), env.value);
        const bool is_used =
            !host.empty() && std::any_of(services_.begin(), services_.end(), [&](const Object* service) {
              return is_host_of(host, *service, *database_.workload, client);
            });
        if (is_used) return std::move(env);
      }
    }
    return {};
  }

  Context& context_;
  const Database& database_;
  std::vector<const Object*> services_;
};

void check(Context& context) {
  for (const Database& database : databases(context.workloads())) {
    Checker checker(context, database);
    for (const Workload& workload : context.workloads().all()) checker.check(workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "database-unreachable",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Odoo to PostgreSQL access",
    .summary = "NetworkPolicies keep a client away from the database that it uses",
    .remedy = "Let the client's pods out to the database's port, and in on the database's side.",
    .documentation = R"(## What it does
Finds workloads whose environment, ConfigMaps of the release included, names a database of the same release as a host or in
a URL, and checks both sides: the policies for egress that select the client and those for ingress that select the
database must have a rule for its port.

## Why
A policy that is too narrow shows as a time-out in the client, which looks like a database that is down.

## Example
```yaml
# wrong: the backup's pods are not among the peers
ingress:
  - from: [{podSelector: {matchLabels: {app.kubernetes.io/name: odoo}}}]
    ports: [{port: 5432}]
```
```yaml
# right
ingress:
  - from:
      - podSelector: {matchLabels: {app.kubernetes.io/name: odoo}}
      - podSelector: {matchLabels: {app.kubernetes.io/name: postgres-backup}}
    ports: [{port: 5432}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::database_unreachable
