// Where a text stands in the values that flowed into a piece of the output.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/chart/chart.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {

struct TextPlace {
  /// The layer that won.
  const render::ValueLayer* layer = nullptr;
  /// The text itself: of a longer value the part that it is, as long as it is one line; else the whole value.
  Span span;
  /// The value is the text and nothing more.
  bool is_whole = false;
};

/// The layer that won, in a file or a flag; null for a value that stands nowhere.
const render::ValueLayer* winner(const render::ValueCause& value);

/// The source's text without the quotes around it.
std::string_view unquoted_text(const Sources& sources, Span span);

/// A value that is the text, else the first one that holds it.
std::optional<TextPlace> find_text(const Sources& sources, const std::vector<render::ValueCause>& values,
                                   std::string_view text);

/// The longest line of a text: indentation differs from place to place.
std::string_view longest_line(std::string_view text);

/// Where a template of the chart or of its sub-charts holds the text, line breaks included, as it is.
std::optional<Span> find_literal(const Sources& sources, const chart::Chart& chart, std::string_view literal);

/// The part of a place that is in its first line.
Span first_line(const Sources& sources, Span span);

}  // namespace rhumb::lint
