#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/reachability.h"
#include "lint/support/recognize.h"
#include "rhumb/base/wildcard.h"

namespace rhumb::lint::database_reachable {
namespace {

constexpr Parameter parameters[] = {
    {"clients", ParameterType::list, "",
     "names of the workloads that may connect, * and ? are wildcards; empty: whoever a policy names by labels"},
};

std::string_view who(WideOpening::Width width) {
  switch (width) {
    case WideOpening::Width::everyone: return "everybody";
    case WideOpening::Width::cluster: return "every pod of the cluster";
    case WideOpening::Width::namespace_: return "every pod of a namespace";
    case WideOpening::Width::network: return "every pod within a range of addresses";
  }
  return "everybody";
}

std::string door_of(const Database& database) { return fmt::format("port {} of {}", database.port, database.title()); }

/// What lets in too many, with all that it leads to: one line of a policy that selects several databases is one fault.
class Openings {
 public:
  void add(const WideOpening& opening, const Database& database) {
    const auto known =
        std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.opening.node == opening.node; });
    if (known == all_.end()) {
      all_.push_back({opening, door_of(database)});
    } else {
      known->doors += ", " + door_of(database);
    }
  }

  void report(Context& context) const {
    for (const auto& [opening, doors] : all_) {
      const std::string message = fmt::format("{} may connect to {}", who(opening.width), doors);
      // A whole rule that says of nobody whom it lets in: the values may have left that out.
      if (opening.width == WideOpening::Width::everyone && opening.node.is_map() && !opening.node["ports"].is_null() &&
          !opening.node["from"]) {
        context.report_missing(*opening.policy, opening.node, "from", message);
      } else {
        context.report(*opening.policy, opening.node, message);
      }
    }
  }

 private:
  struct Entry {
    WideOpening opening;
    std::string doors;
  };
  std::vector<Entry> all_;
};

class Checker {
 public:
  Checker(Context& context, Openings& openings, const Database& database)
      : context_(context), openings_(openings), database_(database) {}

  void check() {
    const Workload& workload = *database_.workload;
    if (!is_guarded(context_.workloads(), workload)) {
      context_.report(workload, workload.object->metadata()["name"],
                      fmt::format("no NetworkPolicy guards {}: every pod of the cluster may connect to port {}",
                                  database_.title(), database_.port));
      return;
    }
    const std::vector<WideOpening> wide = openings(context_.workloads(), workload, database_.port);
    for (const WideOpening& opening : wide) openings_.add(opening, database_);
    if (context_.list("clients").empty()) return;
    for (const Workload& other : context_.workloads().all()) check_client(other, wide);
  }

 private:
  void check_client(const Workload& other, const std::vector<WideOpening>& wide) {
    const std::vector<std::string>& clients = context_.list("clients");
    const bool is_allowed = std::any_of(clients.begin(), clients.end(), [&](const std::string& name) {
      return wildcard_match(name, other.object->name);
    });
    if (&other == database_.workload || is_allowed) return;
    const Passage way = passage(context_.workloads(), other, *database_.workload, database_.port);
    // What lets everybody in was said already.
    const bool is_said =
        std::any_of(wide.begin(), wide.end(), [&](const WideOpening& each) { return each.node == way.node; });
    if (!way.is_open || way.policy == nullptr || is_said) return;
    context_.report(*way.policy, way.node, fmt::format("{} may connect to {}", other.title(), door_of(database_)))
        .key(other.title());
  }

  Context& context_;
  Openings& openings_;
  const Database& database_;
};

void check(Context& context) {
  Openings openings;
  for (const Database& database : databases(context.workloads())) {
    context.applies();
    Checker(context, openings, database).check();
  }
  openings.report(context);
}

}  // namespace

extern const Rule rule{
    .name = "database-reachable",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Odoo to PostgreSQL access",
    .yields_to = "network-policy-missing",
    .summary = "Pods that have no business with a database may connect to it",
    .remedy = "Select the database with a NetworkPolicy that names its clients by their labels.",
    .documentation = R"(## What it does
Recognises servers of PostgreSQL, MySQL, MariaDB and MongoDB, and reads the NetworkPolicies that select them as Kubernetes
does: a fault is a server that no policy for ingress selects, and a rule for its port that lets in everybody, every pod of a
namespace or of the cluster, or a range of addresses that holds them. With `clients` every other workload of the release
that a policy lets through is found as well.

## Why
A single pod that is taken over must not be able to talk to the database.

## Example
```yaml
# wrong
ingress:
  - from: [{podSelector: {}}]
    ports: [{port: 5432}]
```
```yaml
# right
ingress:
  - from: [{podSelector: {matchLabels: {app.kubernetes.io/name: odoo}}}]
    ports: [{port: 5432}]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::database_reachable
