#include <fmt/format.h>

#include "lint/support/aws.h"

namespace rhumb::lint::role_arn_invalid {
namespace {

void check_misplaced(Context& context, const Workload& workload) {
  const Node of_object = workload.object->metadata()["annotations"][role_annotation];
  const Node of_pods = workload.pod_metadata["annotations"][role_annotation];
  for (const Node node : {of_object, of_pods}) {
    if (!node.scalar_text().empty()) context.report(workload, node, "only the annotation of a ServiceAccount counts");
    if (of_object == of_pods) return;  // a Pod
  }
}

void check(Context& context) {
  for (const Object* account : context.of_kind("ServiceAccount")) {
    const Node node = account->metadata()["annotations"][role_annotation];
    if (node.scalar_text().empty()) continue;
    const std::string fault = role_arn_fault(node.scalar_text());
    if (!fault.empty()) context.report(*account, node, fmt::format("{} is no role: {}", node.scalar_text(), fault));
  }
  for (const Workload* workload : context.all_workloads()) check_misplaced(context, *workload);
}

}  // namespace

extern const Rule rule{
    .name = "role-arn-invalid",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4)",
    .summary = "The role of a ServiceAccount cannot be assumed",
    .remedy = "Write the ARN of an IAM role into the annotation of the ServiceAccount.",
    .documentation = R"(## What it does
Finds annotations `eks.amazonaws.com/role-arn` that are no ARN of an IAM role (`arn:aws:iam::<account>:role/<name>`:
another service, a user, an instance profile, an account that has not twelve digits, a region), and those that stand on
pods or workloads, where nothing reads them. An empty annotation is none.

## Why
The pods start, and every call to AWS fails, or goes through with the role of the node.

## Example
```yaml
# wrong
kind: ServiceAccount
metadata:
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:user/app
```
```yaml
# right
kind: ServiceAccount
metadata:
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app
```
)",
    .check = check,
};

}  // namespace rhumb::lint::role_arn_invalid
