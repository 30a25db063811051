// Schedules as the CronJob controller reads them: five fields or a macro, of github.com/robfig/cron/v3 3.0.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rhumb/base/result.h"

namespace rhumb::lint {

class CronSchedule {
 public:
  /// As cron.ParseStandard, with its errors. A zone in front ("TZ=Asia/Kolkata 0 2 * * *") is taken off and kept: what
  /// it names is not looked up. Where Go panics over it, there is an error of our own.
  static Result<CronSchedule> parse(std::string_view text);

  /// As SpecSchedule.Next and ConstantDelaySchedule.Next in UTC: the first time behind `after`, in seconds since 1970.
  /// None where there is none within five years.
  std::optional<std::int64_t> next(std::int64_t after) const;

  /// The longest time between two runs, in seconds: of the runs of two years from a Monday on, or of the first 400 of
  /// them. None for a schedule that never fires.
  std::optional<std::int64_t> longest_pause() const;
  /// The shortest one of the same runs.
  std::optional<std::int64_t> shortest_pause() const;

  /// "Asia/Kolkata" of a zone in front; empty for none.
  const std::string& zone() const { return zone_; }

 private:
  struct Field {
    std::uint64_t bits = 0;
    bool is_star = false;

    bool has(unsigned value) const { return (bits >> value & 1U) != 0; }
  };
  struct Bounds;
  struct Pauses {
    std::int64_t shortest = INT64_MAX;
    std::int64_t longest = 0;
  };

  static Result<Field> parse_field(std::string_view text, const Bounds& bounds);
  static Result<Field> parse_range(std::string_view text, const Bounds& bounds);
  static Result<CronSchedule> parse_unzoned(std::string_view text);
  static Result<CronSchedule> parse_macro(std::string_view text);
  bool fires_on(std::int64_t day) const;
  std::optional<Pauses> pauses() const;

  Field minutes_, hours_, days_, months_, weekdays_;
  std::int64_t every_ = 0;  // seconds, of "@every 90m"
  std::string zone_;
};

}  // namespace rhumb::lint
