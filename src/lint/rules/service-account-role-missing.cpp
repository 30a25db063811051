#include <fmt/format.h>

#include "lint/support/aws.h"
#include "lint/support/missing.h"

namespace rhumb::lint::service_account_role_missing {
namespace {

constexpr Parameter parameters[] = {
    {"pod-identity", ParameterType::boolean, "false", "roles are associated in AWS, by EKS Pod Identity"},
};

void check_account(Context& context, const Workload& workload, const AwsUse& use) {
  const Object* const account = context.workloads().service_account(workload);
  if (account == nullptr) {
    if (!context.closed_world()) return;
    context
        .report_field(workload, workload.pod_spec, "serviceAccountName",
                      fmt::format("the ServiceAccount of pods that use AWS ({}) is not in the release", use.what))
        .related(*use.object, use.node, "AWS is used here");
    return;
  }
  if (!account->annotation(role_annotation).empty()) return;
  const Node annotations = account->metadata()["annotations"];
  const std::string message = fmt::format("no role for the pods of {}, which use AWS ({})", workload.title(), use.what);
  if (annotations[role_annotation]) {
    context.report(*account, annotations[role_annotation], message).related(*use.object, use.node, "AWS is used here");
  } else {
    report_missing_path(context, *account, account->metadata(), {"annotations", role_annotation}, message)
        .related(*use.object, use.node, "AWS is used here");
  }
}

void check(Context& context) {
  if (context.flag("pod-identity")) return;
  for (const Workload* workload : context.all_workloads()) {
    const auto use = aws_use(context, *workload);
    if (!use) continue;
    if (Workloads::service_account_name(*workload) != "default") {
      check_account(context, *workload, *use);
      continue;
    }
    context
        .report_field(*workload, workload->pod_spec, "serviceAccountName",
                      fmt::format("the pods use AWS ({}) as the ServiceAccount default", use->what))
        .related(*use->object, use->node, "AWS is used here");
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-account-role-missing",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-503, REQ-1-014, TMS security (1.7.4)",
    .peers = "kube-linter/default-service-account",
    .summary = "Pods use AWS without a role of their own",
    .remedy = "Give the pods a ServiceAccount with the annotation eks.amazonaws.com/role-arn.",
    .documentation = R"(## What it does
Finds pods that use AWS, but run as the ServiceAccount `default` or as one of the release that has no
`eks.amazonaws.com/role-arn`. What shows the use: a SecretProviderClass of the provider `aws`, or variables that name a
bucket, a queue or an ARN. Pods that are given access keys or another endpoint are left alone; an account that lives
outside of the release is not known. With `pod-identity` roles come from associations in AWS, and the rule is silent.

## Why
Without a role of their own pods take that of their node, which is either useless to them or far too much for them.

## Example
```yaml
# wrong
kind: ServiceAccount
metadata:
  name: app
```
```yaml
# right
kind: ServiceAccount
metadata:
  name: app
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::service_account_role_missing
