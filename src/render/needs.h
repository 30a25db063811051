// What a condition that was not met still wants.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/scopes.h"
#include "rhumb/gotmpl/trace.h"

namespace rhumb::render {

struct Needs {
  /// In words: "a.enabled and b.name", "a or b", "a and (b or c)". Empty where it cannot be told: the condition asks
  /// for more than whether values are set.
  std::string text;
  /// Those that do it together: of alternatives the first.
  std::vector<std::string> keys;
};

/// What has to be set so that the branch of a slot is taken, of values that are empty or false.
Needs needs_of(const gotmpl::Site& slot, const Scopes& scopes);

/// What the conditions within the branch of a slot want that stand around a text of it, be it printed or in an action,
/// of values that are empty or false; nothing where that cannot be told.
std::vector<std::string> needs_within(const gotmpl::Site& slot, std::string_view text, const Scopes& scopes);

}  // namespace rhumb::render
