// Fields that are a number of pods or a share of them.
#pragma once

#include <string>

#include "lint/context.h"

namespace rhumb::lint {

/// What the API server says about such a field (ValidatePositiveIntOrPercent and IsNotMoreThan100Percent, Kubernetes
/// 1.34); empty for nothing, and where the field is not there.
std::string amount_fault(Node field, bool at_most_all = true);

}  // namespace rhumb::lint
