// An environment as the renderer takes it.
#pragma once

#include "rhumb/chart/values.h"
#include "rhumb/lint/config.h"
#include "rhumb/render/render.h"

namespace rhumb::lint {

/// The values of the environment, then the given ones on top.
chart::ValueOptions value_options(const Environment& environment, const chart::ValueOptions& extra);

/// Error: a version of Kubernetes that is none.
Result<render::Options> render_options(const Environment& environment, bool helm3);

}  // namespace rhumb::lint
