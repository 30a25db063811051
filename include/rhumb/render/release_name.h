// What a release may be called.
#pragma once

#include <string_view>

namespace rhumb::render {

/// As ValidateReleaseName, helm 4.3.1: at most 53 characters, parts of lower-case letters, digits and inner dashes,
/// separated by dots.
bool is_release_name(std::string_view name);

}  // namespace rhumb::render
