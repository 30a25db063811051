#include "lint/remedy.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/text_place.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

std::vector<std::string> keys_to_set(const render::Slot& slot) {
  if (slot.all_keys) return slot.keys;
  return slot.needed.empty() ? std::vector<std::string>{slot.keys.front()} : slot.needed;
}

}  // namespace

std::string setting_of(std::string_view what) { return fmt::format("set {} in the values", what); }

bool is_out_by(const render::Slot& slot, std::string_view text, const Sources& sources) {
  if (slot.keys.size() != 1 || slot.deciders.size() != 1) return false;
  const render::ValueLayer* const layer = winner(slot.deciders.front());
  return layer != nullptr && unquoted_text(sources, layer->span) == text;
}

std::string setting_for(const render::Slot& slot, const Sources& sources) {
  if (slot.keys.empty()) return {};
  std::string text = strings::join(keys_to_set(slot), " and ");
  if (is_out_by(slot, "true", sources)) {
    text += " to false";
  } else if (!slot.wanted.empty()) {
    text += " to " + slot.wanted;
  }
  return setting_of(text);
}

std::vector<std::string> settings_for(const render::Slot& slot, const Sources& sources) {
  if (slot.keys.empty() || !slot.wanted.empty()) return {};
  const auto is_boolean = [&](const render::ValueCause& cause) {
    const render::ValueLayer* const layer = winner(cause);
    const std::string_view text = layer == nullptr ? std::string_view() : unquoted_text(sources, layer->span);
    return text == "true" || text == "false";
  };
  std::vector<std::string> keys = keys_to_set(slot);
  if (keys.size() > slot.deciders.size()) return {};
  if (!std::all_of(slot.deciders.begin(), slot.deciders.end(), is_boolean)) return {};
  const std::string_view value = is_out_by(slot, "true", sources) ? "=false" : "=true";
  for (std::string& key : keys) key += value;
  return keys;
}

}  // namespace rhumb::lint
