// Timestamps as parseTimestamp of go-yaml knows them: Go's time.Parse with four layouts.
#include <algorithm>
#include <array>

#include "resolve.h"

namespace rhumb::yaml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes parts off the front of a text; once something does not fit, `ok` stays false.
struct Scanner {
  std::string_view rest;
  bool ok = true;

  bool starts_with_digit() const { return !rest.empty() && is_digit(rest[0]); }

  // One digit or two (exactly two when fixed).
  int number(bool fixed = false) {
    if (!starts_with_digit() || (fixed && (rest.size() < 2 || !is_digit(rest[1])))) {
      ok = false;
      return 0;
    }
    const std::size_t width = rest.size() > 1 && is_digit(rest[1]) ? 2 : 1;
    int value = rest[0] - '0';
    if (width == 2) value = value * 10 + (rest[1] - '0');
    rest.remove_prefix(width);
    return value;
  }

  void literal(char c) {
    ok = ok && rest.starts_with(c);
    if (ok) rest.remove_prefix(1);
  }

  void blanks() {
    ok = ok && (rest.empty() || rest[0] == ' ');
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }

  void fraction() {
    if (rest.size() < 2 || (rest[0] != '.' && rest[0] != ',') || !is_digit(rest[1])) return;
    rest.remove_prefix(1);
    while (starts_with_digit()) rest.remove_prefix(1);
  }

  void zone() {
    if (rest.starts_with('Z')) {
      rest.remove_prefix(1);
      return;
    }
    ok = ok && (rest.starts_with('+') || rest.starts_with('-'));
    if (!ok) return;
    rest.remove_prefix(1);
    const int hours = number(true);
    literal(':');
    const int minutes = number(true);
    ok = ok && hours <= 24 && minutes <= 60;
  }

  void clock() {
    const int hours = number();
    literal(':');
    const int minutes = number();
    literal(':');
    const int seconds = number();
    ok = ok && hours < 24 && minutes < 60 && seconds < 60;
    fraction();
  }
};

int days_in(int month, int year) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

}  // namespace

bool is_timestamp(std::string_view text) {
  if (text.size() < 5 || text[4] != '-' || !std::all_of(text.begin(), text.begin() + 4, is_digit)) return false;
  const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  Scanner scanner{text.substr(5)};
  const int month = scanner.number();
  scanner.literal('-');
  const int day = scanner.number();
  if (!scanner.ok || month < 1 || month > 12 || day < 1 || day > days_in(month, year)) return false;
  if (scanner.rest.empty()) return true;
  if (scanner.rest[0] == 'T' || scanner.rest[0] == 't') {
    scanner.rest.remove_prefix(1);
    scanner.clock();
    scanner.zone();
  } else {
    scanner.blanks();
    scanner.clock();
  }
  return scanner.ok && scanner.rest.empty();
}

}  // namespace rhumb::yaml
