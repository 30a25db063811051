#include "lint/support/trials.h"

#include "lint/remedy.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {

bool Trials::can_try(const render::Slot& slot) const {
  return run_.render_with && !settings_for(slot, run_.rendering->sources()).empty();
}

const Run* Trials::with(const render::Slot& slot) { return with(std::vector<render::Slot>{slot}); }

const Run* Trials::with(const std::vector<render::Slot>& slots) {
  std::vector<std::string> settings;
  for (const render::Slot& slot : slots) {
    if (!can_try(slot)) return nullptr;
    for (std::string& each : settings_for(slot, run_.rendering->sources())) settings.push_back(std::move(each));
  }
  return settings.empty() ? nullptr : render(std::move(settings));
}

const Run* Trials::render(std::vector<std::string> settings) {
  const std::string key = strings::join(settings, ",");
  const auto known = runs_.find(key);
  if (known != runs_.end()) return known->second.get();
  return runs_.emplace(key, run_.render_with(settings)).first->second.get();
}

const Object* counterpart(const Run& trial, const Object& object) {
  return trial.objects->find(object.group, object.kind, object.namespace_, object.name);
}

const Workload* counterpart(const Run& trial, const Workload& workload) {
  const Object* const object = counterpart(trial, *workload.object);
  return object == nullptr ? nullptr : trial.workloads->of(*object);
}

}  // namespace rhumb::lint
