// Places as SARIF's locations.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "report/view.h"

namespace rhumb::report {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view sarif_root = "%SRCROOT%";

/// {"text": ...}; what looks like an embedded link is none.
Json sarif_message(std::string_view text);
/// "file:///home/someone/repository/", for folders with a slash at the end.
std::string sarif_file_uri(std::string_view absolute, bool folder);

/// artifactLocation, and the region with its text where the span is known.
Json sarif_physical_location(const View& view, const Span& span);
/// Of View::anchor, with the object as logical locations.
Json sarif_primary_location(const View& view, const lint::Finding& finding);
/// Values, templates, conditions and other places but the primary one.
Json sarif_related_locations(const View& view, const lint::Finding& finding);
/// The way of the value through the includes to the line that wrote it; empty where one of both is not known.
Json sarif_code_flows(const View& view, const lint::Finding& finding);
/// The includes as a stack; empty for fewer than two frames.
Json sarif_stacks(const View& view, const lint::Finding& finding);

}  // namespace rhumb::report
