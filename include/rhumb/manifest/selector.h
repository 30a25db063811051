// Label selectors: what selects which labels, and which keys and values may be labels at all.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"

namespace rhumb::manifest {

using Labels = std::map<std::string, std::string, std::less<>>;

/// An item of matchExpressions, as it stands in an object: the operator may be none.
struct LabelExpression {
  std::string key;
  std::string op;
  std::vector<std::string> values;
};

/// As metav1.LabelSelector.
struct LabelSelector {
  Labels match_labels;
  std::vector<LabelExpression> match_expressions;
};

class Selector {
 public:
  /// As labels.Nothing and labels.Everything.
  static Selector nothing();
  static Selector everything() { return {}; }

  /// As metav1.LabelSelectorAsSelector: no selector at all selects nothing, an empty one everything. The first error
  /// counts; Go takes match_labels in any order, this in the order of keys.
  static Result<Selector> from(const LabelSelector* selector);

  bool matches(const Labels& labels) const;
  /// As Selector.Empty: everything is selected.
  bool is_everything() const { return !is_nothing_ && requirements_.empty(); }
  bool is_nothing() const { return is_nothing_; }
  /// As Selector.String: "a=b,c in (d,e),!f".
  std::string to_string() const;

 private:
  enum class Operator : std::uint8_t { equals, in, not_in, exists, does_not_exist };
  /// As labels.Requirement.
  struct Requirement {
    bool matches(const Labels& labels) const;
    std::string to_string() const;

    std::string key;
    Operator op;
    std::vector<std::string> values;
  };

  static Result<Requirement> make(std::string_view key, Operator op, const std::vector<std::string>& values);

  std::vector<Requirement> requirements_;  // by key
  bool is_nothing_ = false;
};

/// As validation.IsQualifiedName and IsValidLabelValue: what is wrong with a key or value of a label, an annotation
/// and so on; nothing where it is valid.
std::vector<std::string> label_key_faults(std::string_view key);
std::vector<std::string> label_value_faults(std::string_view value);

}  // namespace rhumb::manifest
