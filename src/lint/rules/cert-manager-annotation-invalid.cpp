#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"
#include "lint/support/near_name.h"

namespace rhumb::lint::cert_manager_annotation_invalid {
namespace {

constexpr std::string_view prefix = "cert-manager.io/";
constexpr std::string_view issuer_key = "cert-manager.io/issuer";
constexpr std::string_view cluster_key = "cert-manager.io/cluster-issuer";
/// Of Ingresses and Gateways, behind the prefix; cert-manager 1.19.
constexpr std::string_view known[] = {"issuer",
                                      "cluster-issuer",
                                      "issuer-kind",
                                      "issuer-group",
                                      "common-name",
                                      "duration",
                                      "renew-before",
                                      "renew-before-percentage",
                                      "usages",
                                      "revision-history-limit",
                                      "private-key-algorithm",
                                      "private-key-encoding",
                                      "private-key-size",
                                      "private-key-rotation-policy",
                                      "email-sans",
                                      "ip-sans",
                                      "uri-sans",
                                      "alt-names",
                                      "subject-organizations",
                                      "subject-organizationalunits",
                                      "subject-countries",
                                      "subject-provinces",
                                      "subject-localities",
                                      "subject-postalcodes",
                                      "subject-streetaddresses",
                                      "subject-serialnumber",
                                      "literalsubject",
                                      "secret-template",
                                      "keystore-options",
                                      "allow-direct-injection",
                                      "inject-ca-from",
                                      "inject-ca-from-secret",
                                      "inject-apiserver-ca",
                                      "certificate-name"};

void check_names(Context& context, const Object& ingress) {
  for (const Node entry : ingress.metadata()["annotations"]) {
    if (entry.key().starts_with("certmanager.k8s.io/")) {
      context.report(ingress, entry,
                     fmt::format("nobody reads {}: since version 0.11 the prefix is {}", entry.key(), prefix));
    }
    if (!entry.key().starts_with(prefix)) continue;
    const std::string_view name = entry.key().substr(prefix.size());
    if (std::find(std::begin(known), std::end(known), name) != std::end(known)) continue;
    const std::string_view near = nearest_of(name, known);
    if (near.empty()) continue;
    context.report(ingress, entry, fmt::format("cert-manager knows no annotation {}", entry.key()))
        .hint(fmt::format("did you mean {}{}?", prefix, near));
  }
}

/// As the Ingress shim of cert-manager: what it refuses, and what it passes over.
void check_tls(Context& context, const Object& ingress, Node annotation) {
  const Node tls = ingress.spec()["tls"];
  if (tls.empty()) {
    context.report(ingress, annotation, "there is no tls section, so no certificate is asked for");
    return;
  }
  for (const Node entry : tls) {
    if (entry["secretName"].scalar_text().empty()) {
      context.report_field(ingress, entry, "secretName",
                           "the tls entry names no Secret, so no certificate is made for it");
    }
    if (entry["hosts"].empty()) {
      context.report_field(ingress, entry, "hosts", "the tls entry has no hosts, so no certificate is made for it");
    }
  }
}

using Hosts = std::vector<std::string>;
struct Use {
  const Object* ingress = nullptr;
  Node node;
  Hosts hosts;
};
using Uses = std::map<std::string, Use, std::less<>>;

void check_shared(Context& context, const Object& ingress, Uses& uses) {
  for (const Node entry : ingress.spec()["tls"]) {
    const Node name = entry["secretName"];
    if (name.scalar_text().empty()) continue;
    Hosts hosts = entry["hosts"].texts();
    std::sort(hosts.begin(), hosts.end());
    const std::string key = fmt::format("{}/{}", ingress.namespace_, name.scalar_text());
    const auto [first, is_new] = uses.try_emplace(key, Use{&ingress, name, hosts});
    if (is_new || first->second.hosts == hosts) continue;
    context
        .report(ingress, name,
                fmt::format("the certificate in {} is asked for with other hosts in Ingress/{}", name.scalar_text(),
                            first->second.ingress->name))
        .hint("every change of one makes cert-manager issue it again")
        .related(*first->second.ingress, first->second.node, "the other one");
  }
}

void check(Context& context) {
  Uses uses;
  for (const Object* ingress : ingresses(context)) {
    check_names(context, *ingress);
    const Node annotations = ingress->metadata()["annotations"];
    const Node issuer = annotations[issuer_key];
    const Node cluster = annotations[cluster_key];
    if (!issuer && !cluster) continue;
    const Node annotation = issuer ? issuer : cluster;
    if (issuer && cluster) context.report(*ingress, cluster, "the Ingress names both an Issuer and a ClusterIssuer");
    if (annotation.scalar_text().empty()) context.report(*ingress, annotation, "the annotation names no issuer");
    check_tls(context, *ingress, annotation);
    check_shared(context, *ingress, uses);
  }
}

}  // namespace

extern const Rule rule{
    .name = "cert-manager-annotation-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: TLS termination with Let's Encrypt",
    .summary = "cert-manager makes no certificate for an Ingress that asks for one",
    .remedy = "Name one issuer, and give every tls entry hosts and a Secret of its own.",
    .documentation = R"(## What it does
Looks at Ingresses with `cert-manager.io/issuer` or `cert-manager.io/cluster-issuer`: only one of the two, not empty, with
a `tls` section whose entries have `hosts` and `secretName`. One Secret is asked for with the same hosts everywhere. Old
prefixes and slips of the pen in the names are reported. Whether the issuer exists is looked at by `dangling-reference`.

## Why
Without an error on the Ingress itself, users get the controller's self-made certificate.

## Example
```yaml
# wrong
metadata: {annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
spec:
  tls: [{hosts: [shop.example.com]}]
```
```yaml
# right
metadata: {annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
spec:
  tls: [{hosts: [shop.example.com], secretName: shop-tls}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::cert_manager_annotation_invalid
