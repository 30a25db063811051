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

Value part_of(gotmpl::CallContext& context, const Value& text, std::size_t from, std::size_t to) {
  if (from == 0 && to == text.as_text().size()) return text;
  if (text.trace().empty()) return context.heap.string(text.as_text().substr(from, to - from));
  TextBuilder out(context);
  out.append(text, from, to - from);
  return out.finish();
}

Value part_of(gotmpl::CallContext& context, const Value& text, std::string_view part) {
  if (part.empty()) return context.heap.string("");
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
