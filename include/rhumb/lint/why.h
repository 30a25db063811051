// Why a field of a rendered object has its value.
#pragma once

#include <string>

#include "rhumb/base/result.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

/// One finding of no rule for each environment, with the same cause as a real one: what the field is, or that it is not
/// there and why. Environments in which all of it is the same are told together. `object` is KIND/NAME, or
/// NAMESPACE/KIND/NAME; the kind in any case. `path` as in ".spec.template.spec.containers[0].image".
/// Errors: no environment renders the object, or one fails to render.
Result<Outcome> why(const Target& target, const std::string& object, const std::string& path, const LintWorld& world);

}  // namespace rhumb::lint
