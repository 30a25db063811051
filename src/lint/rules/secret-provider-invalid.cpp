#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/provider_class.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint::secret_provider_invalid {
namespace {

constexpr Parameter parameters[] = {
    {"provider", ParameterType::text, "aws", "the provider that the profile's specification asks for"},
};

void report(Context& context, const Object& object, const ProviderFault& fault) {
  if (!fault.missing.empty()) {
    context.report_missing(object, fault.node, fault.missing, fault.message);
  } else if (fault.part.size > 0) {
    report_part(context, object, fault.node, fault.part, fault.message).key(fault.message);
  } else {
    context.report(object, fault.node, fault.message).key(fault.message);
  }
}

void check_class(Context& context, const Object& object) {
  const Node provider = object.spec()["provider"];
  const std::string_view name = provider.scalar_text();
  const std::string& wanted = context.text("provider");
  // A specification names the provider; charts of others may use what they like.
  const bool is_demanded = !context.environment().profile.empty();
  if (name.empty()) {
    context.report_missing(object, object.spec(), "provider", "the class names no provider");
  } else if (name != wanted && (is_demanded || strings::equal_fold(name, wanted))) {
    context.report(object, provider, fmt::format("the provider is {}, not {}", name, wanted));
  }
  if (name == "aws") {
    const ProviderDemands demands{is_demanded, context.environment().region, context.environment().account};
    for (const ProviderFault& fault : aws_faults(object, demands)) report(context, object, fault);
  }
  for (const ProviderFault& fault : sync_faults(object)) report(context, object, fault);
}

/// A volume that the driver cannot mount; the API server takes any attribute.
void check_volume(Context& context, const Workload& workload, const SecretVolume& volume) {
  constexpr auto known = std::to_array<std::string_view>({"secretProviderClass"});
  const Node csi = volume.volume.node["csi"];
  const Node attributes = csi["volumeAttributes"];
  if (volume.class_name.empty()) {
    std::string hint;
    for (const Node attribute : attributes) {
      if (!nearest(attribute.key(), known).empty()) hint = fmt::format(" ({} is not known)", attribute.key());
    }
    context.report_missing(workload, attributes ? attributes : csi,
                           attributes ? "secretProviderClass" : "volumeAttributes",
                           fmt::format("the volume {} names no secretProviderClass{}", volume.volume.name, hint));
  }
  if (!csi["readOnly"].is_true()) {
    context.report_field(workload, csi, "readOnly",
                         fmt::format("the volume {} must be readOnly, or the driver refuses it", volume.volume.name));
  }
}

void check(Context& context) {
  for (const Object* object : context.of_kind("SecretProviderClass")) check_class(context, *object);
  for (const Workload& workload : context.workloads().all()) {
    for (const SecretVolume& volume : secret_volumes(workload)) {
      context.applies();
      check_volume(context, workload, volume);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "secret-provider-invalid",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "A SecretProviderClass, or a volume of one, that the driver refuses",
    .remedy = "Correct what the message names; the pods would not start.",
    .documentation = R"(## What it does
Reads SecretProviderClasses as the Secrets Store CSI driver and its AWS provider do: parameters that are no texts,
`objects` that is no YAML or no list, entries without `objectName`, objects that are neither an ARN nor have an
`objectType`, broken ARNs, ARNs of another region (or account) than the class and the environment, names and aliases
that stand there twice, JMESPaths that cannot be read, failovers without a region, `secretObjects` without name, type or
key or that name an object by something else than its file. Finds volumes of the driver without a class, with a misspelt
attribute, or not read-only.

With a profile every object must be the full ARN of a secret in Secrets Manager, and the provider the one that the
specification names. Of other providers only `secretObjects` is looked at.

## Why
The API server takes all of it. The pods hang in ContainerCreating, or a key of the Secret is never filled.

## Example
```yaml
# wrong: the mounted file is called DB_PASSWORD
spec:
  provider: aws
  parameters:
    objects: |
      - objectName: "arn:aws:secretsmanager:ap-south-1:123456789012:secret:tms/db-AbCdEf"
        jmesPath:
          - path: password
            objectAlias: DB_PASSWORD
  secretObjects:
    - secretName: tms-odoo-secrets
      type: Opaque
      data:
        - objectName: password
          key: DB_PASSWORD
```
```yaml
# right
  secretObjects:
    - secretName: tms-odoo-secrets
      type: Opaque
      data:
        - objectName: DB_PASSWORD
          key: DB_PASSWORD
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::secret_provider_invalid
