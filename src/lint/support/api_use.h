// Where a manifest names an API: in its apiVersion, and in the references that carry one.
#pragma once

#include "lint/context.h"
#include "rhumb/manifest/api_lifecycle.h"

namespace rhumb::lint {

struct ApiUse {
  const Object* object = nullptr;
  Node node;  // the apiVersion
  const manifest::ApiLifecycle* lifecycle = nullptr;

  /// "policy/v1beta1 PodDisruptionBudget"
  std::string title() const;
  /// "use policy/v1", "there is no replacement".
  std::string advice() const;
};

/// Uses of APIs with a planned or past end, in order.
std::vector<ApiUse> api_uses(Context& context);

}  // namespace rhumb::lint
