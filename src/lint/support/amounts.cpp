#include "lint/support/amounts.h"

#include <fmt/format.h>

namespace rhumb::lint {

std::string amount_fault(Node field, bool at_most_all) {
  if (field.is_null()) return {};
  const auto value = manifest::int_or_string(field);
  if (!value) return "is neither a number nor a percentage";
  if (!value->is_text) return value->number < 0 ? "is negative" : "";
  if (!manifest::percent_fault(value->text).empty()) {
    return fmt::format("\"{}\" is no percentage, which is digits and a % sign", value->text);
  }
  const auto share = manifest::scaled_value(*value, 100, false);
  return at_most_all && share && *share > 100 ? fmt::format("{} is more than 100%", value->text) : "";
}

}  // namespace rhumb::lint
