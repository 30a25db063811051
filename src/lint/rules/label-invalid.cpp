#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::label_invalid {
namespace {

/// The first of the texts that Kubernetes says, without its regular expression.
std::string short_fault(const std::vector<std::string>& faults) {
  if (faults.empty()) return {};
  const std::string& text = faults.front();
  return text.substr(0, text.find(" (e.g."));
}

class Check {
 public:
  Check(Context& context, const Object& object) : context_(context), object_(object) {}

  void labels(Node map) const {
    for (const Node entry : map) {
      if (!is_text(entry, "label")) continue;
      if (const std::string fault = short_fault(manifest::label_key_faults(entry.key())); !fault.empty()) {
        report(entry, fmt::format("\"{}\" is no key of a label: {}", entry.key(), fault));
      } else if (const std::string wrong = short_fault(manifest::label_value_faults(entry.text())); !wrong.empty()) {
        report(entry, fmt::format("\"{}\" is no value of the label {}: {}", entry.text(), entry.key(), wrong));
      }
    }
  }

  /// Their keys may have upper case letters in the prefix, their values are free.
  void annotations(Node map, bool is_scraped) const {
    for (const Node entry : map) {
      // prometheus-annotation-invalid tells more about these.
      if (is_scraped && entry.key().starts_with("prometheus.io/")) continue;
      if (!is_text(entry, "annotation")) continue;
      const std::string fault = short_fault(manifest::label_key_faults(strings::to_lower(entry.key())));
      if (!fault.empty()) report(entry, fmt::format("\"{}\" is no key of an annotation: {}", entry.key(), fault));
    }
  }

  void metadata(Node metadata, bool is_scraped = false) const {
    labels(metadata["labels"]);
    annotations(metadata["annotations"], is_scraped);
  }

  void selector(Node selector) const {
    const bool is_plain = object_.kind == "Service" || object_.kind == "ReplicationController";
    labels(is_plain ? selector : selector["matchLabels"]);
  }

 private:
  void report(Node node, std::string message) const { context_.report(object_, node, std::move(message)); }

  /// An empty value is no fault: it counts as an empty text.
  bool is_text(Node entry, std::string_view what) const {
    if (entry.is_null()) return false;
    if (entry.is_string()) return true;
    const std::string value =
        entry.is_scalar() ? fmt::format("{}", entry.scalar_text()) : std::string(entry.is_list() ? "a list" : "a map");
    report(entry, fmt::format("the {} {} is {}, and no text: put it in quotes", what, entry.key(), value));
    return false;
  }

  Context& context_;
  const Object& object_;
};

void check(Context& context) {
  for (const Object* object : context.all_objects()) {
    const Check look(context, *object);
    const Workload* const workload = context.workloads().of(*object);
    const bool is_pod = workload != nullptr && workload->kind() == "Pod";
    look.metadata(object->metadata(), is_pod || object->kind == "Service");
    if (workload != nullptr && !is_pod) look.metadata(workload->pod_metadata, workload->is_service());
    if (workload != nullptr || object->kind == "Service") look.selector(object->spec()["selector"]);
    for (const Node claim : object->spec()["volumeClaimTemplates"]) look.metadata(claim["metadata"]);
  }
}

}  // namespace

extern const Rule rule{
    .name = "label-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-score/label-values",
    .summary = "A label or an annotation is not one",
    .remedy = "Quote values that look like numbers or booleans, and keep to the characters that are allowed.",
    .documentation = R"(## What it does
Looks at the labels and annotations of objects, pod templates and claim templates, and at the labels in selectors. Keys are
names with an optional prefix (`example.com/team`), values of labels have at most 63 letters, digits, `-`, `_` and `.`, and
all of them are texts: `true`, `1.10` and `9101` without quotes are none.

## Why
The API server refuses the object.

## Example
```yaml
# wrong
metadata:
  labels: {version: 1.10, owner: "Team A"}
```
```yaml
# right
metadata:
  labels: {version: "1.10", owner: team-a}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::label_invalid
