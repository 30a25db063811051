// The metrics that an alert looks at, and which objects it looks at them for. No more of PromQL than that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rhumb::lint {

struct MetricMatcher {
  std::string label;
  std::string op;  // = != =~ !~
  std::string value;
};

struct MetricSelector {
  std::string metric;
  std::vector<MetricMatcher> matchers;

  /// Whether series with this value of the label are among those selected; true where the label is not asked about.
  bool admits(std::string_view label, std::string_view value) const;
};

/// All `metric{label="value"}` of an expression, functions and keywords left out, in order.
std::vector<MetricSelector> metric_selectors(std::string_view expression);

}  // namespace rhumb::lint
