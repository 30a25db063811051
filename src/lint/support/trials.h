// Remedies that are tried before they are told: what the chart would render to with a switch of its values turned.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

class Trials {
 public:
  explicit Trials(const Run& run) : run_(run) {}

  /// Whether the slot is a matter of booleans alone, so that it can be tried.
  bool can_try(const render::Slot& slot) const;
  /// With what the slot wants set, in the way that setting_for says it. Null where that cannot be tried or rendered.
  const Run* with(const render::Slot& slot);
  /// With all of them.
  const Run* with(const std::vector<render::Slot>& slots);

 private:
  const Run* render(std::vector<std::string> settings);

  const Run& run_;
  std::map<std::string, std::unique_ptr<Run>, std::less<>> runs_;  // by what was set
};

/// The same object in a trial; null where it is not there.
const Object* counterpart(const Run& trial, const Object& object);
const Workload* counterpart(const Run& trial, const Workload& workload);

}  // namespace rhumb::lint
