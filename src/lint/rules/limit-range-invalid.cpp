#include <fmt/format.h>

#include <set>

#include "lint/context.h"

namespace rhumb::lint::limit_range_invalid {
namespace {

struct Order {
  std::string_view smaller;
  std::string_view larger;
};
/// As validateLimitRangeSpec.
constexpr Order orders[] = {{"min", "max"},     {"min", "defaultRequest"}, {"min", "default"},
                            {"default", "max"}, {"defaultRequest", "max"}, {"defaultRequest", "default"}};

class Checker {
 public:
  Checker(Context& context, const Object& object, Node item) : context_(context), object_(object), item_(item) {}

  void check() {
    const std::string_view type = item_["type"].text();
    if (type == "Pod") {
      for (const std::string_view key : {"default", "defaultRequest"}) {
        if (!item_[key].empty()) say(item_[key], fmt::format("{} may not be set for the type Pod", key));
      }
    }
    if (type == "PersistentVolumeClaim" && item_["min"]["storage"].is_null() && item_["max"]["storage"].is_null()) {
      say(item_, "neither a minimum nor a maximum of storage is set for claims");
    }
    for (const Order& order : orders) compare(order);
    if (!item_["maxLimitRequestRatio"].is_map()) return;
    for (const Node ratio : item_["maxLimitRequestRatio"]) check_ratio(ratio);
  }

 private:
  void compare(const Order& order) {
    const Node smaller = item_[order.smaller];
    if (!smaller.is_map()) return;
    for (const Node entry : smaller) {
      const Node other = item_[order.larger][entry.key()];
      const auto low = manifest::quantity(entry);
      const auto high = manifest::quantity(other);
      // One amount that is too large breaks several orders.
      if (!low || !high || *low <= *high || !seen_.insert(entry.node()).second) continue;
      say(entry, fmt::format("{} of {} is {}, more than {} of {}", order.smaller, entry.key(), entry.scalar_text(),
                             order.larger, other.scalar_text()));
    }
  }

  void check_ratio(Node ratio) {
    const auto amount = manifest::quantity(ratio);
    if (amount && *amount < *manifest::Quantity::parse("1")) {
      say(ratio, fmt::format("maxLimitRequestRatio of {} is {}, less than 1", ratio.key(), ratio.scalar_text()));
    }
  }

  void say(Node node, std::string message) { context_.report(object_, node, std::move(message)); }

  Context& context_;
  const Object& object_;
  Node item_;
  std::set<const yaml::TreeNode*> seen_;
};

void check(Context& context) {
  for (const Object* object : context.of_kind("LimitRange")) {
    if (!object->spec()["limits"].is_list()) continue;
    for (const Node item : object->spec()["limits"]) Checker(context, *object, item).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "limit-range-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: LimitRange defaults",
    .summary = "The amounts of a LimitRange contradict one another",
    .remedy = "Keep min ≤ defaultRequest ≤ default ≤ max.",
    .documentation = R"(## What it does
Checks the order of the amounts of every entry, min ≤ defaultRequest ≤ default ≤ max, that a ratio is 1 or more, that
the type Pod has no defaults, and that the type PersistentVolumeClaim has a minimum or a maximum.

## Why
The API server refuses the object, and the namespace is left without limits.

## Example
```yaml
# wrong
kind: LimitRange
spec:
  limits:
    - type: Container
      default: {memory: 256Mi}
      defaultRequest: {memory: 512Mi}
```
```yaml
# right
kind: LimitRange
spec:
  limits:
    - type: Container
      default: {memory: 512Mi}
      defaultRequest: {memory: 256Mi}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::limit_range_invalid
