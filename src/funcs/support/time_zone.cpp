#include "funcs/support/time_zone.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <mutex>

#include "funcs/support/time_zone_rule.h"

namespace rhumb::funcs {
namespace {

constexpr std::array<std::string_view, 4> zone_directories{"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/",
                                                           "/usr/lib/locale/TZ/", "/etc/zoneinfo"};
constexpr std::size_t largest_file = 10 << 20;

/// Reads big-endian numbers and pieces; once it ran out of data everything is empty.
class Reader {
 public:
  explicit Reader(std::string_view data) : rest_(data) {}

  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view piece = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return piece;
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : take(size)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  bool failed() const { return failed_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

struct Counts {
  std::uint64_t utc_local = 0, standard_wall = 0, leap = 0, times = 0, zones = 0, chars = 0;

  static Counts read(Reader& reader) {
    Counts counts;
    for (std::uint64_t* const each :
         {&counts.utc_local, &counts.standard_wall, &counts.leap, &counts.times, &counts.zones, &counts.chars}) {
      *each = reader.number(4);
    }
    return counts;
  }
  std::uint64_t body_size(std::uint64_t time_size) const {
    return times * time_size + times + zones * 6 + chars + leap * (time_size + 4) + standard_wall + utc_local;
  }
};

std::string_view until_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

bool read_zones(std::string_view data, std::string_view abbreviations, std::vector<Zone>& zones) {
  Reader reader(data);
  while (!reader.rest().empty()) {
    Zone zone;
    zone.offset = static_cast<std::int32_t>(reader.number(4));
    zone.is_dst = reader.number(1) != 0;
    const std::uint64_t name = reader.number(1);
    if (name >= abbreviations.size()) return false;
    zone.name = until_nul(abbreviations.substr(name));
    zones.push_back(zone);
  }
  return !zones.empty();
}

bool is_set(std::string_view flags, std::size_t index) { return index < flags.size() && flags[index] != '\0'; }

/// The flags are those of zones; Go takes them by the number of the transition.
void read_flags(std::string_view standard, std::string_view utc, std::vector<ZoneTransition>& transitions) {
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    transitions[i].is_standard = is_set(standard, i);
    transitions[i].is_utc = is_set(utc, i);
  }
}

bool read_transitions(std::string_view times, std::string_view indices, std::size_t time_size, std::size_t zone_count,
                      std::vector<ZoneTransition>& transitions) {
  Reader reader(times);
  for (const char index : indices) {
    const std::uint64_t when = reader.number(time_size);
    const auto zone = static_cast<std::uint8_t>(index);
    if (zone >= zone_count) return false;
    transitions.push_back({time_size == 8 ? static_cast<std::int64_t>(when) : static_cast<std::int32_t>(when), zone});
  }
  // Go's stand-in for fixed zones: one transition at the beginning of time.
  if (transitions.empty()) transitions.push_back({INT64_MIN, 0});
  return true;
}

bool read_file(const std::string& path, std::string& out) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return false;
  std::array<char, 4096> buffer;
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), file)) > 0 && out.size() <= largest_file) {
    out.append(buffer.data(), count);
  }
  const bool good = std::ferror(file) == 0 && out.size() <= largest_file;
  std::fclose(file);
  return good;
}

std::shared_ptr<const LoadedLocation> load_file(const std::string& path, std::string_view name) {
  std::string data;
  if (path.find('\0') != std::string::npos || !read_file(path, data)) return nullptr;
  return LoadedLocation::parse(std::string(name), std::move(data));
}

std::shared_ptr<const LoadedLocation> load_from_directories(std::string_view name) {
  for (const std::string_view directory : zone_directories) {
    std::string path(directory);
    if (!path.ends_with('/')) path += '/';
    if (auto location = load_file(path.append(name), name)) return location;
  }
  return nullptr;
}

/// As initLocal, zoneinfo_unix.go.
std::shared_ptr<const LoadedLocation> load_local(std::string_view tz) {
  if (tz.empty()) return load_file("/etc/localtime", "Local");
  if (tz.starts_with(':')) tz.remove_prefix(1);
  if (tz.starts_with('/')) return load_file(std::string(tz), tz == "/etc/localtime" ? "Local" : tz);
  if (tz.empty() || tz == "UTC") return nullptr;
  return load_from_directories(tz);
}

}  // namespace

constinit const Location utc_location{"UTC", {}, {}, {}};

std::shared_ptr<const LoadedLocation> LoadedLocation::parse(std::string name, std::string data) {
  auto made = std::make_shared<LoadedLocation>();
  made->name_ = std::move(name);
  made->data_ = std::move(data);
  Reader reader(made->data_);
  if (reader.take(4) != "TZif") return nullptr;
  const std::string_view header = reader.take(16);
  if (header.empty() || (header[0] != '\0' && header[0] != '2' && header[0] != '3')) return nullptr;
  const std::size_t time_size = header[0] == '\0' ? 4 : 8;
  Counts counts = Counts::read(reader);
  if (time_size == 8) {  // the data of version 1 comes first
    reader.take(counts.body_size(4) + 4 + 16);
    counts = Counts::read(reader);
  }
  const std::string_view times = reader.take(counts.times * time_size);
  const std::string_view indices = reader.take(counts.times);
  const std::string_view zones = reader.take(counts.zones * 6);
  const std::string_view abbreviations = reader.take(counts.chars);
  reader.take(counts.leap * (time_size + 4));
  const std::string_view standard = reader.take(counts.standard_wall);
  const std::string_view utc = reader.take(counts.utc_local);
  if (reader.failed() || !read_zones(zones, abbreviations, made->zones_) ||
      !read_transitions(times, indices, time_size, made->zones_.size(), made->transitions_)) {
    return nullptr;
  }
  if (!indices.empty()) read_flags(standard, utc, made->transitions_);
  std::string_view rule = reader.rest();
  rule = rule.size() > 2 && rule.front() == '\n' && rule.back() == '\n' ? rule.substr(1, rule.size() - 2) : "";
  made->location_ = {made->name_, made->zones_, made->transitions_, rule, std::time(nullptr)};
  return made;
}

const Zone& Location::first_zone() const {
  bool first_used = false;
  for (const ZoneTransition& each : transitions) first_used |= each.zone == 0;
  if (!first_used) return zones[0];
  if (!transitions.empty() && zones[transitions[0].zone].is_dst) {
    for (std::size_t i = transitions[0].zone; i-- > 0;) {
      if (!zones[i].is_dst) return zones[i];
    }
  }
  for (const Zone& zone : zones) {
    if (!zone.is_dst) return zone;
  }
  return zones[0];
}

ZoneLookup Location::look_up(std::int64_t unix_seconds) const {
  if (zones.empty()) return {};
  if (transitions.empty() || unix_seconds < transitions[0].when) {
    const Zone& zone = first_zone();
    return {zone.name, zone.offset, INT64_MIN, transitions.empty() ? INT64_MAX : transitions[0].when, zone.is_dst};
  }
  std::size_t low = 0;
  std::size_t high = transitions.size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (unix_seconds < transitions[middle].when ? high : low) = middle;
  }
  const ZoneTransition& last = transitions[low];
  if (low + 1 == transitions.size() && !rule.empty()) {
    if (const auto continued = apply_zone_rule(rule, last.when, unix_seconds)) return *continued;
  }
  const Zone& zone = zones[last.zone];
  return {zone.name, zone.offset, last.when, high < transitions.size() ? transitions[high].when : INT64_MAX,
          zone.is_dst};
}

bool Location::look_up_name(std::string_view abbreviation, std::int64_t local_seconds, std::int64_t& out) const {
  for (const Zone& zone : zones) {
    if (zone.name != abbreviation) continue;
    const auto seconds =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(local_seconds) - static_cast<std::uint64_t>(zone.offset));
    const ZoneLookup found = look_up(seconds);
    if (found.name != abbreviation) continue;
    out = found.offset;
    return true;
  }
  for (const Zone& zone : zones) {
    if (zone.name != abbreviation) continue;
    out = zone.offset;
    return true;
  }
  return false;
}

std::shared_ptr<const LoadedLocation> load_location(std::string_view name) {
  // The zones are data of the machine that does not change: a few of them are kept for all renderings.
  constexpr std::size_t most_kept = 64;
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const LoadedLocation>, std::less<>> kept;
  if (name.empty() || name == "UTC" || name.find("..") != std::string_view::npos || name[0] == '/' || name[0] == '\\') {
    return nullptr;
  }
  const std::lock_guard lock(mutex);
  if (const auto found = kept.find(name); found != kept.end()) return found->second;
  auto location = load_from_directories(name);
  if (location != nullptr && kept.size() < most_kept) kept.emplace(name, location);
  return location;
}

const Location& local_location(const std::string& tz) {
  struct Local {
    std::shared_ptr<const LoadedLocation> loaded;
    Location location;
  };
  static std::mutex mutex;
  static std::map<std::string, Local> kept;
  const std::lock_guard lock(mutex);
  const auto [place, is_new] = kept.try_emplace(tz);
  if (is_new) {
    place->second.loaded = load_local(tz);
    place->second.location = place->second.loaded != nullptr ? place->second.loaded->location() : utc_location;
  }
  return place->second.location;
}

}  // namespace rhumb::funcs
