#include "lint/support/missing.h"

namespace rhumb::lint {

DraftRef report_missing_path(Context& context, const Object& object, Node from,
                             std::initializer_list<std::string_view> path, std::string message) {
  std::string rest;
  for (const std::string_view key : path) {
    const bool is_there = rest.empty() && from[key].is_map();
    if (is_there) {
      from = from[key];
    } else {
      const std::string step = yaml::path_step(key);
      rest = rest.empty() ? step : yaml::join_path(rest, step);
    }
  }
  return context.report_missing(object, from, rest, std::move(message));
}

}  // namespace rhumb::lint
