// Labels that are another with the next version of a chart, for fields that may never change.
#pragma once

#include <string>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

inline constexpr Parameter version_labels_parameter{"labels", ParameterType::list,
                                                    "helm.sh/chart,app.kubernetes.io/version,helm.sh/revision",
                                                    "labels that change from release to release"};

class VersionLabels {
 public:
  /// Of a rule that has version_labels_parameter.
  explicit VersionLabels(const Context& context);

  /// Whether it is one of the parameter's, holds the version of a chart of the tree ("1.4.2", "odoo-1.4.2"), or is
  /// called a version and holds one. "version: v1" tells lines of a product apart, and stays.
  bool change(Node label) const;

 private:
  const Context& context_;
  std::vector<std::string> versions_;
};

}  // namespace rhumb::lint
