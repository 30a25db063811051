#include "lint/support/spreading.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

constexpr std::string_view namespace_label = "kubernetes.io/metadata.name";

/// Whether all that the selector asks for is known: the label that every namespace has.
bool is_decidable(const manifest::LabelSelector& selector) {
  const auto known = [](const std::string& key) { return key == namespace_label; };
  return std::all_of(selector.match_labels.begin(), selector.match_labels.end(),
                     [&](const auto& label) { return known(label.first); }) &&
         std::all_of(selector.match_expressions.begin(), selector.match_expressions.end(),
                     [&](const auto& expression) { return known(expression.key); });
}

bool covers_own_namespace(Node term, const Workload& workload, const Objects& objects) {
  const std::vector<std::string> names = term["namespaces"].texts();
  const Node selector = term["namespaceSelector"];
  if (names.empty() && selector.is_null()) return true;
  if (std::find(names.begin(), names.end(), workload.namespace_()) != names.end()) return true;
  if (selector.is_null()) return false;
  manifest::Labels labels;
  const Object* const own = objects.find("", "Namespace", "", workload.namespace_());
  if (own != nullptr) labels = own->labels;
  labels.insert_or_assign(std::string(namespace_label), std::string(workload.namespace_()));
  if (manifest::selector_of(selector).matches(labels)) return true;
  return own == nullptr && !is_decidable(manifest::read_selector(selector));
}

bool any_label(Node keys, const manifest::Labels& labels) {
  const std::vector<std::string> names = keys.texts();
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return labels.count(name) != 0; });
}

class Collector {
 public:
  Collector(const Workload& workload, const Objects& objects) : workload_(workload), objects_(objects) {}

  std::vector<SpreadTerm> collect() {
    const Node affinity = workload_.pod_spec["affinity"]["podAntiAffinity"];
    for (const Node term : items(affinity["requiredDuringSchedulingIgnoredDuringExecution"])) add_term(term, true);
    for (const Node weighted : items(affinity["preferredDuringSchedulingIgnoredDuringExecution"])) {
      add_term(weighted["podAffinityTerm"], false);
    }
    for (const Node constraint : items(workload_.pod_spec["topologySpreadConstraints"])) add_constraint(constraint);
    return std::move(terms_);
  }

 private:
  static Node items(Node list) { return list.is_list() ? list : Node(); }

  /// matchLabelKeys ask for the pod's own values, so they never rule it out.
  bool matches_own(Node term) const { return manifest::selector_of(term["labelSelector"]).matches(workload_.labels); }

  void add_term(Node term, bool is_hard) {
    if (!term.is_map()) return;
    // mismatchLabelKeys ask for other values than the pod's own.
    const bool own = matches_own(term) && covers_own_namespace(term, workload_, objects_) &&
                     !any_label(term["mismatchLabelKeys"], workload_.labels);
    terms_.push_back({term, term["labelSelector"], term["topologyKey"].text(), false, is_hard, own});
  }

  void add_constraint(Node constraint) {
    if (!constraint.is_map()) return;
    const bool is_hard = constraint["whenUnsatisfiable"].text() == "DoNotSchedule";
    terms_.push_back({constraint, constraint["labelSelector"], constraint["topologyKey"].text(), true, is_hard,
                      matches_own(constraint)});
  }

  const Workload& workload_;
  const Objects& objects_;
  std::vector<SpreadTerm> terms_;
};

}  // namespace

std::vector<SpreadTerm> spread_terms(const Workload& workload, const Objects& objects) {
  return Collector(workload, objects).collect();
}

const SpreadTerm* first_foreign(const std::vector<SpreadTerm>& terms) {
  const auto found = std::find_if(terms.begin(), terms.end(), [](const SpreadTerm& term) { return !term.selects_own; });
  return found == terms.end() ? nullptr : &*found;
}

bool shares_label(Node selector, const manifest::Labels& labels) {
  const manifest::LabelSelector read = manifest::read_selector(selector);
  const auto holds = [&](const std::string& key, const std::string& value) {
    const auto found = labels.find(key);
    return found != labels.end() && found->second == value;
  };
  return std::any_of(read.match_labels.begin(), read.match_labels.end(),
                     [&](const auto& label) { return holds(label.first, label.second); }) ||
         std::any_of(read.match_expressions.begin(), read.match_expressions.end(), [&](const auto& expression) {
           return expression.op == "In" && expression.values.size() == 1 &&
                  holds(expression.key, expression.values.front());
         });
}

}  // namespace rhumb::lint
