#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::ingress_snippet {
namespace {

bool is_snippet(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view prefix = key.substr(0, slash);
  if (prefix == "nginx.ingress.kubernetes.io") return key.ends_with("-snippet");
  return (prefix == "nginx.org" || prefix == "nginx.com") && key.ends_with("-snippets");
}

void check(Context& context) {
  for (const Object* ingress : context.of_kind("Ingress")) {
    const Node annotations = ingress->metadata()["annotations"];
    if (!annotations.is_map()) continue;
    for (const Node annotation : annotations) {
      if (!is_snippet(annotation.key()) || annotation.scalar_text().empty()) continue;
      context.report(*ingress, annotation, fmt::format("{} runs in the controller", annotation.key()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-snippet",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .summary = "An Ingress brings configuration of its own into the controller",
    .remedy = "Use the annotations made for the purpose, or the controller's own configuration.",
    .documentation = R"(## What it does
Finds annotations of ingress-nginx (`nginx.ingress.kubernetes.io/configuration-snippet`, `server-snippet`,
`auth-snippet`, `stream-snippet`, `modsecurity-snippet`) and of NGINX Inc.'s controller
(`nginx.org/server-snippets`, `location-snippets`, `stream-snippets`) with a text in it.

## Why
A snippet runs in the controller and reads its token, and with it the Secrets of all namespaces (CVE-2021-25742).
Controllers refuse snippets by default.

## Example
```yaml
# wrong
metadata:
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: |
      more_set_headers "X-Frame-Options: DENY";
```
```yaml
# right
metadata:
  annotations:
    nginx.ingress.kubernetes.io/custom-headers: web/headers
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_snippet
