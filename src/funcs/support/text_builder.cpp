#include "funcs/support/text_builder.h"

#include <algorithm>
#include <string>
#include <utility>

namespace rhumb::funcs {

void check_text_size(const Limits& limits, std::size_t size) {
  if (size <= limits.output_bytes) return;
  throw LimitError("a string of " + std::to_string(size) + " bytes exceeds the limit of " +
                   std::to_string(limits.output_bytes) + " bytes");
}

void TextBuilder::check(std::size_t more) const {
  const std::size_t most = context_.limits.output_bytes;
  if (more > most || size() > most - more) check_text_size(context_.limits, more > most ? more : size() + more);
}

void TextBuilder::append(std::string_view part) {
  check(part.size());
  text_.append(part);
}

void TextBuilder::append(const Value& part, std::size_t from, std::size_t count) {
  const std::size_t all = part.as_text().size();
  check(std::min(all - std::min(from, all), count));
  text_.append(part, from, count);
}

void TextBuilder::append_repeated(std::string_view part, std::size_t count) {
  if (part.empty() || count == 0) return;
  check(count > SIZE_MAX / part.size() ? SIZE_MAX : part.size() * count);
  text_.text.reserve(text_.text.size() + part.size() * count);
  if (part.size() == 1) {
    text_.text.append(count, part[0]);
  } else {
    for (std::size_t i = 0; i < count; ++i) text_.append(part);
  }
}

namespace {

/// What was cut off may have had slots: they move to the cut.
void append_slots(TracedText& out, std::span<const TracePiece> pieces, std::size_t from, std::size_t to) {
  for (const TracePiece& piece : pieces) {
    if (piece.kind != PieceKind::slot || piece.begin < from || piece.begin >= to) continue;
    out.trace.push_back(piece);
    out.trace.back().begin = static_cast<std::uint32_t>(out.text.size());
  }
}

}  // namespace

Value part_of(gotmpl::CallContext& context, const Value& text, std::size_t from, std::size_t to) {
  const std::string_view all = text.as_text();
  if (from == 0 && to == all.size()) return text;
  if (text.trace().empty()) return context.heap.string(all.substr(from, to - from));
  TracedText out;
  append_slots(out, text.trace(), 0, from);
  out.append(text, from, to - from);
  // The slots at the very end are there already if the end is.
  if (to < all.size()) append_slots(out, text.trace(), to, all.size() + 1);
  return context.heap.string(std::move(out));
}

Value part_of(gotmpl::CallContext& context, const Value& text, std::string_view part) {
  if (part.empty()) return part_of(context, text, 0, 0);
  const auto from = static_cast<std::size_t>(part.data() - text.as_text().data());
  return part_of(context, text, from, from + part.size());
}

Value same_shape(gotmpl::CallContext& context, const Value& original, std::string text) {
  TracedText traced{std::move(text), {}};
  if (traced.text.size() == original.as_text().size()) {
    traced.trace.assign(original.trace().begin(), original.trace().end());
  } else {
    check_text_size(context.limits, traced.text.size());
  }
  return context.heap.string(std::move(traced));
}

}  // namespace rhumb::funcs
