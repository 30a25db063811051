// What a person is told to set in the values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {

/// "set a.enabled in the values"
std::string setting_of(std::string_view what);

/// A single value decides whether the part of a template is written, and that is it: "if not .allowExternal" of true.
bool is_out_by(const render::Slot& slot, std::string_view text, const Sources& sources);

/// "set a.enabled and b.name in the values", so that the part of a template is written; "set a to false in the values"
/// where a single value keeps it out by being true, "set mode to cluster in the values" where the template asks for
/// that text. Empty for a slot without keys.
std::string setting_for(const render::Slot& slot, const Sources& sources);

/// The same as texts for --set-json; empty where it takes more than booleans.
std::vector<std::string> settings_for(const render::Slot& slot, const Sources& sources);

}  // namespace rhumb::lint
