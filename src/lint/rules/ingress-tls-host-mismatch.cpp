#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::ingress_tls_host_mismatch {
namespace {

/// A wildcard stands for one part.
bool covers(std::string_view pattern, std::string_view host) {
  if (pattern == host) return true;
  if (!pattern.starts_with("*.")) return false;
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && host.substr(dot) == pattern.substr(1);
}

/// Null where an entry covers any host.
std::optional<std::vector<std::string>> tls_hosts(const Object& ingress) {
  std::vector<std::string> all;
  for (const Node tls : ingress.spec()["tls"]) {
    const std::vector<std::string> hosts = tls["hosts"].texts();
    if (hosts.empty()) return {};
    all.insert(all.end(), hosts.begin(), hosts.end());
  }
  return all;
}

void check_ingress(Context& context, const Object& ingress) {
  const auto hosts = tls_hosts(ingress);
  if (!hosts || hosts->empty()) return;
  for (const Node rule : ingress.spec()["rules"]) {
    const Node host = rule["host"];
    if (host.scalar_text().empty()) continue;
    const bool is_covered = std::any_of(
        hosts->begin(), hosts->end(), [&](const std::string& pattern) { return covers(pattern, host.scalar_text()); });
    if (is_covered) continue;
    context
        .report(ingress, host,
                fmt::format("no entry of tls covers {}: they cover {}", host.scalar_text(), fmt::join(*hosts, ", ")))
        .related(ingress, ingress.spec()["tls"], "the tls section");
  }
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    // With a certificate of its own the load balancer does not look at tls.
    if (is_alb(context.objects(), *ingress) && !ingress->annotation(alb_key("certificate-arn")).empty()) continue;
    check_ingress(context, *ingress);
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-tls-host-mismatch",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints, LOOMWORKS: TLS termination with Let's Encrypt",
    .yields_to = "ingress-host-invalid",
    .summary = "A host of an Ingress is not covered by its tls section",
    .remedy = "Add the host to the hosts of a tls entry.",
    .documentation = R"(## What it does
Where an Ingress has a `tls` section, every host of its rules must be among the hosts of an entry; a wildcard covers one
part of a name. An entry without hosts covers all.

## Why
Browsers get the controller's own certificate for that host and warn, or plain HTTP is served without a redirect.

## Example
```yaml
# wrong
tls: [{hosts: [example.com], secretName: example-tls}]
rules: [{host: www.example.com}]
```
```yaml
# right
tls: [{hosts: [www.example.com], secretName: example-tls}]
rules: [{host: www.example.com}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_tls_host_mismatch
