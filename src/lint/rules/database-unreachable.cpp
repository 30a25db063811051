#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/database_use.h"
#include "lint/support/reachability.h"
#include "lint/support/recognize.h"

namespace rhumb::lint::database_unreachable {
namespace {

class Checker {
 public:
  Checker(Context& context, const Database& database) : context_(context), database_(database) {}

  void check(const Workload& client) {
    if (&client == database_.workload || client.object->role == manifest::Role::test) return;
    const auto named = database_use(context_.workloads(), client, *database_.workload);
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
  Context& context_;
  const Database& database_;
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
