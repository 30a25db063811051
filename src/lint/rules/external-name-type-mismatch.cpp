#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::external_name_type_mismatch {
namespace {

std::string fault_of(std::string_view name) {
  std::string error;
  if (parse_ip_address(name, error)) return "is an address, which DNS takes for a name";
  if (name.ends_with('.')) name.remove_suffix(1);
  if (manifest::is_valid_name(manifest::NameForm::subdomain, name)) return {};
  return "is no name of a host";
}

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (!service->group.empty()) continue;
    const Node spec = service->spec();
    const Node name = spec["externalName"];
    const bool is_external = spec["type"].text() == "ExternalName";
    if (!is_external && !name.scalar_text().empty()) {
      context.report(
          *service, name,
          fmt::format("externalName does nothing: the type of Service/{} is not ExternalName", service->name));
    } else if (is_external && name.scalar_text().empty()) {
      context.report_field(*service, spec, "externalName", "a Service of the type ExternalName needs an externalName");
    } else if (is_external) {
      const std::string fault = fault_of(name.scalar_text());
      if (!fault.empty()) context.report(*service, name, fmt::format("externalName {} {}", name.scalar_text(), fault));
    }
    if (is_external && spec["selector"].is_map() && !spec["selector"].empty()) {
      context.report(*service, spec["selector"], "the selector does nothing: the Service leads to a name elsewhere");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "external-name-type-mismatch",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The type of a Service and its externalName do not fit",
    .remedy = "Set type: ExternalName together with the name of a host, or neither.",
    .documentation = R"(## What it does
A Service with `externalName` must have the type ExternalName, and the other way round; the name is one of a host, not an
address; a selector beside it does nothing.

## Why
Without the type the Service has no endpoints; without the name the API server refuses it; an address is answered as a
CNAME that nobody can resolve.

## Example
```yaml
# wrong
spec:
  type: ExternalName
  externalName: 10.0.0.7
```
```yaml
# right
spec:
  type: ExternalName
  externalName: db.example.com
```
)",
    .check = check,
};

}  // namespace rhumb::lint::external_name_type_mismatch
