#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"
#include "lint/support/near_name.h"

namespace rhumb::lint::alb_annotation_unknown {
namespace {

constexpr Parameter parameters[] = {
    {"known", ParameterType::list, "", "further names behind alb.ingress.kubernetes.io/ that the controller knows"},
};

void check_object(Context& context, const Object& object) {
  for (const Node entry : object.metadata()["annotations"]) {
    if (!entry.key().starts_with(alb_prefix)) continue;
    context.applies();
    const std::string_view name = entry.key().substr(alb_prefix.size());
    if (is_alb_annotation(name) || context.lists("known", name)) continue;
    const std::string_view near = nearest_of(name, alb_annotations());
    context.report(object, entry, fmt::format("the AWS Load Balancer Controller knows no annotation {}", entry.key()))
        .hint(near.empty() ? "" : fmt::format("did you mean {}?", alb_key(near)));
  }
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) check_object(context, *ingress);
  for (const Object* service : context.objects().of_kind("Service")) check_object(context, *service);
}

}  // namespace

extern const Rule rule{
    .name = "alb-annotation-unknown",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_tms,
    .serves = "IApplicationEndpoints",
    .summary = "An annotation for the AWS Load Balancer Controller has a name that it does not know",
    .remedy = "Correct the name; the hint says which one is near.",
    .documentation = R"(## What it does
Compares the names behind `alb.ingress.kubernetes.io/` on Ingresses and Services with those of version 2.14 of the
controller. `known` holds names that a later version brings.

## Why
The controller ignores what it does not know: the listener, the redirect or the health check is the default one.

## Example
```yaml
# wrong
annotations:
  alb.ingress.kubernetes.io/certificate-arns: arn:aws:acm:eu-west-1:123456789012:certificate/6f1c2f0e
```
```yaml
# right
annotations:
  alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:123456789012:certificate/6f1c2f0e
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::alb_annotation_unknown
