#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_metric_invalid {
namespace {

struct Source {
  std::string_view type;
  std::string_view field;
  std::array<std::string_view, 2> amounts;  // that its target may have; the second may be empty
};
constexpr std::array sources{
    Source{"Resource", "resource", {"averageUtilization", "averageValue"}},
    Source{"ContainerResource", "containerResource", {"averageUtilization", "averageValue"}},
    Source{"Pods", "pods", {"averageValue", ""}},
    Source{"Object", "object", {"value", "averageValue"}},
    Source{"External", "external", {"value", "averageValue"}},
};

/// The amount that a target's type speaks of; empty for no such type.
std::string_view amount_of(std::string_view type) {
  if (type == "Utilization") return "averageUtilization";
  if (type == "Value") return "value";
  return type == "AverageValue" ? "averageValue" : "";
}

/// As validation of the group autoscaling does, Kubernetes 1.34.
class Checker {
 public:
  Checker(Context& context, const Object& hpa) : context_(context), hpa_(hpa) {}

  void check(Node metric) {
    const std::string_view type = metric["type"].text();
    const auto* const source =
        std::find_if(sources.begin(), sources.end(), [&](const Source& each) { return each.type == type; });
    if (source == sources.end()) return say(metric, "type", "a metric has no type that there is");
    const Node body = metric[source->field];
    if (!body.is_map())
      return say(metric, source->field, fmt::format("a metric of type {} needs {}", type, source->field));
    if (!body["target"].is_map()) return say(body, "target", fmt::format("a metric of type {} needs a target", type));
    check_target(*source, body["target"]);
    if (type == "ContainerResource") check_container(body);
  }

 private:
  void say(Node parent, std::string_view key, std::string_view what) {
    context_.report_field(hpa_, parent, key, fmt::format("{}: {}", title_of(hpa_), what));
  }

  void check_target(const Source& source, Node target) {
    const std::string_view type = target["type"].text();
    const std::string_view named = amount_of(type);
    if (named.empty())
      return say(target, "type", "the target of a metric is none of Utilization, Value and AverageValue");
    std::vector<std::string_view> given;
    for (const std::string_view amount : source.amounts) {
      if (!amount.empty() && !target[amount].is_null()) given.push_back(amount);
    }
    if (given.empty()) {
      const bool fits = std::find(source.amounts.begin(), source.amounts.end(), named) != source.amounts.end();
      const std::string_view wanted = fits ? named : source.amounts.front();
      return say(target, wanted, fmt::format("the target of a metric of type {} needs {}", source.type, wanted));
    }
    if (given.size() > 1 && source.type != "Object") {
      return say(target, given.back(), fmt::format("a target has both {} and {}", given.front(), given.back()));
    }
    check_type(source, target, given);
    for (const std::string_view amount : given) check_amount(target, amount);
  }

  /// The field that is filled counts, whatever the type says: 70 may be seventy processors. Pods and External metrics
  /// mean the same either way.
  void check_type(const Source& source, Node target, const std::vector<std::string_view>& given) {
    const std::string_view type = target["type"].text();
    if (source.type == "Pods" || source.type == "External") return;
    if (std::find(given.begin(), given.end(), amount_of(type)) != given.end()) return;
    say(target, given.front(), fmt::format("a target says {} and gives {}", type, given.front()));
  }

  void check_amount(Node target, std::string_view amount) {
    const Node field = target[amount];
    const auto read = manifest::quantity(field);
    if (read && !read->is_zero() && !read->is_negative()) return;
    say(target, amount, fmt::format("{} {} is not a positive amount", amount, field.scalar_text()));
  }

  void check_container(Node body) {
    const std::string_view name = body["container"].text();
    if (name.empty()) return say(body, "container", "a metric of type ContainerResource needs a container");
    const manifest::ScaleTarget target = manifest::scale_target(hpa_);
    const Workload* workload = context_.workloads().find(target.group, target.kind, hpa_.namespace_, target.name);
    if (workload == nullptr) return;
    const bool found = std::any_of(workload->containers.begin(), workload->containers.end(),
                                   [&](const Container& each) { return each.runs_on() && each.name == name; });
    if (!found) say(body, "container", fmt::format("{} has no container {}", workload->title(), name));
  }

  Context& context_;
  const Object& hpa_;
};

void check(Context& context) {
  for (const Object* hpa : context.of_kind("HorizontalPodAutoscaler")) {
    // v1 has no metrics, v2beta1 another form, and is gone.
    if (hpa->version != "v2" && hpa->version != "v2beta2") continue;
    const Node metrics = hpa->spec()["metrics"];
    if (!metrics.is_list()) continue;
    for (const Node metric : metrics) Checker(context, *hpa).check(metric);
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-metric-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "A metric of an autoscaler is refused, or does not mean what its type says",
    .remedy = "Let the type of each metric and of its target name the field that is filled, with a positive amount.",
    .documentation = R"(## What it does
Checks the metrics of `autoscaling/v2`: the field that the metric's type names must be there, with a target of a known
type and exactly one positive amount that the metric can have; the amount must be the one that the target's type names;
and a ContainerResource metric must name a container of the scaled pods.

## Why
Most of it is refused by the API server. An amount of another kind than the type is taken as what it is: an
`averageValue` of 70 is seventy processors, and nothing is ever scaled.

## Example
```yaml
# wrong
target:
  type: Utilization
  averageValue: 70
```
```yaml
# right
target:
  type: Utilization
  averageUtilization: 70
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_metric_invalid
