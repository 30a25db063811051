// The elements of a time layout ("2006-01-02T15:04:05.000Z07:00").
#pragma once

#include <cstdint>
#include <string_view>

namespace rhumb::funcs {

enum class LayoutElement : std::uint8_t {
  none,
  long_month,
  month,
  number_month,
  zero_month,
  long_weekday,
  weekday,
  day,
  space_day,
  zero_day,
  space_year_day,
  zero_year_day,
  hour,
  hour12,
  zero_hour12,
  minute,
  zero_minute,
  second,
  zero_second,
  long_year,
  year,
  upper_pm,
  lower_pm,
  zone_name,
  // Those with a Z write it for UTC.
  z_offset,
  z_seconds,
  z_short,
  z_colon,
  z_colon_seconds,
  offset,
  offset_seconds,
  offset_short,
  offset_colon,
  offset_colon_seconds,
  fraction_zeros,
  fraction_nines,
};

struct LayoutChunk {
  std::string_view prefix;  // text before the element
  LayoutElement element = LayoutElement::none;
  std::string_view text;  // of the element
  std::string_view suffix;
};

/// The first element of a layout, as nextStdChunk; `none` when it has none, all text is prefix then.
LayoutChunk next_layout_chunk(std::string_view layout);

extern const std::string_view rfc3339_layout;
extern const std::string_view rfc3339_nano_layout;

}  // namespace rhumb::funcs
