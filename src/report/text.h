// A finding as text: its line, and what stands below it. The other formats that hold text for people use the same.
#pragma once

#include <cstddef>
#include <string>

#include "report/view.h"

namespace rhumb::report {

/// "values/dev.yaml:12:15: error: 1 pod is guaranteed, 2 are needed [too-few-replicas]"
std::string headline(const View& view, const lint::Finding& finding, bool color);
/// Excerpt, cause and advice, each line ended. Without colors.
std::string details(const View& view, const lint::Finding& finding);

}  // namespace rhumb::report
