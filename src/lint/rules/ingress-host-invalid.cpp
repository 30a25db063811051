#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::ingress_host_invalid {
namespace {

using manifest::NameForm;

std::string fault_of(Node host) {
  if (host.is_null() || host.scalar_text().empty()) return {};
  const std::string_view text = host.scalar_text();
  std::string error;
  if (parse_ip_address(text, error)) return "is an address: it takes a name";
  if (strings::contains(text, "://") || strings::contains(text, "/"))
    return "is a URL or a path: it takes a name alone";
  if (strings::contains(text, ":")) return "has a port: it takes a name alone";
  const NameForm form = strings::contains(text, "*") ? NameForm::wildcard_subdomain : NameForm::subdomain;
  if (manifest::is_valid_name(form, text)) return {};
  return fmt::format("is no host: {}", manifest::name_rule(form));
}

void check_host(Context& context, const Object& ingress, Node host) {
  const std::string fault = fault_of(host);
  if (!fault.empty()) context.report(ingress, host, fmt::format("\"{}\" {}", host.scalar_text(), fault));
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    for (const Node rule : ingress->spec()["rules"]) check_host(context, *ingress, rule["host"]);
    for (const Node tls : ingress->spec()["tls"]) {
      for (const Node host : tls["hosts"]) check_host(context, *ingress, host);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-host-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints, LOOMWORKS: Wildcard subdomain routing",
    .summary = "The host of an Ingress is not one",
    .remedy = "Write the name alone, in lower case; a wildcard stands for its first part.",
    .documentation = R"(## What it does
Looks at the hosts in `rules` and `tls` as the API server does: a name in lower case, or a wildcard for its first part;
no address, scheme, port or path.

## Why
The API server refuses the Ingress.

## Example
```yaml
# wrong
rules:
  - host: https://Shop.example.com
```
```yaml
# right
rules:
  - host: shop.example.com
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_host_invalid
