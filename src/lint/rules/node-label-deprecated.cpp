#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"

namespace rhumb::lint::node_label_deprecated {
namespace {

struct Label {
  std::string_view name;
  std::string_view since;
  std::string_view replacement;
};

constexpr std::array labels{
    Label{"beta.kubernetes.io/arch", "1.14", "kubernetes.io/arch"},
    Label{"beta.kubernetes.io/os", "1.14", "kubernetes.io/os"},
    Label{"failure-domain.beta.kubernetes.io/region", "1.17", "topology.kubernetes.io/region"},
    Label{"failure-domain.beta.kubernetes.io/zone", "1.17", "topology.kubernetes.io/zone"},
    Label{"beta.kubernetes.io/instance-type", "1.17", "node.kubernetes.io/instance-type"},
};

class Check {
 public:
  Check(Context& context, const Object& object) : context_(context), object_(object) {}

  void label(std::string_view name, Node node) const {
    const auto* const found =
        std::find_if(labels.begin(), labels.end(), [&](const Label& known) { return known.name == name; });
    if (found == labels.end()) return;
    context_
        .report(object_, node,
                fmt::format("the label {} of nodes is deprecated since Kubernetes {}", name, found->since))
        .hint(fmt::format("use {}", found->replacement));
  }

  void terms(Node terms) const {
    for (const Node term : terms) {
      const Node own = term["preference"] ? term["preference"] : term;
      for (const Node expression : own["matchExpressions"]) label(expression["key"].scalar_text(), expression["key"]);
    }
  }

  void topology(Node affinity) const {
    for (const std::string_view field :
         {"requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"}) {
      for (const Node term : affinity[field]) {
        const Node own = term["podAffinityTerm"] ? term["podAffinityTerm"] : term;
        label(own["topologyKey"].scalar_text(), own["topologyKey"]);
      }
    }
  }

 private:
  Context& context_;
  const Object& object_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Check look(context, *workload->object);
    const Node spec = workload->pod_spec;
    for (const Node entry : spec["nodeSelector"]) look.label(entry.key(), entry);
    const Node nodes = spec["affinity"]["nodeAffinity"];
    look.terms(nodes["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]);
    look.terms(nodes["preferredDuringSchedulingIgnoredDuringExecution"]);
    look.topology(spec["affinity"]["podAffinity"]);
    look.topology(spec["affinity"]["podAntiAffinity"]);
    for (const Node spread : spec["topologySpreadConstraints"]) {
      look.label(spread["topologyKey"].scalar_text(), spread["topologyKey"]);
    }
  }
  for (const Object* volume : context.objects().of_kind("PersistentVolume")) {
    Check(context, *volume).terms(volume->spec()["nodeAffinity"]["required"]["nodeSelectorTerms"]);
  }
}

}  // namespace

extern const Rule rule{
    .name = "node-label-deprecated",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Pods are placed by a label of nodes that is deprecated",
    .remedy = "Use the label that the hint names.",
    .documentation = R"(## What it does
Looks for the beta labels of nodes in `nodeSelector`, in affinities, in topology keys and in the affinity of
PersistentVolumes. The API server warns about the same.

## Why
New kinds of nodes do not carry them any more: pods stay pending, or are spread over zones that do not exist.

## Example
```yaml
# wrong
nodeSelector: {beta.kubernetes.io/os: linux}
```
```yaml
# right
nodeSelector: {kubernetes.io/os: linux}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::node_label_deprecated
