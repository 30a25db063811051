// Errors of an execution. Kept out of the functions that raise them, whose frames stay small.
#include <fmt/format.h>

#include <algorithm>

#include "gotmpl/execution.h"
#include "gotmpl/node_text.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {
namespace {

/// As Tree.ErrorContext: "NAME:LINE:COLUMN", the column counted from 0.
std::string location_of(const ParsedFile& file, std::uint32_t position) {
  const std::string_view before = file.text().substr(0, position);
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 without a line break
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  return fmt::format("{}:{}:{}", file.name(), line, position - line_start);
}

ExecErrorPtr link_of(const FunctionError& error) {
  if (error.inner != nullptr && error.inner->text == error.message) return error.inner;
  auto link = std::make_shared<ExecError>();
  link->text = error.message;
  link->inner = error.inner;
  return link;
}

}  // namespace

std::string Execution::location() const { return location_of(*tree_->file, node_->position); }

void Execution::fail(std::string_view message) const { fail(message, nullptr); }

/// As state.errorf. With a cause its text follows the message.
void Execution::fail(std::string_view message, const FunctionError* cause) const {
  const auto error = std::make_shared<ExecError>();
  error->kind = ExecError::Kind::execution;
  error->template_name = tree_->name;
  error->location = location_of(*tree_->file, node_->position);
  error->context = to_string(*node_);
  error->span = {tree_->file->file(), node_->position, node_->position};
  error->text =
      fmt::format("template: {}: executing {} at <{}>: ", error->location, quote(error->template_name), error->context);
  error->message_begin = error->text.size();
  error->text += message;
  if (cause != nullptr) {
    error->text += cause->message;
    error->by_chart = cause->by_chart;
    if (cause->by_chart) error->chart_message = cause->inner ? cause->inner->chart_message : cause->message;
    error->inner = link_of(*cause);
  }
  throw ExecFailure{error};
}

void Execution::fail_calling(std::string_view name, const FunctionError& cause, const Node& node) {
  node_ = &node;
  fail(fmt::format("error calling {}: ", name), &cause);
}

void Execution::fail_nil_pointer(std::string_view type, std::string_view field) const {
  fail(fmt::format("nil pointer evaluating {}.{}", type, field));
}

void Execution::fail_no_field(std::string_view type, std::string_view field) const {
  fail(fmt::format("can't evaluate field {} in type {}", field, type));
}

void Execution::fail_wrong_type(Type expected, std::string_view got) const {
  fail(fmt::format("wrong type for value; expected {}; got {}", type_info(expected).name, got));
}

void Execution::fail_expected(std::string_view expected, const Node& found) const {
  fail(fmt::format("expected {}; found {}", expected, to_string(found)));
}

void Execution::fail_arity(std::string_view name, std::string_view least, std::size_t want, std::size_t got) const {
  fail(fmt::format("wrong number of args for {}: want {}{} got {}", name, least, want, got));
}

void Execution::fail_value(std::string_view before, const Value& value, std::string_view after) const {
  std::string message(before);
  rhumb::print_value(message, value);
  message += after;
  fail(message);
}

void Execution::fail_node(std::string_view before, const Node& node, std::string_view after) const {
  fail(fmt::format("{}{}{}", before, to_string(node), after));
}

}  // namespace rhumb::gotmpl
