// Text that a function puts together, against the limit of a rendering's strings. Parts that are values bring their
// trace along, which costs nothing while nothing is traced.
#pragma once

#include <string_view>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {

class TextBuilder {
 public:
  explicit TextBuilder(gotmpl::CallContext& context) : context_(context) {}

  /// All throw LimitError above limits.output_bytes.
  void append(std::string_view part);
  /// Bytes [from, from + count) of a text value.
  void append(const Value& part, std::size_t from = 0, std::size_t count = std::string_view::npos);
  void append_repeated(std::string_view part, std::size_t count);

  std::size_t size() const { return text_.text.size(); }
  Value finish() { return context_.heap.string(std::move(text_)); }

 private:
  void check(std::size_t more) const;

  gotmpl::CallContext& context_;
  TracedText text_;
};

/// Throws LimitError for a string of `size` bytes above limits.output_bytes.
void check_text_size(const Limits& limits, std::size_t size);

/// Bytes [from, to) of a text value, with their trace; the value itself when that is all of it.
Value part_of(gotmpl::CallContext& context, const Value& text, std::size_t from, std::size_t to);
/// `part` is a piece of the value's own text.
Value part_of(gotmpl::CallContext& context, const Value& text, std::string_view part);

/// A text value of the same size as `original`, byte for byte from the same place: it keeps the trace.
Value same_shape(gotmpl::CallContext& context, const Value& original, std::string text);

}  // namespace rhumb::funcs
