#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::ingress_without_tls {
namespace {

/// Annotations of nginx and others that send plain requests on although there is a certificate.
constexpr std::string_view redirect_switches[] = {"nginx.ingress.kubernetes.io/ssl-redirect",
                                                  "nginx.org/redirect-to-https", "haproxy.org/ssl-redirect",
                                                  "ingress.kubernetes.io/ssl-redirect"};

bool has_certificate(const Object& ingress) {
  if (!ingress.annotation(alb_key("certificate-arn")).empty()) return true;
  if (ingress.annotation(alb_key("create-acm-cert")) == "true") return true;
  // The controller looks for certificates of the hosts of the tls section, which says that there are some.
  return !ingress.spec()["tls"].empty();
}

/// The release has the class, with parameters that may bring listeners and certificates.
bool has_class_parameters(const Context& context, const Object& ingress) {
  const Object* const own = context.objects().find("networking.k8s.io", "IngressClass", "", ingress_class(ingress));
  return own != nullptr && !own->spec()["parameters"].is_null();
}

void check_alb(Context& context, const Object& ingress) {
  if (has_class_parameters(context, ingress)) return;
  const Node annotations = ingress.metadata()["annotations"];
  const AlbListeners listeners = alb_listeners(ingress);
  if (!listeners.error.empty()) return;  // alb-annotation-invalid
  if (!listeners.has("HTTPS")) {
    context.report_field(ingress, annotations, alb_key("listen-ports"),
                         "the load balancer has no HTTPS listener: what users send is readable on the way");
    return;
  }
  if (!has_certificate(ingress)) {
    context.report_missing(
        ingress, annotations, yaml::path_step(alb_key("certificate-arn")),
        "the HTTPS listener has no certificate, and there is no tls section whose hosts would lead to "
        "one");
  }
  const bool redirects = !ingress.annotation(alb_key("ssl-redirect")).empty() || has_redirect_action(ingress);
  if (listeners.has("HTTP") && !redirects) {
    context.report_missing(ingress, annotations, yaml::path_step(alb_key("ssl-redirect")),
                           "plain HTTP is served beside HTTPS, and nothing redirects it");
  }
}

void check_tls(Context& context, const Object& ingress) {
  const Node tls = ingress.spec()["tls"];
  if (tls.empty()) {
    context.report_missing(ingress, ingress.spec(), "tls",
                           "the Ingress has no tls section: what users send is readable on the way");
    return;
  }
  for (const std::string_view key : redirect_switches) {
    const Node off = ingress.metadata()["annotations"][key];
    const bool forced = ingress.annotation("nginx.ingress.kubernetes.io/force-ssl-redirect") == "true";
    if (off.scalar_text() == "false" && !forced) {
      context.report(ingress, off, "plain HTTP is served beside HTTPS: the redirect is switched off");
    }
  }
}

/// OpenShift's router and clouds without a tls section have switches of their own.
bool is_terminated_elsewhere(const Object& ingress) {
  return !ingress.annotation("networking.gke.io/managed-certificates").empty() ||
         !ingress.annotation("ingress.gcp.kubernetes.io/pre-shared-cert").empty() ||
         !ingress.annotation("route.openshift.io/termination").empty() ||
         !ingress.annotation("appgw.ingress.kubernetes.io/appgw-ssl-certificate").empty() ||
         !ingress.annotation("traefik.ingress.kubernetes.io/router.tls").empty();
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    if (ingress->is_hook() || is_terminated_elsewhere(*ingress)) continue;
    if (is_alb(context.objects(), *ingress)) {
      check_alb(context, *ingress);
    } else {
      check_tls(context, *ingress);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-without-tls",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "IApplicationEndpoints, LOOMWORKS: TLS termination with Let's Encrypt",
    .peers = "polaris/tlsSettingsMissing",
    .summary = "An Ingress serves plain HTTP",
    .remedy = "Give it a certificate and send plain requests to HTTPS.",
    .documentation = R"(## What it does
An Ingress of the AWS Load Balancer Controller needs an HTTPS listener, a certificate (`certificate-arn`, or hosts in
`tls` by which the controller finds one), and `ssl-redirect` or a redirect action where it listens to plain HTTP as well.
Without `listen-ports` it listens to HTTPS 443 when there is a certificate, to HTTP 80 otherwise. Any other Ingress needs
a `tls` section, and no annotation that switches the redirect off. Certificates that Google's, Azure's, OpenShift's and
Traefik's annotations bring count.

## Why
Passwords and session cookies travel in clear text.

## Example
```yaml
# wrong
kind: Ingress
spec:
  rules: [{host: tms.example.com}]
```
```yaml
# right
kind: Ingress
spec:
  tls: [{hosts: [tms.example.com], secretName: tms-tls}]
  rules: [{host: tms.example.com}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_without_tls
