// values.schema.json of a chart and its dependencies.
#pragma once

#include "rhumb/render/render.h"

namespace rhumb::render {

/// On up to `options.threads` threads. As ValidateAgainstSchema and its caller, helm 4.3.1.
Result<void> validate_schemas(const chart::ChartInstance& root, const Value& values, const World& world,
                              const Options& options);

}  // namespace rhumb::render
