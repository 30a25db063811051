// How pods use AWS, and roles for ServiceAccounts (IRSA).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

inline constexpr std::string_view role_annotation = "eks.amazonaws.com/role-arn";

/// What is wrong with the ARN of a role that a ServiceAccount is to assume; empty for nothing.
std::string role_arn_fault(std::string_view arn);

/// What shows that pods use AWS.
struct AwsUse {
  std::string what;  // "SecretProviderClass/odoo", "S3_BUCKET"
  const Object* object = nullptr;
  Node node;
};

/// Secrets of AWS mounted by the secrets store driver; variables, given here or by a ConfigMap of the release, that
/// name a bucket, a queue or an ARN. Nothing where keys or an endpoint of another store are given as well.
std::optional<AwsUse> aws_use(const Context& context, const Workload& workload);

}  // namespace rhumb::lint
