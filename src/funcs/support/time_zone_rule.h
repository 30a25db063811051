// The rule of a POSIX TZ string ("CET-1CEST,M3.5.0,M10.5.0/3"), as Go reads it at the end of a zone's file.
#pragma once

#include <optional>
#include <string_view>

#include "funcs/support/time_zone.h"

namespace rhumb::funcs {

/// As tzset, zoneinfo.go: what the rule says about an instant, given the last transition before it. Nullopt for a rule
/// that cannot be read.
std::optional<ZoneLookup> apply_zone_rule(std::string_view rule, std::int64_t last_transition,
                                          std::int64_t unix_seconds);

}  // namespace rhumb::funcs
