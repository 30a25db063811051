// The sentences that tell how a finding came about. Plain text of unknown origin: each format escapes it its own way.
#pragma once

#include <string>
#include <vector>

#include "report/view.h"
#include "rhumb/lint/finding.h"
#include "rhumb/render/cause.h"

namespace rhumb::report {

/// "replicaCount is 1 because values/dev.yaml:12 overrides charts/tms/values.yaml:40"
std::string value_sentence(const View& view, const render::ValueCause& value);

/// In the order to be read: object and environments, values, template and includes, conditions, the rendered line.
std::vector<std::string> causes(const View& view, const lint::Finding& finding);
/// What to do, places that belong to it, what silences it.
std::vector<std::string> advice(const View& view, const lint::Finding& finding);

}  // namespace rhumb::report
