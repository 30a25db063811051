#include "lint/text_place.h"

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {

const render::ValueLayer* winner(const render::ValueCause& value) {
  const auto layer = std::find_if(value.layers.begin(), value.layers.end(),
                                  [](const render::ValueLayer& each) { return each.span.known(); });
  return layer == value.layers.end() ? nullptr : &*layer;
}

std::string_view unquoted_text(const Sources& sources, Span span) {
  return strings::trim(sources.get(span.file).text().substr(span.begin, span.end - span.begin), "\"'");
}

std::string_view longest_line(std::string_view text) {
  std::string_view longest;
  for (const std::string_view line : strings::split(text, "\n")) {
    if (line.size() > longest.size()) longest = line;
  }
  return longest;
}

std::optional<TextPlace> find_text(const Sources& sources, const std::vector<render::ValueCause>& values,
                                   std::string_view text) {
  const std::string_view line = longest_line(text);
  if (line.empty()) return {};
  std::optional<TextPlace> holder;
  for (const render::ValueCause& value : values) {
    const render::ValueLayer* const layer = winner(value);
    if (layer == nullptr) continue;
    const std::string_view own = unquoted_text(sources, layer->span);
    if (own == text) return TextPlace{layer, layer->span, true};
    if (holder || !strings::contains(own, line)) continue;
    Span span = layer->span;
    if (line.size() == text.size()) {
      const std::size_t at = sources.get(span.file).text().find(line, span.begin);
      span = {span.file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + line.size())};
    }
    holder = TextPlace{layer, span, false};
  }
  return holder;
}

std::optional<Span> find_literal(const Sources& sources, const chart::Chart& chart, std::string_view literal) {
  for (const chart::File& file : chart.templates) {
    const std::size_t at = sources.get(file.source).text().find(literal);
    if (at == std::string_view::npos) continue;
    return Span{file.source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + literal.size())};
  }
  for (const auto& dependency : chart.dependencies) {
    if (const auto found = find_literal(sources, *dependency, literal)) return found;
  }
  return {};
}

Span first_line(const Sources& sources, Span span) {
  const std::string_view text = sources.get(span.file).text().substr(0, span.end);
  return {span.file, span.begin, static_cast<std::uint32_t>(std::min(text.find('\n', span.begin), text.size()))};
}

}  // namespace rhumb::lint
