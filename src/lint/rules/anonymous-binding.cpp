#include <fmt/format.h>

#include "lint/support/rbac.h"

namespace rhumb::lint::anonymous_binding {
namespace {

constexpr Parameter parameters[] = {
    {"roles", ParameterType::list,
     "system:public-info-viewer, system:service-account-issuer-discovery, system:discovery, system:basic-user",
     "roles that anybody may have"},
};

void check(Context& context) {
  for (const Object* binding : bindings(context)) {
    if (context.lists("roles", role_name(*binding))) continue;
    for (const Subject& subject : subjects(*binding)) {
      const bool is_anonymous = (subject.kind == "User" && subject.name == "system:anonymous") ||
                                (subject.kind == "Group" && subject.name == "system:unauthenticated");
      if (!is_anonymous) continue;
      context.report(*binding, subject.node["name"],
                     fmt::format("{} gets the rights of {} without logging in", subject.name, role_name(*binding)));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "anonymous-binding",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .summary = "A binding gives rights to everybody who reaches the API server",
    .remedy =
        "Bind a ServiceAccount, a user or a group that logs in. A role that has to be open to everybody, as for the "
        "login "
        "itself, goes into `roles`.",
    .documentation = R"(## What it does
Finds bindings whose subjects are the user `system:anonymous` or the group `system:unauthenticated`. Roles that
Kubernetes offers to everybody, and those listed in `roles`, are left alone.

## Why
Such rights need no password. Scanners find them within hours.

## Example
```yaml
# wrong
subjects:
  - kind: User
    name: system:anonymous
```
```yaml
# right
subjects:
  - kind: ServiceAccount
    name: app
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::anonymous_binding
