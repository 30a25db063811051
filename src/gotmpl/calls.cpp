// Calls of functions and methods.
#include <fmt/format.h>

#include "gotmpl/builtin_bodies.h"
#include "gotmpl/execution.h"
#include "gotmpl/node_text.h"
#include "gotmpl/types.h"

namespace rhumb::gotmpl {

/// `whole` is what an error of the function shows: the command, or the name where it stands as an argument.
Operand Execution::eval_function(const Operand& dot, const IdentifierNode& node, const Node& whole, ArgNodes args,
                                 Final final) {
  node_ = &node;
  const Function& function = *node.function;
  return eval_call(dot, {node.name, function.signature, function.body, function.reading}, whole, args, final);
}

Operand Execution::eval_call(const Operand& dot, const Callee& callee, const Node& node, ArgNodes args, Final final) {
  check_arity(callee, args.size(), final != nullptr);
  if (callee.signature.results > 1) fail_results(callee);
  if (callee.body == and_body || callee.body == or_body) {
    return eval_and_or(dot, callee.body == or_body, args, final);
  }
  if (callee.body == index_body && args.size() + (final != nullptr ? 1 : 0) == 1) {
    return eval_index_alone(dot, callee, node, args, final);
  }
  const Signature& signature = callee.signature;
  const std::size_t offset = callee.receiver != nullptr ? 1 : 0;
  const std::size_t count = args.size() + (final != nullptr ? 1 : 0);
  const auto parameter = [&](std::size_t i) {
    return signature.parameters[signature.variadic && i >= signature.count ? signature.count - 1u : i];
  };
  ArgumentStack::Frame values(arguments_, count + offset);
  if (callee.receiver != nullptr) values[0] = *callee.receiver;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const bool is_index = i > 0 && callee.body == slice_body;
    values[i + offset] = is_index ? eval_slice_index(dot, *args[i]) : eval_arg(dot, parameter(i), *args[i]);
  }
  if (final != nullptr) values[count - 1 + offset] = validate_type(Operand(*final), parameter(count - 1));
  if (callee.body == call_body) fail_dynamic_call(node, args, final, values.values()[0]);
  if (context_.tracing()) {
    note_arguments(callee.reading, values.values());
    call_node_ = &node;
  }
  Value result = invoke(callee, node, values.values());
  if (context_.tracing()) {
    call_node_ = nullptr;
    context_.note_read(result);
    join_origins(result, values.values());
  }
  if (result.is_nil() && signature.result != Type::interface) {
    result = zero_value(signature.result).with_origin(result.origin());
  }
  return Operand::in_place(std::move(result), signature.result);
}

/// Without indices `index` hands on what it gets: what lies behind a pointer can be called through one still. Apart
/// from the other calls, whose frames templates pile up by the thousand.
Operand Execution::eval_index_alone(const Operand& dot, const Callee& callee, const Node& node, ArgNodes args,
                                    Final final) {
  const Operand item = final != nullptr ? *final : eval_operand(dot, *args[0]);
  Operand same = eval_call(dot, {callee.name, callee.signature, index_alone_body, callee.reading}, node, {}, &item);
  same.addressable = item.addressable;
  return same;
}

void Execution::check_arity(const Callee& callee, std::size_t args, bool has_final) {
  const std::size_t count = args + (has_final ? 1 : 0);
  const Signature& signature = callee.signature;
  if (signature.variadic) {
    const std::size_t fixed = signature.count - 1u;
    if (count < fixed) fail_arity(callee.name, "at least ", fixed, args);  // Go counts without the piped one here
  } else if (count != signature.count) {
    fail_arity(callee.name, "", signature.count, count);
  }
}

/// As goodFunc.
void Execution::fail_results(const Callee& callee) {
  const Signature& signature = callee.signature;
  if (signature.results > 2) {
    fail(fmt::format("function {} has {} return values; should be 1 or 2", callee.name, signature.results));
  }
  fail(fmt::format("invalid function signature for {}: second return value should be error; is {}", callee.name,
                   type_info(signature.second).name));
}

/// They stop at the argument that decides, and return it.
Operand Execution::eval_and_or(const Operand& dot, bool is_or, ArgNodes args, Final final) {
  Operand value;
  for (const Node* const arg : args) {
    value = eval_operand(dot, *arg);
    if (context_.tracing()) traces_.note_execution(arg);
    if (collects_) deciders_.push_back(origin_of(value.value));
    if (is_true(value.value) == is_or) return value;
  }
  return final != nullptr ? *final : value;
}

/// The builtin `slice` does not look into interfaces for its indexes: one taken straight from a map is refused.
Value Execution::eval_slice_index(const Operand& dot, const Node& node) {
  Operand index = eval_operand(dot, node);
  return index.kind == Operand::Kind::interface ? Value().with_type(Type::interface) : std::move(index.value);
}

/// The builtin `call`: no value of ours is a function.
void Execution::fail_dynamic_call(const Node& node, ArgNodes args, Final final, const Value& function) {
  if (function.is_nil() || function.type() == Type::interface) {
    fail_calling("call", FunctionError{"call of nil"}, node);
  }
  std::string name;
  if (!args.empty()) {
    name = to_string(*args[0]);
  } else if (final->value.is_string()) {
    name = final->value.as_text();
  } else {
    name = fmt::format("<{} Value>", final->type_name());
  }
  fail_calling("call", FunctionError{fmt::format("non-function {} of type {}", name, function.type_name())}, node);
}

Value Execution::invoke(const Callee& callee, const Node& node, std::span<const Value> args) {
  try {
    Value result = callee.body(context_, args);
    if (result.rep() == Rep::text) count_text(result.as_text().size());
    return result;
  } catch (const FunctionError& error) {
    fail_calling(callee.name, error, node);
  }
}

}  // namespace rhumb::gotmpl
