#include "funcs/support/go_time.h"
#include "funcs/support/time_layout.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

/// The number with at least `width` digits, zeros in front; a sign does not count.
void append_number(std::string& out, std::int64_t value, std::size_t width) {
  const auto magnitude = value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const std::string digits = std::to_string(magnitude);
  if (value < 0) out += '-';
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_fraction(std::string& out, std::int32_t nanoseconds, std::string_view element) {
  const std::size_t digits = element.size() - 1;
  const bool trims = element[1] == '9';
  if (trims && nanoseconds == 0) return;
  out += element[0];
  const std::size_t start = out.size();
  append_number(out, nanoseconds, 9);
  if (digits < 9) out.resize(start + digits);
  if (!trims) return;
  while (out.back() == '0') out.pop_back();
  if (out.size() == start) out.pop_back();
}

struct OffsetForm {
  bool z = false;
  bool colon = false;
  bool minutes = true;
  bool seconds = false;
};

OffsetForm offset_form(LayoutElement element) {
  switch (element) {
    case LayoutElement::z_offset: return {true, false, true, false};
    case LayoutElement::z_seconds: return {true, false, true, true};
    case LayoutElement::z_short: return {true, false, false, false};
    case LayoutElement::z_colon: return {true, true, true, false};
    case LayoutElement::z_colon_seconds: return {true, true, true, true};
    case LayoutElement::offset_seconds: return {false, false, true, true};
    case LayoutElement::offset_short: return {false, false, false, false};
    case LayoutElement::offset_colon: return {false, true, true, false};
    case LayoutElement::offset_colon_seconds: return {false, true, true, true};
    default: return {};
  }
}

void append_offset(std::string& out, std::int64_t offset, OffsetForm form) {
  if (form.z && offset == 0) {
    out += 'Z';
    return;
  }
  const bool negative = offset / 60 < 0;
  const std::int64_t minutes = negative ? -(offset / 60) : offset / 60;
  out += negative ? '-' : '+';
  append_number(out, minutes / 60, 2);
  if (form.colon) out += ':';
  if (form.minutes) append_number(out, minutes % 60, 2);
  if (!form.seconds) return;
  if (form.colon) out += ':';
  append_number(out, (negative ? -offset : offset) % 60, 2);
}

/// The time taken apart, once per format.
struct Moment {
  ZoneLookup zone;
  CivilDate date;
  ClockTime clock;
  int weekday = 0;
  std::int32_t nanoseconds = 0;

  explicit Moment(const GoTime& time) : zone(time.zone()), nanoseconds(time.nanoseconds) {
    const auto local = static_cast<std::int64_t>(static_cast<std::uint64_t>(time.unix_seconds()) +
                                                 static_cast<std::uint64_t>(zone.offset));
    date = civil_date(absolute_days(local));
    clock = clock_of(local);
    weekday = weekday_of(absolute_days(local));
  }
  int hour12() const { return clock.hour % 12 == 0 ? 12 : clock.hour % 12; }
};

void append_spaced(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), ' ');
  out += digits;
}

void append_date_element(std::string& out, const Moment& moment, LayoutElement element) {
  const CivilDate& date = moment.date;
  switch (element) {
    case LayoutElement::long_month: out += month_string(date.month); break;
    case LayoutElement::month: out += month_string(date.month).substr(0, 3); break;
    case LayoutElement::number_month: append_number(out, date.month, 0); break;
    case LayoutElement::zero_month: append_number(out, date.month, 2); break;
    case LayoutElement::long_weekday: out += weekday_string(moment.weekday); break;
    case LayoutElement::weekday: out += weekday_string(moment.weekday).substr(0, 3); break;
    case LayoutElement::day: append_number(out, date.day, 0); break;
    case LayoutElement::space_day: append_spaced(out, date.day, 2); break;
    case LayoutElement::zero_day: append_number(out, date.day, 2); break;
    case LayoutElement::space_year_day: append_spaced(out, date.year_day, 3); break;
    case LayoutElement::zero_year_day: append_number(out, date.year_day, 3); break;
    case LayoutElement::long_year: append_number(out, date.year, 4); break;
    default: append_number(out, (date.year < 0 ? -(date.year % 100) : date.year % 100), 2); break;
  }
}

void append_clock_element(std::string& out, const Moment& moment, LayoutElement element) {
  const ClockTime& clock = moment.clock;
  switch (element) {
    case LayoutElement::hour: append_number(out, clock.hour, 2); break;
    case LayoutElement::hour12: append_number(out, moment.hour12(), 0); break;
    case LayoutElement::zero_hour12: append_number(out, moment.hour12(), 2); break;
    case LayoutElement::minute: append_number(out, clock.minute, 0); break;
    case LayoutElement::zero_minute: append_number(out, clock.minute, 2); break;
    case LayoutElement::second: append_number(out, clock.second, 0); break;
    case LayoutElement::zero_second: append_number(out, clock.second, 2); break;
    case LayoutElement::upper_pm: out += clock.hour >= 12 ? "PM" : "AM"; break;
    default: out += clock.hour >= 12 ? "pm" : "am"; break;
  }
}

void append_element(std::string& out, const Moment& moment, const LayoutChunk& chunk) {
  const LayoutElement element = chunk.element;
  if (element <= LayoutElement::zero_year_day || element == LayoutElement::long_year ||
      element == LayoutElement::year) {
    append_date_element(out, moment, element);
  } else if (element <= LayoutElement::lower_pm) {
    append_clock_element(out, moment, element);
  } else if (element >= LayoutElement::fraction_zeros) {
    append_fraction(out, moment.nanoseconds, chunk.text);
  } else if (element != LayoutElement::zone_name) {
    append_offset(out, moment.zone.offset, offset_form(element));
  } else if (!moment.zone.name.empty()) {
    out += moment.zone.name;
  } else {
    append_offset(out, moment.zone.offset, {});
  }
}

}  // namespace

std::string format_time(const GoTime& time, std::string_view layout) {
  const Moment moment(time);
  std::string out;
  while (!layout.empty()) {
    const LayoutChunk chunk = next_layout_chunk(layout);
    out += chunk.prefix;
    if (chunk.element == LayoutElement::none) break;
    append_element(out, moment, chunk);
    layout = chunk.suffix;
  }
  return out;
}

std::string time_string(const GoTime& time) {
  std::string out = format_time(time, "2006-01-02 15:04:05.999999999 -0700 MST");
  if (!time.has_monotonic) return out;
  const std::int64_t reading = time.monotonic;
  const auto nanoseconds = reading < 0 ? -static_cast<std::uint64_t>(reading) : static_cast<std::uint64_t>(reading);
  out += reading < 0 ? " m=-" : " m=+";
  out += std::to_string(nanoseconds / 1'000'000'000);
  out += '.';
  append_number(out, static_cast<std::int64_t>(nanoseconds % 1'000'000'000), 9);
  return out;
}

std::string time_go_string(const GoTime& time) {
  const Moment moment(time);
  std::string out = "time.Date(" + std::to_string(moment.date.year) + ", time." + month_string(moment.date.month);
  for (const int part : {moment.date.day, moment.clock.hour, moment.clock.minute, moment.clock.second,
                         static_cast<int>(time.nanoseconds)}) {
    out += ", " + std::to_string(part);
  }
  if (time.location == nullptr) return out + ", time.UTC)";
  // Only time.Local can come from a file here, or has no zones.
  if (time.location->zones.empty() || !time.location->transitions.empty()) return out + ", time.Local)";
  return out + ", time.Location(" + time_quote(time.location->name) + "))";
}

bool append_rfc3339(std::string& out, const GoTime& time) {
  const std::size_t start = out.size();
  out += format_time(time, rfc3339_nano_layout);
  if (out[start + 4] != '-') {
    out = "year outside of range [0,9999]";
    return false;
  }
  if (out.back() == 'Z') return true;
  const char* const offset = out.data() + out.size() - 6;
  const bool three_digits = offset[0] >= '0' && offset[0] <= '9';
  if (!three_digits && 10 * (offset[1] - '0') + (offset[2] - '0') < 24) return true;
  out = "timezone hour outside of range [0,23]";
  return false;
}

std::string time_quote(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      out += "\\x";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

}  // namespace rhumb::funcs
