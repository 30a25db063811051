#include "funcs/support/time_layout.h"

#include <array>

namespace rhumb::funcs {

const std::string_view rfc3339_layout = "2006-01-02T15:04:05Z07:00";
const std::string_view rfc3339_nano_layout = "2006-01-02T15:04:05.999999999Z07:00";

namespace {

using E = LayoutElement;

struct Candidate {
  std::string_view text;
  LayoutElement element;
  bool not_before_lower_case = false;  // "Month" is no "Mon"
};

/// In the order in which Go tries them.
constexpr std::array candidates{
    Candidate{"January", E::long_month},
    Candidate{"Jan", E::month, true},
    Candidate{"Monday", E::long_weekday},
    Candidate{"Mon", E::weekday, true},
    Candidate{"MST", E::zone_name},
    Candidate{"01", E::zero_month},
    Candidate{"02", E::zero_day},
    Candidate{"03", E::zero_hour12},
    Candidate{"04", E::zero_minute},
    Candidate{"05", E::zero_second},
    Candidate{"06", E::year},
    Candidate{"002", E::zero_year_day},
    Candidate{"15", E::hour},
    Candidate{"1", E::number_month},
    Candidate{"2006", E::long_year},
    Candidate{"2", E::day},
    Candidate{"__2", E::space_year_day},
    Candidate{"_2", E::space_day},
    Candidate{"3", E::hour12},
    Candidate{"4", E::minute},
    Candidate{"5", E::second},
    Candidate{"PM", E::upper_pm},
    Candidate{"pm", E::lower_pm},
    Candidate{"-070000", E::offset_seconds},
    Candidate{"-07:00:00", E::offset_colon_seconds},
    Candidate{"-0700", E::offset},
    Candidate{"-07:00", E::offset_colon},
    Candidate{"-07", E::offset_short},
    Candidate{"Z070000", E::z_seconds},
    Candidate{"Z07:00:00", E::z_colon_seconds},
    Candidate{"Z0700", E::z_offset},
    Candidate{"Z07:00", E::z_colon},
    Candidate{"Z07", E::z_short},
};

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

bool fits(const Candidate& candidate, std::string_view rest) {
  if (!rest.starts_with(candidate.text)) return false;
  // "_2006" is an underscore and a year.
  if (candidate.element == E::space_day && rest.starts_with("_2006")) return false;
  const std::size_t end = candidate.text.size();
  return !candidate.not_before_lower_case || end == rest.size() || rest[end] < 'a' || rest[end] > 'z';
}

/// ".000" or ",999", with no digit behind.
std::size_t fraction_length(std::string_view rest) {
  if (rest.size() < 2 || (rest[0] != '.' && rest[0] != ',') || (rest[1] != '0' && rest[1] != '9')) return 0;
  const std::size_t end = std::min(rest.find_first_not_of(rest[1], 1), rest.size());
  return is_digit_at(rest, end) ? 0 : end;
}

}  // namespace

LayoutChunk next_layout_chunk(std::string_view layout) {
  for (std::size_t at = 0; at < layout.size(); ++at) {
    const std::string_view rest = layout.substr(at);
    if (const std::size_t length = fraction_length(rest)) {
      return {layout.substr(0, at), rest[1] == '0' ? E::fraction_zeros : E::fraction_nines, rest.substr(0, length),
              rest.substr(length)};
    }
    for (const Candidate& candidate : candidates) {
      if (candidate.text[0] != rest[0] || !fits(candidate, rest)) continue;
      const std::size_t length = candidate.text.size();
      return {layout.substr(0, at), candidate.element, rest.substr(0, length), rest.substr(length)};
    }
  }
  return {layout, E::none, {}, {}};
}

}  // namespace rhumb::funcs
