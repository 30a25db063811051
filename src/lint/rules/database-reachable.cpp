#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lint/context.h"
#include "lint/remedy.h"
#include "lint/support/database_use.h"
#include "lint/support/reachability.h"
#include "lint/support/recognize.h"
#include "lint/support/trials.h"
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
      all_.push_back({opening, door_of(database), {&database}});
    } else {
      known->doors += ", " + door_of(database);
      known->databases.push_back(&database);
    }
  }

  void report(Context& context) const {
    Trials trials(context.run());
    for (const Entry& entry : all_) {
      const WideOpening& opening = entry.opening;
      const std::string message = fmt::format("{} may connect to {}", who(opening.width), entry.doors);
      // A whole rule that says of nobody whom it lets in: the values may have left that out.
      if (opening.width == WideOpening::Width::everyone && opening.node.is_map() && !opening.node["ports"].is_null() &&
          !opening.node["from"]) {
        context.report_missing(*opening.policy, opening.node, "from", message).hint(hint_for(context, entry, trials));
      } else {
        context.report(*opening.policy, opening.node, message);
      }
    }
  }

 private:
  struct Entry {
    WideOpening opening;
    std::string doors;
    std::vector<const Database*> databases;
  };

  /// How to close it by a value, and by which label clients come in then; empty where that cannot be told.
  static std::string hint_for(Context& context, const Entry& entry, Trials& trials) {
    const auto slot = slot_for_peers(context.run(), entry.opening);
    const Run* const trial = slot ? trials.with(*slot) : nullptr;
    const Object* const policy = trial == nullptr ? nullptr : counterpart(*trial, *entry.opening.policy);
    const std::string label = policy == nullptr ? std::string() : label_of_clients(*policy);
    if (label.empty()) return {};
    std::string hint = fmt::format("{}; see that those who need it are let through: by the label {}",
                                   setting_for(*slot, context.run().rendering->sources()), label);
    const std::string lacking = clients_without_leave(*trial, entry);
    return lacking.empty() ? hint : hint + ", which the pods of " + lacking + " do not have";
  }

  /// What left out whom the rule is for.
  static std::optional<render::Slot> slot_for_peers(const Run& run, const WideOpening& opening) {
    if (run.rendering == nullptr) return std::nullopt;
    constexpr std::string_view keys[] = {"from"};
    const std::size_t offset = opening.policy->offset;
    const yaml::TreeNode& rule = *opening.node.node();
    return render::find_slot(*run.rendering, opening.policy->file, rule.begin + offset, rule.end + offset, keys);
  }

  /// The single label that a peer of the policy asks for: `db-client: "true"`.
  static std::string label_of_clients(const Object& policy) {
    for (const Node rule : policy.spec()["ingress"]) {
      if (!rule["from"].is_list()) continue;
      for (const Node peer : rule["from"]) {
        const Node labels = peer["podSelector"]["matchLabels"];
        const bool is_one =
            peer.size() == 1 && peer["podSelector"].size() == 1 && labels.is_map() && labels.size() == 1;
        if (!is_one) continue;
        const yaml::TreeNode& label = labels.children().front();
        return fmt::format("{}: \"{}\"", label.key, Node(&label).scalar_text());
      }
    }
    return {};
  }

  static std::string clients_without_leave(const Run& trial, const Entry& entry) {
    std::string names;
    for (const Database* const database : entry.databases) {
      const Workload* const server = counterpart(trial, *database->workload);
      if (server == nullptr) continue;
      for (const Workload& client : trial.workloads->all()) {
        if (&client == server || client.object->role == manifest::Role::test) continue;
        if (!database_use(*trial.workloads, client, *server)) continue;
        const Passage way = passage(*trial.workloads, client, *server, database->port);
        if (way.is_closed && !way.is_closed_by_source) names += (names.empty() ? "" : ", ") + client.title();
      }
    }
    return names;
  }

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
  const std::vector<Database> all = databases(context.workloads());
  for (const Database& database : all) {
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

Where a switch of the values would name the clients by a label, the help tells the label, and who of those whose settings
name the database does not have it.

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
