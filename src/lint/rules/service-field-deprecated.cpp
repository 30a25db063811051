#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::service_field_deprecated {
namespace {

constexpr std::string_view hints_key = "service.kubernetes.io/topology-aware-hints";

void check_service(Context& context, const Object& service) {
  const Node hints = service.metadata()["annotations"][hints_key];
  if (hints && context.kube_at_least(1, 27)) {
    context.report(service, hints, fmt::format("{} is deprecated since Kubernetes 1.27", hints_key))
        .hint("use service.kubernetes.io/topology-mode");
  }
  const Node spec = service.spec();
  if (spec["trafficDistribution"].text() == "PreferClose" && context.kube_at_least(1, 34)) {
    context.report(service, spec["trafficDistribution"], "PreferClose is deprecated since Kubernetes 1.34")
        .hint("use PreferSameZone");
  }
  if (!spec["externalIPs"].empty() && context.kube_at_least(1, 36)) {
    context.report(service, spec["externalIPs"],
                   "externalIPs are deprecated since Kubernetes 1.36, and clusters may not implement them");
  }
}

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (service->group.empty()) check_service(context, *service);
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-field-deprecated",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A Service uses a field or annotation that will go away",
    .remedy = "Use what the hint names.",
    .documentation = R"(## What it does
Finds what the API server warns about on Services: the annotation for topology aware hints, `trafficDistribution:
PreferClose`, `externalIPs`; each from the version of Kubernetes on that has what takes its place.

## Why
A later version ignores it, and traffic takes another way.

## Example
```yaml
# wrong
spec: {trafficDistribution: PreferClose}
```
```yaml
# right
spec: {trafficDistribution: PreferSameZone}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_field_deprecated
