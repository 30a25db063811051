#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::ingress_path_invalid {
namespace {

/// As validateHTTPIngressPath.
constexpr std::string_view forbidden_parts[] = {"//", "/./", "/../", "%2f", "%2F"};
constexpr std::string_view forbidden_ends[] = {"/..", "/."};

std::string fault_of(std::string_view path, std::string_view type, bool is_alb) {
  if (type == "ImplementationSpecific") {
    return path.empty() || path.starts_with('/') ? "" : "does not begin with a slash";
  }
  if (!path.starts_with('/')) return "does not begin with a slash";
  for (const std::string_view part : forbidden_parts) {
    if (strings::contains(path, part)) return fmt::format("must not contain {}", part);
  }
  for (const std::string_view end : forbidden_ends) {
    if (path.ends_with(end)) return fmt::format("must not end in {}", end);
  }
  if (is_alb && path.find('*') != std::string_view::npos) {
    return fmt::format("has a wildcard, which with the path type {} stands for itself", type);
  }
  return {};
}

void check_path(Context& context, const Object& ingress, Node path) {
  const Node type = path["pathType"];
  if (type.is_null()) {
    // The old APIs have a default.
    if (ingress.version == "v1") context.report_missing(ingress, path, "pathType", "the path has no pathType");
    return;
  }
  const std::string_view name = type.scalar_text();
  if (name != "Exact" && name != "Prefix" && name != "ImplementationSpecific") {
    context.report(ingress, type,
                   fmt::format("{} is no path type: it is Exact, Prefix or ImplementationSpecific", name));
    return;
  }
  const std::string fault = fault_of(path["path"].scalar_text(), name, is_alb(context.objects(), ingress));
  if (fault.empty()) return;
  context.report_field(ingress, path, "path", fmt::format("the path \"{}\" {}", path["path"].scalar_text(), fault));
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    for (const Node rule : ingress->spec()["rules"]) {
      for (const Node path : rule["http"]["paths"]) check_path(context, *ingress, path);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-path-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .summary = "A path of an Ingress is refused, or matches nothing",
    .remedy = "Begin the path with a slash and name its type.",
    .documentation = R"(## What it does
Looks at `path` and `pathType` as the API server does: the type is required, a path of the types Exact and Prefix begins
with a slash and has no `//`, `/./`, `/../` or `%2f`. For the AWS Load Balancer Controller a `*` in such a path is
reported as well: wildcards need ImplementationSpecific.

## Why
The API server refuses the Ingress; the wildcard is taken for the character, and no request has it.

## Example
```yaml
# wrong
paths:
  - path: /api/*
    pathType: Prefix
```
```yaml
# right
paths:
  - path: /api
    pathType: Prefix
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_path_invalid
