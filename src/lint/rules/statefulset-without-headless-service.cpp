#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "lint/context.h"
#include "lint/support/pod_resources.h"

namespace rhumb::lint::statefulset_without_headless_service {
namespace {

/// Whether a text has the name, and not as the end of a longer one.
bool says(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    if (at == 0 || (std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0 && text[at - 1] != '-')) return true;
  }
  return false;
}

/// One pod that nobody calls by its name needs none.
bool needs_names(const Context& context, const Workload& workload, std::string_view service) {
  if (most_pods(context.workloads(), workload).pods > 1) return true;
  const std::string name = fmt::format("{}-0.{}", workload.object->name, service);
  const auto& files = context.run().files();
  return std::any_of(files.begin(), files.end(),
                     [&](const manifest::RenderedFile& file) { return says(file.text.text, name); });
}

bool is_headless(const Object& service) { return service.spec()["clusterIP"].scalar_text() == "None"; }

/// A Service that could give the pods their names, the one that selects most narrowly; null for none.
const Object* headless_service(const Context& context, const Workload& workload) {
  const Object* best = nullptr;
  std::size_t most = 0;
  for (const Object* service : context.workloads().services(workload)) {
    const std::size_t pairs = service->spec()["selector"].children().size();
    if (!is_headless(*service) || pairs <= most) continue;
    best = service;
    most = pairs;
  }
  return best;
}

/// The right Service is there, only its name is not.
void report_name(Context& context, const Workload& workload, Node name, std::string_view fault, const Object& right) {
  context
      .report(workload, name,
              fmt::format("{} names Service/{}, {}; Service/{} is headless and selects the pods", workload.title(),
                          name.scalar_text(), fault, right.name))
      .hint(fmt::format("let serviceName be {}", right.name))
      .related(right, right.spec()["clusterIP"], "the headless Service");
}

void check_service(Context& context, const Workload& workload, Node name, const Object& service) {
  const bool selects = manifest::map_selector_of(service.spec()["selector"]).matches(workload.labels);
  const bool fits = service.spec()["type"].text() != "ExternalName" && is_headless(service);
  if (!fits && selects && !needs_names(context, workload, service.name)) return;
  const Object* const right = headless_service(context, workload);
  if (right != nullptr && !(fits && selects)) {
    report_name(context, workload, name, fits ? "which does not select its pods" : "which is not headless", *right);
  } else if (!fits) {
    context
        .report_field(service, service.spec(), "clusterIP",
                      fmt::format("Service/{} is to give the pods of {} their names, but it is not headless",
                                  service.name, workload.title()))
        .related(*workload.object, name, "named here");
  } else if (!selects) {
    context
        .report_field(service, service.spec(), "selector",
                      fmt::format("Service/{} is to give the pods of {} their names, but it does not select them",
                                  service.name, workload.title()))
        .related(*workload.object, name, "named here");
  }
}

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    if (workload->kind() != "StatefulSet") continue;
    const Node name = workload->object->spec()["serviceName"];
    if (name.scalar_text().empty()) {
      if (!needs_names(context, *workload, "")) continue;
      context.report_field(*workload, workload->object->spec(), "serviceName",
                           fmt::format("{} names no Service: its pods have no names in DNS", workload->title()));
      continue;
    }
    const Object* const service = context.objects().find("", "Service", workload->namespace_(), name.scalar_text());
    if (service != nullptr) {
      check_service(context, *workload, name, *service);
    } else if (const Object* const right = headless_service(context, *workload)) {
      report_name(context, *workload, name, "which is not there", *right);
    } else if (needs_names(context, *workload, name.scalar_text())) {
      context.report(*workload, name,
                     fmt::format("there is no Service {} to give the pods of {} their names", name.scalar_text(),
                                 workload->title()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "statefulset-without-headless-service",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: StatefulSet creation, LOOMWORKS: PostgreSQL Headless Service",
    .peers = "kube-score/statefulset-has-servicename",
    .summary = "The pods of a StatefulSet have no stable names",
    .remedy = "Add a Service with `clusterIP: None` that selects the pods, and name it in `serviceName`.",
    .documentation = R"(## What it does
Follows `serviceName` of every StatefulSet to a Service of the same namespace, and checks that this one is headless and
selects the pods. Kubernetes does not make the Service, the chart has to. Where there is one pod, and nothing in the release
calls it by its name (postgres-0.postgres), an ordinary Service or none at all is enough.

## Why
Without it there is no DNS name such as postgres-0.postgres: clients and peers cannot reach a particular pod.

## Example
```yaml
# wrong
kind: Service
metadata: {name: postgres}
spec:
  selector: {app: postgres}
```
```yaml
# right
kind: Service
metadata: {name: postgres}
spec:
  clusterIP: None
  selector: {app: postgres}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::statefulset_without_headless_service
