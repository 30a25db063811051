// Requirements by environment.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/view.h"

namespace rhumb::report {

/// "met", "broken", "not applicable"
std::string_view state_name(lint::RequirementState::Kind kind);

/// Rules and how many different findings of each break it, over all of these states.
std::map<std::string_view, std::size_t> breaking_rules(const View& view,
                                                       const std::vector<const lint::RequirementState*>& states);

/// The requirements of one chart: a row each, a column for each environment, what breaks it in the last.
struct Matrix {
  std::string chart;
  std::vector<std::string> environments;
  struct Row {
    std::string requirement;
    std::vector<const lint::RequirementState*> states;  // by environment; null: not applicable
    std::string broken_by;                              // "too-few-replicas (2), probes-identical (1)"
  };
  std::vector<Row> rows;
};
/// One for each chart that has requirements, in the order of the outcome.
std::vector<Matrix> matrices(const View& view);

}  // namespace rhumb::report
