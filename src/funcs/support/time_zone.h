// Time zones as Go's package time has them: files of the IANA database and the rule that continues them beyond their
// last transition.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::funcs {

struct Zone {
  std::string_view name;    // abbreviation: "CET"
  std::int64_t offset = 0;  // seconds east of UTC
  bool is_dst = false;
};

struct ZoneTransition {
  std::int64_t when = 0;  // Unix time
  std::uint8_t zone = 0;
  bool is_standard = false;  // `when` was given in standard time
  bool is_utc = false;       // ... in UTC
};

/// What a location says about an instant: the zone, and from when (included) to when (excluded) it is in effect.
struct ZoneLookup {
  std::string_view name = "UTC";
  std::int64_t offset = 0;
  std::int64_t start = INT64_MIN;
  std::int64_t end = INT64_MAX;
  bool is_dst = false;
};

/// A *time.Location. Without zones it is UTC under another name. Refers to memory that somebody else owns: an arena,
/// a LoadedLocation or nobody (constants).
struct Location {
  std::string_view name;
  std::span<const Zone> zones;
  std::span<const ZoneTransition> transitions;
  std::string_view rule;  // a TZ string: what holds after the last transition
  /// Unix time; Go keeps the zone in effect then at hand, which nothing but printf of the fields shows.
  std::int64_t loaded_at = 0;

  ZoneLookup look_up(std::int64_t unix_seconds) const;
  /// The offset of the zone with that abbreviation around a local time, as Location.lookupName.
  bool look_up_name(std::string_view abbreviation, std::int64_t local_seconds, std::int64_t& out) const;

 private:
  const Zone& first_zone() const;
};

/// A location read from a file, with its memory.
class LoadedLocation {
 public:
  /// As time.LoadLocationFromTZData; null for malformed data.
  static std::shared_ptr<const LoadedLocation> parse(std::string name, std::string data);

  const Location& location() const { return location_; }
  LoadedLocation() = default;
  LoadedLocation(const LoadedLocation&) = delete;
  LoadedLocation& operator=(const LoadedLocation&) = delete;

 private:
  std::string name_;
  std::string data_;
  std::vector<Zone> zones_;
  std::vector<ZoneTransition> transitions_;
  Location location_;
};

extern const Location utc_location;

/// As time.LoadLocation for every name but "Local"; null where Go returns an error. Shared by threads.
std::shared_ptr<const LoadedLocation> load_location(std::string_view name);

/// time.Local for a value of TZ ("" = /etc/localtime). Lives for ever; there is one per value.
const Location& local_location(const std::string& tz);

}  // namespace rhumb::funcs
