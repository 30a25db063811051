#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::quantity_suspicious {
namespace {

constexpr std::int64_t mebi = 1024 * 1024;

constexpr Parameter parameters[] = {
    {"most-cores", ParameterType::integer, "256", "more cores than this for one container are a slip"},
};

bool is_bytes(std::string_view resource) {
  return resource == "memory" || resource == "storage" || resource == "ephemeral-storage" || resource == "sizeLimit" ||
         resource.starts_with("hugepages-");
}

/// The last part: "memory" of "requests.memory".
std::string_view plain(std::string_view resource) { return resource.substr(resource.rfind('.') + 1); }

class Checker {
 public:
  explicit Checker(Context& context) : context_(context), most_cores_(context.integer("most-cores")) {}

  void pods(const Workload& workload) {
    object_ = workload.object;
    for (const Container& container : workload.containers) sides(container.node["resources"]);
    sides(workload.pod_spec["resources"]);
    for (const manifest::Volume& volume : manifest::volumes(workload)) {
      if (volume.is_claim_template) sides(volume.node["spec"]["resources"]);
      sides(volume.node.at({"ephemeral", "volumeClaimTemplate", "spec", "resources"}));
      amount("sizeLimit", volume.node["emptyDir"]["sizeLimit"], true);
    }
  }

  void claim(const Object& object) {
    object_ = &object;
    sides(object.spec()["resources"]);
  }

  /// Of a namespace as a whole: large amounts are no slip.
  void space(const Object& object) {
    object_ = &object;
    each(object.spec()["hard"], false);
    if (!object.spec()["limits"].is_list()) return;
    for (const Node item : object.spec()["limits"]) {
      for (const std::string_view key : {"default", "defaultRequest", "max", "min"}) each(item[key], false);
    }
  }

 private:
  void sides(Node resources) {
    each(resources["requests"], true);
    each(resources["limits"], true);
  }

  void each(Node map, bool is_one) {
    if (!map.is_map()) return;
    for (const Node entry : map) amount(plain(entry.key()), entry, is_one);
  }

  void amount(std::string_view resource, Node node, bool is_one) {
    if (!node.is_string() && !node.is_number()) return;
    const std::string_view text = node.scalar_text();
    const auto read = manifest::Quantity::parse(strings::trim_space(text));
    if (!read) {
      say(node, fmt::format("{} {} is no quantity: {}", resource, text, read.error().message));
    } else if (resource == "cpu") {
      cores(node, *read, is_one);
    } else if (is_bytes(resource)) {
      bytes(resource, node, *read, is_one);
    }
  }

  void cores(Node node, const manifest::Quantity& amount, bool is_one) {
    const auto milli = amount.milli_value();
    if (is_one && (!milli || *milli >= most_cores_ * 1000)) {
      say(node, fmt::format("cpu {} is that many whole cores", node.scalar_text()));
    } else if (!amount.is_zero() && milli && *milli == 1 && amount < *manifest::Quantity::parse("1m")) {
      say(node, fmt::format("cpu {} is less than the smallest share, 1m", node.scalar_text()));
    }
  }

  void bytes(std::string_view resource, Node node, const manifest::Quantity& amount, bool is_one) {
    // A fraction of a byte is what fractional-bytes reports.
    if (!amount.is_whole()) return;
    const auto value = amount.value();
    if (is_one && value && *value > 0 && *value < mebi && !resource.starts_with("hugepages-")) {
      say(node, fmt::format("{} {} is {} bytes", resource, node.scalar_text(), *value));
    }
  }

  void say(Node node, std::string message) { context_.report(*object_, node, std::move(message)); }

  Context& context_;
  std::int64_t most_cores_;
  const Object* object_ = nullptr;
};

void check(Context& context) {
  Checker checker(context);
  for (const Workload* workload : context.all_workloads()) checker.pods(*workload);
  for (const Object* object : context.of_kind("PersistentVolumeClaim")) checker.claim(*object);
  for (const Object* object : context.of_kind("ResourceQuota")) checker.space(*object);
  for (const Object* object : context.of_kind("LimitRange")) checker.space(*object);
}

}  // namespace

extern const Rule rule{
    .name = "quantity-suspicious",
    .category = Category::resources,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REPO-TMS-K8S 1.7.3, LOOMWORKS: Resource limits enforcement",
    .summary = "An amount of CPU, memory or storage can hardly be meant",
    .remedy = "Write cores as 500m or 2, bytes with a unit: 512Mi.",
    .documentation = R"(## What it does
Looks for slips of units in requests, limits, sizes of volumes, quotas and limit ranges: less than a mebibyte of memory or
storage ("512"), hundreds of cores ("500"), less than a thousandth of a core, and texts that are no quantity at all
("1 Gi", "2GB"). Fractions of a byte ("512m") are the matter of `fractional-bytes`.

## Why
The pod is killed at once, no node takes it, or a node is reserved as a whole.

## Example
```yaml
# wrong
resources:
  requests: {cpu: "500", memory: "512"}
```
```yaml
# right
resources:
  requests: {cpu: 500m, memory: 512Mi}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::quantity_suspicious
