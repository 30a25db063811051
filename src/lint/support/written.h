// Parts of a scalar's value, and where they stand in the text that the scalar was written as: a tag within an image, a
// line within a block.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

struct Part {
  std::size_t begin = 0;
  std::size_t size = 0;
};

/// Bytes [begin, begin + size) of `value` within `written`, the same scalar with its quotes, escapes and indentation.
/// Of several lines the first. None where escapes have changed it.
std::optional<Part> find_written(std::string_view written, std::string_view value, Part part);

/// The scalar as it stands in the output.
std::string_view written_text(const Run& run, const Object& object, Node node);

/// Reports a part of a scalar's value.
DraftRef report_part(Context& context, const Object& object, Node node, Part part, std::string message);

}  // namespace rhumb::lint
