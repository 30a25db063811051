#include <fmt/format.h>

#include <optional>
#include <set>

#include "lint/context.h"
#include "lint/support/ingress_routes.h"
#include "lint/support/missing.h"
#include "lint/support/pod_resources.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint::upload_limit_missing {
namespace {

constexpr Parameter parameters[] = {
    {"minimum", ParameterType::text, "10m", "uploads of this size must be let through, as nginx writes it"},
};

/// As nginx reads a size: digits, and k, m or g. None for anything else.
std::optional<std::int64_t> read_size(std::string_view text) {
  std::int64_t unit = 1;
  const std::string lower = strings::to_lower(text);
  const std::string_view letters = "kmg";
  if (!lower.empty() && letters.find(lower.back()) != std::string_view::npos) {
    for (std::size_t i = 0; i <= letters.find(lower.back()); ++i) unit *= 1024;
  }
  const auto number = parse_uint(std::string_view(lower).substr(0, lower.size() - (unit > 1 ? 1 : 0)), 10, 63);
  if (!number) return {};
  return times(static_cast<std::int64_t>(number.value), unit);
}

std::string_view annotation_of(IngressController controller) {
  if (controller == IngressController::ingress_nginx) return "nginx.ingress.kubernetes.io/proxy-body-size";
  return controller == IngressController::nginx_inc ? "nginx.org/client-max-body-size" : "";
}

void check_ingress(Context& context, const Object& ingress, std::string_view annotation) {
  const Node annotations = ingress.metadata()["annotations"];
  const Node node = annotations[annotation];
  const std::string& minimum = context.text("minimum");
  const std::string_view name = annotation.substr(annotation.rfind('/') + 1);
  if (node.is_null()) {
    report_missing_path(context, ingress, ingress.metadata(), {"annotations", annotation},
                        fmt::format("no {}: nginx refuses uploads of more than 1m, {} are needed", name, minimum));
    return;
  }
  const auto size = read_size(node.scalar_text());
  if (!size) {
    context.report(ingress, node,
                   fmt::format("{} {} is no size: nginx takes 8k, 100m or 1g", name, node.scalar_text()));
  } else if (*size == 0) {
    context.report(ingress, node, fmt::format("{} 0 lets uploads of any size through", name));
  } else if (*size < read_size(minimum).value_or(0)) {
    context.report(ingress, node, fmt::format("{} is {}, {} are needed", name, node.scalar_text(), minimum));
  }
}

void check(Context& context) {
  std::set<const Object*> seen;
  for (const IngressRoute& route : ingress_routes(context.workloads())) {
    if (!seen.insert(route.ingress).second) continue;
    const std::string_view annotation = annotation_of(controller_of(context.objects(), *route.ingress));
    if (annotation.empty()) continue;
    context.applies();
    check_ingress(context, *route.ingress, annotation);
  }
}

}  // namespace

extern const Rule rule{
    .name = "upload-limit-missing",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Large file upload support",
    .summary = "The size of uploads is not limited to what the application needs",
    .remedy = "Set the annotation `nginx.ingress.kubernetes.io/proxy-body-size`.",
    .documentation = R"(## What it does
Looks at Ingresses of the two nginx controllers for the size of uploads: without the annotation it is 1m, less than
`minimum`; 0 is no limit at all; what nginx cannot read as a size is found, too.

A controller may have another default, so only the profile `loomworks` switches this on.

## Why
Uploads fail with 413 in the proxy, where the application's log shows nothing. Without a limit one upload fills a disk.

## Example
```yaml
# wrong
annotations: {}
```
```yaml
# right
annotations:
  nginx.ingress.kubernetes.io/proxy-body-size: 100m
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::upload_limit_missing
