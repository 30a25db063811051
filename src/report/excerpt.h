// A line of source text as a terminal can show it, with marks under a part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "report/view.h"
#include "rhumb/base/source.h"

namespace rhumb::report {

struct Excerpt {
  std::uint32_t line = 0;  // its number
  std::string text;        // printable; cut at both ends where it is too wide
  std::string marks;       // blanks, then "^~~~" under the start of the span
};

/// Of the line that holds the start of the span. At most `width` columns of a terminal, which has to be 20 or more.
/// None where no place is known.
std::optional<Excerpt> excerpt(const View& view, const Span& span, std::size_t width);

/// Columns of a terminal: East Asian wide characters and most emoji take two, combining marks none.
std::size_t display_width(char32_t rune);
std::size_t display_width(std::string_view text);
/// Printable text cut to that many columns, with an ellipsis for what is left out.
std::string shortened(std::string_view text, std::size_t width);

}  // namespace rhumb::report
