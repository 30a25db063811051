#include "rhumb/gotmpl/function_table.h"

#include <algorithm>

#include "rhumb/gotmpl/execute.h"

namespace rhumb::gotmpl {

FunctionError FunctionError::of(std::shared_ptr<const ExecError> inner) {
  std::string message = inner->text;
  return {std::move(message), inner->by_chart, std::move(inner)};
}

FunctionError FunctionError::wrapping(std::string_view prefix, std::shared_ptr<const ExecError> inner) {
  std::string message = std::string(prefix) + inner->text;
  return {std::move(message), inner->by_chart, std::move(inner)};
}

void Library::add(std::span<const Function> functions) {
  for (const Function& function : functions) functions_[function.name] = &function;
}

void Library::add(std::span<const Method> methods) {
  for (const Method& method : methods) {
    methods_[{method.receiver, method.name}] = &method;
    has_methods_[static_cast<std::size_t>(method.receiver)] = true;
  }
}

void Library::remove(std::string_view name) { functions_.erase(name); }

const Function* Library::find(std::string_view name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : found->second;
}

const Method* Library::find_method(Type receiver, std::string_view name) const {
  const auto found = methods_.find({receiver, name});
  return found == methods_.end() ? nullptr : found->second;
}

std::vector<std::string_view> Library::names() const {
  std::vector<std::string_view> names;
  names.reserve(functions_.size());
  for (const auto& [name, function] : functions_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace rhumb::gotmpl
