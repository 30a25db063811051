#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::object_name_invalid {
namespace {

using manifest::NameForm;

/// The pods of a Job have its name as a label. CronJobs have a rule of their own, cronjob-name-too-long.
constexpr std::size_t longest_job = 63;

NameForm form_of(const Context& context, const Object& object) {
  if (object.kind == "Service" && object.group.empty()) {
    return context.kube_at_least(1, 36) ? NameForm::label : NameForm::label_1035;
  }
  const bool is_label =
      (object.kind == "Namespace" && object.group.empty()) || (object.kind == "StatefulSet" && object.group == "apps");
  return is_label ? NameForm::label : NameForm::subdomain;
}

/// Names of RBAC may be anything that is one part of a path.
std::string fault_of(const Context& context, const Object& object) {
  if (object.group == "rbac.authorization.k8s.io") {
    const bool is_part = object.name != "." && object.name != ".." && !strings::contains(object.name, "/") &&
                         !strings::contains(object.name, "%");
    return is_part ? "" : "it takes no '/' and no '%'";
  }
  const NameForm form = form_of(context, object);
  if (!manifest::is_valid_name(form, object.name)) return std::string(manifest::name_rule(form));
  if (object.group != "batch" || object.kind != "Job" || object.name.size() <= longest_job) return {};
  return fmt::format("it has {} bytes, at most {} make a label of its pods", object.name.size(), longest_job);
}

void check_object(Context& context, const Object& object) {
  const Node name = object.metadata()["name"];
  if (object.name.empty()) {
    if (object.metadata()["generateName"].scalar_text().empty()) {
      context.report_field(object, object.metadata(), "name", fmt::format("the {} has no name", object.kind));
    }
    return;
  }
  if (!name.is_string()) {
    context.report(object, name, fmt::format("the name {} is no text: put it in quotes", object.name));
    return;
  }
  const std::string fault = fault_of(context, object);
  if (!fault.empty()) {
    context.report(object, name, fmt::format("\"{}\" is no name of a {}: {}", object.name, object.kind, fault));
  }
}

void check(Context& context) {
  for (const Object* object : context.all_objects()) {
    check_object(context, *object);
    const Node space = object->metadata()["namespace"];
    if (space.scalar_text().empty() || manifest::is_valid_name(NameForm::label, space.scalar_text())) continue;
    context.report(
        *object, space,
        fmt::format("\"{}\" is no namespace: {}", space.scalar_text(), manifest::name_rule(NameForm::label)));
  }
}

}  // namespace

extern const Rule rule{
    .name = "object-name-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The name of an object is not one for its kind",
    .remedy = "Shorten the name, write it in lower case, take out what is not allowed.",
    .documentation = R"(## What it does
Every object has a name (or a `generateName`), and it is a text. Most kinds take lower case letters, digits, `-` and `.`;
Namespaces, StatefulSets and Services no `.` and at most 63 bytes, Services before Kubernetes 1.36 a letter first; a Job
at most 63 bytes, since its pods have its name as a label; RBAC anything without `/` and `%`. Long names of CronJobs are
the matter of `cronjob-name-too-long`.

## Why
The API server refuses the object; with a long release name a chart may fail that works elsewhere.

## Example
```yaml
# wrong
kind: ConfigMap
metadata: {name: Web_Settings}
```
```yaml
# right
kind: ConfigMap
metadata: {name: web-settings}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::object_name_invalid
