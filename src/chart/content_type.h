// What kind of data a file is, as Go's http.DetectContentType says: it stands in Helm's error for a chart archive that
// is none.
#pragma once

#include <string_view>

namespace rhumb::chart {

/// A MIME type, from the first 512 bytes.
std::string_view detect_content_type(std::string_view data);

}  // namespace rhumb::chart
