#include "lint/support/amounts.h"

#include <fmt/format.h>

namespace rhumb::lint {

std::string amount_fault(Node field, bool at_most_all) {
  if (field.is_null()) return {};
  const std::string_view name = field.key();
  const auto value = manifest::int_or_string(field);
  if (!value) return fmt::format("{} is neither a number nor a percentage", name);
  if (!value->is_text) return value->number < 0 ? fmt::format("{} is negative", name) : "";
  if (!manifest::percent_fault(value->text).empty()) {
    return fmt::format("{} \"{}\" is no percentage, which is digits and a % sign", name, value->text);
  }
  const auto share = manifest::scaled_value(*value, 100, false);
  return at_most_all && share && *share > 100 ? fmt::format("{} {} is more than 100%", name, value->text) : "";
}

}  // namespace rhumb::lint
