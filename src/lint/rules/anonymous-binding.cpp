#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/support/rbac.h"

namespace rhumb::lint::anonymous_binding {
namespace {

constexpr Parameter parameters[] = {
    {"roles", ParameterType::list,
     "system:public-info-viewer, system:service-account-issuer-discovery, system:discovery, system:basic-user",
     "roles that anybody may have"},
};

/// Groups of the API that programs of the release answer for.
std::set<std::string_view> served_groups(const Objects& objects) {
  std::set<std::string_view> groups;
  for (const Object* service : objects.of_kind("APIService")) {
    if (!service->spec()["service"].is_null()) groups.insert(service->spec()["group"].text());
  }
  return groups;
}

/// Who logs in has no rights yet: requests alone to such groups, where the program itself looks at who asks.
bool is_login(const Context& context, const Object& binding) {
  const Object* const role = role_of(context.objects(), binding);
  if (role == nullptr) return false;
  const std::set<std::string_view> served = served_groups(context.objects());
  const std::vector<PolicyRule> rules = rules_of(*role);
  return !rules.empty() && std::all_of(rules.begin(), rules.end(), [&](const PolicyRule& rule) {
    const bool is_served = std::all_of(rule.groups.begin(), rule.groups.end(),
                                       [&](const std::string& group) { return served.contains(group); });
    const bool only_asks = std::all_of(rule.verbs.begin(), rule.verbs.end(),
                                       [](const std::string& verb) { return verb == "create" || verb == "list"; });
    return !rule.groups.empty() && is_served && only_asks;
  });
}

void check(Context& context) {
  for (const Object* binding : bindings(context)) {
    if (is_login(context, *binding)) continue;
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
Kubernetes offers to everybody, and those listed in `roles`, are left alone. So are roles that grant nothing but `create`
and `list` in API groups that the release itself serves by an APIService: it is there that people log in.

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
