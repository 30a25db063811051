// What stays of a traced rendering, so that its output can be explained.
#pragma once

#include <memory>
#include <vector>

#include "render/engine.h"
#include "rhumb/chart/chart.h"
#include "rhumb/render/render.h"

namespace rhumb::render {

struct Rendering::Traced {
  /// Owns the way to each piece of the output, and the texts that tpl was given.
  std::unique_ptr<Engine> engine;
  /// One for each of the engine's parsed files.
  std::vector<Renderable> templates;
  /// All values as the templates saw them, and changed them.
  Value values;
  const chart::ChartInstance* root = nullptr;
};

}  // namespace rhumb::render
