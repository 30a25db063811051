#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/managed_services.h"

namespace rhumb::lint::managed_service_in_cluster {
namespace {

constexpr std::string_view choices[] = {"postgresql", "redis", "rabbitmq", "opensearch"};
constexpr Parameter parameters[] = {
    {"services", ParameterType::list, "postgresql, redis, rabbitmq, opensearch",
     "the services that are managed outside of the cluster", choices},
};

std::string message_for(ManagedService service, std::string_view who) {
  return fmt::format("{} runs {} in the cluster, although the environment has a managed one", who, title_of(service));
}

void check_containers(Context& context, const Workload& workload) {
  for (const Container& container : workload.containers) {
    if (!container.runs_on()) continue;
    const ManagedService service = served_by(workload, container);
    if (service == ManagedService::none || !context.lists("services", name_of(service))) continue;
    context.report_field(workload, container.node, "image",
                         message_for(service, fmt::format("container {} of {}", container.name, workload.title())));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.services()) check_containers(context, *workload);
  for (const Object& object : context.objects().all()) {
    const ManagedService service = asked_for_by(object);
    if (service == ManagedService::none || object.role == manifest::Role::crd) continue;
    if (!context.lists("services", name_of(service))) continue;
    context.report(object, object.root["kind"],
                   message_for(service, std::string(object.kind) + "/" + std::string(object.name)));
  }
}

}  // namespace

extern const Rule rule{
    .name = "managed-service-in-cluster",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-014, REQ-1-402, REQ-1-074",
    .summary = "A database, cache or broker runs in the cluster although a managed one is to be used",
    .remedy = "Remove the workload and let the application use the managed service.",
    .documentation = R"(## What it does
Finds workloads that run a server of one of the `services` (PostgreSQL, Redis, RabbitMQ, OpenSearch and what is
compatible with them), by image and command, and objects that ask an operator for one (CloudNativePG, RabbitmqCluster
...). Clients, exporters, user interfaces, Jobs and init containers are none.

## Why
Backups, fail-over, patches and encryption of the managed service are what the environment relies on. A copy in the
cluster has none of it, and the application may well write there.

## Example
```yaml
# wrong
kind: StatefulSet
spec:
  template:
    spec:
      containers:
        - name: redis
          image: redis:7.4.1
```
```yaml
# right: the address of the managed service comes from its secret
env:
  - name: REDIS_HOST
    valueFrom:
      secretKeyRef:
        name: tms-odoo-secrets
        key: REDIS_HOST
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::managed_service_in_cluster
