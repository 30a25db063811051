// What a condition that was not met still wants.
#pragma once

#include <string>

#include "render/scopes.h"
#include "rhumb/gotmpl/trace.h"

namespace rhumb::render {

/// What has to be set so that the branch of a slot is taken, of values that are empty or false: "a.enabled and b.name",
/// "a or b", "a and (b or c)". Empty where that cannot be told: the condition asks for more than whether values are
/// set.
std::string needs_of(const gotmpl::Site& slot, const Scopes& scopes);

}  // namespace rhumb::render
