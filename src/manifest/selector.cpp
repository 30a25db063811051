#include "rhumb/manifest/selector.h"

#include <algorithm>
#include <utility>

#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::manifest {
namespace {

/// A []string as field.Error prints it: no values are nil.
std::string json_list(const std::vector<std::string>& values) {
  if (values.empty()) return "null";
  std::string out;
  for (const std::string& value : values) {
    out += out.empty() ? "[" : ",";
    yaml::append_json_string(out, value);
  }
  return out + "]";
}

/// As the aggregate of a field.ErrorList.
std::string aggregate(const std::vector<std::string>& errors) {
  return errors.size() == 1 ? errors.front() : "[" + strings::join(errors, ", ") + "]";
}

void add_faults(std::vector<std::string>& errors, const std::string& field, std::string_view value,
                const std::vector<std::string>& faults) {
  if (faults.empty()) return;
  errors.push_back(field + ": Invalid value: " + quote(value) + ": " + strings::join(faults, "; "));
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool Selector::Requirement::matches(const Labels& labels) const {
  const auto label = labels.find(key);
  const bool is_there = label != labels.end();
  switch (op) {
    case Operator::equals:
    case Operator::in: return is_there && contains(values, label->second);
    case Operator::not_in: return !is_there || !contains(values, label->second);
    case Operator::exists: return is_there;
    case Operator::does_not_exist: return !is_there;
  }
  return false;
}

std::string Selector::Requirement::to_string() const {
  if (op == Operator::exists) return key;
  if (op == Operator::does_not_exist) return "!" + key;
  if (op == Operator::equals) return key + "=" + values.front();
  std::vector<std::string> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  return key + (op == Operator::in ? " in (" : " notin (") + strings::join(sorted, ",") + ")";
}

/// As labels.NewRequirement.
Result<Selector::Requirement> Selector::make(std::string_view key, Operator op,
                                             const std::vector<std::string>& values) {
  std::vector<std::string> errors;
  add_faults(errors, "key", key, label_key_faults(key));
  const bool is_set = op == Operator::in || op == Operator::not_in;
  const bool is_presence = op == Operator::exists || op == Operator::does_not_exist;
  if (is_set && values.empty()) {
    errors.emplace_back("values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
  }
  if (is_presence && !values.empty()) {
    errors.push_back("values: Invalid value: " + json_list(values) +
                     ": values set must be empty for exists and does not exist");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string field = "values[" + std::to_string(i) + "][" + std::string(key) + "]";
    add_faults(errors, field, values[i], label_value_faults(values[i]));
  }
  if (!errors.empty()) return error(aggregate(errors));
  return Requirement{std::string(key), op, values};
}

Selector Selector::nothing() {
  Selector selector;
  selector.is_nothing_ = true;
  return selector;
}

Result<Selector> Selector::from(const LabelSelector* selector) {
  if (selector == nullptr) return nothing();
  Selector out;
  for (const auto& [key, value] : selector->match_labels) {
    auto requirement = make(key, Operator::equals, {value});
    if (!requirement) return std::move(requirement).error();
    out.requirements_.push_back(*std::move(requirement));
  }
  for (const LabelExpression& expression : selector->match_expressions) {
    static constexpr std::pair<std::string_view, Operator> operators[] = {{"In", Operator::in},
                                                                          {"NotIn", Operator::not_in},
                                                                          {"Exists", Operator::exists},
                                                                          {"DoesNotExist", Operator::does_not_exist}};
    const auto* const op = std::find_if(std::begin(operators), std::end(operators),
                                        [&](const auto& known) { return known.first == expression.op; });
    if (op == std::end(operators)) return error(quote(expression.op) + " is not a valid label selector operator");
    auto requirement = make(expression.key, op->second, expression.values);
    if (!requirement) return std::move(requirement).error();
    out.requirements_.push_back(*std::move(requirement));
  }
  std::stable_sort(out.requirements_.begin(), out.requirements_.end(),
                   [](const Requirement& a, const Requirement& b) { return a.key < b.key; });
  return out;
}

bool Selector::matches(const Labels& labels) const {
  return !is_nothing_ && std::all_of(requirements_.begin(), requirements_.end(),
                                     [&](const Requirement& requirement) { return requirement.matches(labels); });
}

std::string Selector::to_string() const {
  std::vector<std::string> parts;
  for (const Requirement& requirement : requirements_) parts.push_back(requirement.to_string());
  return strings::join(parts, ",");
}

}  // namespace rhumb::manifest
