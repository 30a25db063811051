#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/near_name.h"
#include "lint/support/own_names.h"
#include "rhumb/manifest/object_references.h"

namespace rhumb::lint::dangling_reference {
namespace {

/// Pods' Secrets, claims and ServiceAccounts, autoscalers' targets, StatefulSets' Services and Ingresses' backends have
/// rules of their own.
constexpr std::array pod_kinds{std::string_view("ConfigMap"), std::string_view("SecretProviderClass")};
constexpr std::array other_kinds{
    std::string_view("ConfigMap"),
    std::string_view("Role"),
    std::string_view("ClusterRole"),
    std::string_view("Service"),
    std::string_view("Issuer"),
    std::string_view("ServiceAccount"),
    std::string_view("SecretStore"),
    std::string_view("Gateway"),
    std::string_view("ClusterIssuer"),
    std::string_view("Middleware"),
    std::string_view("TriggerAuthentication"),
};
/// Made in every namespace by Kubernetes, Istio and OpenShift; roles that every cluster has.
constexpr std::array given{
    std::string_view("kube-root-ca.crt"),
    std::string_view("istio-ca-root-cert"),
    std::string_view("openshift-service-ca.crt"),
    std::string_view("cluster-admin"),
    std::string_view("admin"),
    std::string_view("edit"),
    std::string_view("view"),
    std::string_view("default"),
};

template <typename List>
bool has(const List& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string_view group_of_kind(std::string_view kind) {
  return kind == "SecretProviderClass" ? "secrets-store.csi.x-k8s.io" : "";
}

/// trust-manager makes ConfigMaps, named like its Bundles, in every namespace.
bool is_bundle(const Context& context, std::string_view name) {
  const auto& bundles = context.objects().of_kind("Bundle");
  return std::any_of(bundles.begin(), bundles.end(), [&](const Object* bundle) { return bundle->name == name; });
}

void report_target(Context& context, const Object& object, const MissingTarget& target, Node node) {
  if (has(given, target.name) || target.name.starts_with("system:")) return;
  if (target.kind == "ConfigMap" && is_bundle(context, target.name)) return;
  const auto why = missed_because(context, target, object, node);
  if (!why) return;
  const std::string where =
      target.namespace_.empty() ? std::string() : fmt::format(" in the namespace {}", target.namespace_);
  context
      .report(object, node,
              fmt::format("{}/{} refers to {}/{}, which is not there{}", object.kind, object.name, target.kind,
                          target.name, where))
      .hint(*why);
}

void check_key(Context& context, const Object& object, std::string_view name, std::string_view key, Node node) {
  const auto sources = manifest::key_sources(context.objects(), "ConfigMap", object.namespace_, name);
  std::vector<std::string> keys;
  for (const manifest::KeySource& source : sources) {
    if (!source.complete) return;
    keys.insert(keys.end(), source.keys.begin(), source.keys.end());
  }
  if (sources.empty() || std::find(keys.begin(), keys.end(), key) != keys.end()) return;
  const std::string_view near = nearest_of(key, keys);
  context
      .report(object, node,
              fmt::format("ConfigMap/{} has no key {}: it has {}", name, key,
                          keys.empty() ? "none" : fmt::format("{}", fmt::join(keys, ", "))))
      .hint(near.empty() ? "" : fmt::format("did you mean {}?", near))
      .related(*sources.front().object, sources.front().object->root["data"], "its keys");
}

void check_pods(Context& context, const Workload& workload) {
  const Object& object = *workload.object;
  for (const manifest::Reference& reference : manifest::references(workload)) {
    if (reference.optional || !has(pod_kinds, reference.kind)) continue;
    const std::string_view group = group_of_kind(reference.kind);
    const MissingTarget target{group, reference.kind, workload.namespace_(), reference.name};
    if (context.objects().find(group, reference.kind, workload.namespace_(), reference.name) == nullptr) {
      report_target(context, object, target, reference.node);
    } else if (reference.kind == "ConfigMap" && !reference.key.empty()) {
      check_key(context, object, reference.name, reference.key, reference.key_node);
    }
  }
}

bool is_judged_elsewhere(const Object& object, const manifest::ObjectReference& reference) {
  return (object.kind == "StatefulSet" && reference.kind == "Service") || !has(other_kinds, reference.kind);
}

void check_service_port(Context& context, const Object& object, const manifest::ObjectReference& reference,
                        const Object& service) {
  const auto port = manifest::int_or_string(reference.port);
  if (!port) return;
  for (const Node entry : service.spec()["ports"]) {
    if (port->is_text ? entry["name"].scalar_text() == port->text : entry["port"].integer() == port->number) return;
  }
  context
      .report(object, reference.port,
              fmt::format("{}/{} leads to Service/{}, which has no port {}", object.kind, object.name, service.name,
                          port->to_string()))
      .related(service, service.spec()["ports"], "its ports");
}

void check_object(Context& context, const Object& object) {
  for (const manifest::ObjectReference& reference : manifest::object_references(object)) {
    if (reference.optional || reference.is_made || is_judged_elsewhere(object, reference)) continue;
    const Object* const target =
        context.objects().find(reference.group, reference.kind, reference.namespace_, reference.name);
    if (target == nullptr) {
      const MissingTarget missing{reference.group, reference.kind, reference.namespace_, reference.name};
      report_target(context, object, missing, reference.node);
    } else if (reference.kind == "Service" && reference.port) {
      check_service_port(context, object, reference, *target);
    }
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) check_pods(context, *workload);
  for (const Object* object : context.all_objects()) check_object(context, *object);
}

}  // namespace

extern const Rule rule{
    .name = "dangling-reference",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .peers = "kube-linter/env-value-from",
    .yields_to = "secret-provider-missing",
    .summary = "An object refers to another one that does not exist",
    .remedy = "Render the object that is named, or name the one that is rendered.",
    .documentation = R"(## What it does
Follows the references of pods to ConfigMaps, with their keys, and to SecretProviderClasses; of RoleBindings and
ClusterRoleBindings to roles and ServiceAccounts; of webhooks, APIServices and routes of the Gateway API and of Traefik to
Services, with their ports; of Certificates and Ingresses to Issuers; of ExternalSecrets to stores; of KEDA to
TriggerAuthentications; of Rollouts to their Services. What is `optional` may be missing. Secrets, claims, Ingress
backends and the targets of autoscalers have rules of their own.

What is not part of the release may live elsewhere in the cluster. It is a finding where the release was meant to have
it: the name was made from the release's or a workload's, a workload has that very name, or it is a slip of the pen away
from an object of the kind that nothing else needs. A name that stands in the values as it is was chosen by somebody who
knows the cluster. With `closed-world` every reference must be met. A key that a ConfigMap of the release lacks always is
a finding.

## Why
The pod waits for ever in "CreateContainerConfigError", the binding grants nothing, the webhook refuses every request.

## Example
```yaml
# wrong
kind: ConfigMap
metadata: {name: web-settings}
data: {LOG_LEVEL: info}
---
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          env:
            - {name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: web-settings, key: LOGLEVEL}}}
```
```yaml
# right
            - {name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: web-settings, key: LOG_LEVEL}}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::dangling_reference
