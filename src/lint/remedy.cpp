#include "lint/remedy.h"

#include "lint/text_place.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// A single value decides, and that is true: "if not .allowExternal".
bool is_out_by_true(const render::Slot& slot, const Sources& sources) {
  if (slot.keys.size() != 1 || slot.deciders.size() != 1) return false;
  const render::ValueLayer* const layer = winner(slot.deciders.front());
  return layer != nullptr && unquoted_text(sources, layer->span) == "true";
}

}  // namespace

std::string setting_for(const render::Slot& slot, const Sources& sources) {
  if (slot.keys.empty()) return {};
  std::string keys = slot.keys.front();
  if (slot.all_keys) keys = strings::join(slot.keys, " and ");
  if (!slot.all_keys && !slot.needed.empty()) keys = strings::join(slot.needed, " and ");
  return "set " + keys + (is_out_by_true(slot, sources) ? " to false" : "") + " in the values";
}

}  // namespace rhumb::lint
