// Values files may be given by URL in Helm, so every path goes through url.Parse first, which refuses some.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/base/result.h"

namespace rhumb::chart {

/// Whether the text has a scheme that Helm would fetch (http, https, oci). The error is url.Parse's:
/// `parse "1:b": first path segment in URL cannot contain colon`.
Result<bool> is_remote(const std::string& text);

}  // namespace rhumb::chart
