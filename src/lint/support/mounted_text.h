// What the files say that the pods of a workload mount, or get as variables, from ConfigMaps of the release.
#pragma once

#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// The entries of those ConfigMaps, one text for each key.
std::vector<std::string_view> mounted_texts(const Objects& objects, const Workload& workload);

}  // namespace rhumb::lint
