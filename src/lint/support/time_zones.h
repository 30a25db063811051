// Names of time zones, without the machine's own database: a finding must not depend on where it is looked for.
#pragma once

#include <string_view>

namespace rhumb::lint {

/// Whether the IANA database has a zone of exactly that name.
bool is_time_zone(std::string_view name);
/// The zone that differs in case, blanks or hyphens only; empty for none.
std::string_view time_zone_like(std::string_view name);

}  // namespace rhumb::lint
