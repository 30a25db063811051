#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/provider_class.h"
#include "lint/support/secret_use.h"

namespace rhumb::lint::secret_provider_missing {
namespace {

/// What is made in the cluster: certificates, tokens of service accounts.
bool is_made_in_cluster(const manifest::KeySource& source) {
  return source.object->kind == "Certificate" ||
         source.object->root["type"].text() == "kubernetes.io/service-account-token";
}

void check_use(Context& context, const SecretUse& use) {
  const std::string_view namespace_ = use.workload->namespace_();
  if (use.is_for_pulling() || !classes_that_sync(context.objects(), namespace_, use.name).empty()) return;
  const auto sources = manifest::key_sources(context.objects(), "Secret", namespace_, use.name);
  if (std::any_of(sources.begin(), sources.end(), is_made_in_cluster)) return;
  if (sources.empty() && use.is_optional()) return;
  // A slip in the name is a fault of its own: secret-key-unknown.
  if (sources.empty() && !meant_secret(context.objects(), namespace_, use.name).empty()) return;
  DraftRef draft = context.report(
      *use.workload, use.references.front().node,
      fmt::format("{} uses the Secret {}, which no SecretProviderClass serves", use.workload->title(), use.name));
  if (!sources.empty()) {
    const Object& maker = *sources.front().object;
    draft.related(maker, maker.metadata()["name"], "what makes the Secret instead");
  }
}

void check_volumes(Context& context, const Workload& workload) {
  for (const SecretVolume& volume : secret_volumes(workload)) {
    if (volume.class_name.empty()) continue;
    if (find_provider_class(context.objects(), workload.namespace_(), volume.class_name) != nullptr) continue;
    context.report(workload, volume.class_node,
                   fmt::format("the volume {} is of the SecretProviderClass {}, which is not in the release",
                               volume.volume.name, volume.class_name));
  }
}

void check(Context& context) {
  for (const SecretUse& use : secret_uses(context.workloads())) {
    context.applies();
    check_use(context, use);
  }
  for (const Workload& workload : context.workloads().all()) check_volumes(context, workload);
}

}  // namespace

extern const Rule rule{
    .name = "secret-provider-missing",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "A workload uses secrets that no SecretProviderClass serves",
    .remedy = "List the secret in a SecretProviderClass, sync it into the Secret and mount the class in the pod.",
    .documentation = R"(## What it does
Finds workloads (Jobs and hooks too) that take environment variables or files from a Secret that no SecretProviderClass
of the release syncs, and volumes of a SecretProviderClass that is not in the release. Certificates, tokens of service
accounts and Secrets to pull images with are left out.

## Why
Credentials are to come out of AWS Secrets Manager when the pod starts. A Secret that somebody makes by hand, or that the
chart renders, goes around that.

## Example
```yaml
# wrong: nothing syncs odoo-db
envFrom:
  - secretRef:
      name: odoo-db
```
```yaml
# right
kind: SecretProviderClass
spec:
  provider: aws
  parameters:
    objects: |
      - objectName: "arn:aws:secretsmanager:ap-south-1:123456789012:secret:tms/odoo-db-AbCdEf"
        objectAlias: password
  secretObjects:
    - secretName: odoo-db
      type: Opaque
      data:
        - objectName: password
          key: PASSWORD
```
)",
    .check = check,
};

}  // namespace rhumb::lint::secret_provider_missing
