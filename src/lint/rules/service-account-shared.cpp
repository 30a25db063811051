#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "lint/support/aws.h"

namespace rhumb::lint::service_account_shared {
namespace {

struct User {
  const Workload* workload;
  const Object* account;
};

Node role_node(const Object& account) { return account.root.at({"metadata", "annotations", role_annotation}); }

/// Of several accounts a second one is at fault, of one the workload that is called otherwise.
void report(Context& context, std::string_view role, const std::vector<User>& users) {
  std::string names;
  for (const User& user : users) names.append(names.empty() ? "" : ", ").append(user.workload->title());
  const std::string message = fmt::format("the role {} is shared by {}", role, names);
  const auto other =
      std::find_if(users.begin(), users.end(), [&](const User& user) { return user.account != users.front().account; });
  if (other != users.end()) {
    context.report(*other->account, role_node(*other->account), message);
    return;
  }
  const auto guest = std::find_if(users.begin(), users.end(),
                                  [](const User& user) { return user.workload->object->name != user.account->name; });
  const User& at = guest == users.end() ? users.back() : *guest;
  context.report_field(*at.workload, at.workload->pod_spec, "serviceAccountName", message)
      .related(*at.account, role_node(*at.account), "the role");
}

void check(Context& context) {
  std::map<std::string_view, std::vector<User>> users;
  for (const Workload* workload : context.all_workloads()) {
    if (workload->object->is_hook()) continue;
    const Object* const account = context.workloads().service_account(*workload);
    if (account == nullptr || account->annotation(role_annotation).empty()) continue;
    users[account->annotation(role_annotation)].push_back({workload, account});
  }
  for (const auto& [role, those] : users) {
    if (those.size() > 1) report(context, role, those);
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-account-shared",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4)",
    .summary = "Several workloads share one role of AWS",
    .remedy = "Give each workload a ServiceAccount and a role of its own.",
    .documentation = R"(## What it does
Finds roles (`eks.amazonaws.com/role-arn`) that the pods of more than one workload assume, through one ServiceAccount or
through several. Hooks and tests do not count.

## Why
A shared role holds what any of them needs: the least privileged one has all of it.

## Example
```yaml
# wrong
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      serviceAccountName: shared
---
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      serviceAccountName: shared
```
```yaml
# right
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      serviceAccountName: worker
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_account_shared
