// Findings about what is not there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

/// Reports that the last of several nested keys is missing, at the nearest of them that is there: with `requests` the
/// nearest of "resources", "requests", "cpu" is what a person has to add to.
DraftRef report_missing_path(Context& context, const Object& object, Node from,
                             std::initializer_list<std::string_view> path, std::string message);
inline DraftRef report_missing_path(Context& context, const Workload& workload, Node from,
                                    std::initializer_list<std::string_view> path, std::string message) {
  return report_missing_path(context, *workload.object, from, path, std::move(message));
}

}  // namespace rhumb::lint
