// Arguments of calls, checked against the types of the parameters.
#include <fmt/format.h>

#include "gotmpl/execution.h"
#include "gotmpl/types.h"

namespace rhumb::gotmpl {
namespace {

/// A value that the parameter takes as it is.
Value converted(Operand&& value, Type type) {
  return value.value.type() == type ? std::move(value.value) : value.value.with_type(type);
}

/// As reflect's SetInt into a type of fewer bits.
std::int64_t narrowed(std::int64_t value, Kind kind) {
  switch (kind) {
    case Kind::int8: return static_cast<std::int8_t>(value);
    case Kind::int16: return static_cast<std::int16_t>(value);
    case Kind::int32: return static_cast<std::int32_t>(value);
    default: return value;
  }
}

std::uint64_t narrowed_unsigned(std::uint64_t value, Kind kind) {
  switch (kind) {
    case Kind::uint8: return static_cast<std::uint8_t>(value);
    case Kind::uint16: return static_cast<std::uint16_t>(value);
    case Kind::uint32: return static_cast<std::uint32_t>(value);
    default: return value;
  }
}

bool is_pointer_to(Type pointer, Type type) {
  return type_info(pointer).kind == Kind::pointer && type_info(pointer).element == type && type != Type::nil;
}

}  // namespace

/// An argument where any type will do, with its static type: the base of a chain, an argument of and/or.
Operand Execution::eval_operand(const Operand& dot, const Node& node) {
  node_ = &node;
  switch (node.type) {
    case NodeType::dot: return dot;
    case NodeType::nil: return {};
    case NodeType::field: return eval_field_node(dot, as<FieldNode>(node), {}, nullptr);
    case NodeType::variable: return eval_variable_node(dot, as<VariableNode>(node), {}, nullptr);
    case NodeType::pipe: return eval_pipeline(dot, as<PipeNode>(node));
    case NodeType::identifier: return eval_function(dot, as<IdentifierNode>(node), node, {}, nullptr);
    case NodeType::chain: return eval_chain_node(dot, as<ChainNode>(node), {}, nullptr);
    default: return eval_literal(dot, node);
  }
}

/// As state.evalArg.
Value Execution::eval_arg(const Operand& dot, Type type, const Node& node) {
  switch (node.type) {
    case NodeType::boolean:
    case NodeType::number:
    case NodeType::string: node_ = &node; return eval_constant(type, node);
    case NodeType::nil:
      node_ = &node;
      if (!can_be_nil(type)) fail(fmt::format("cannot assign nil to {}", type_info(type).name));
      return zero_value(type);
    default: return validate_type(eval_operand(dot, node), type);
  }
}

/// As state.validateType: the value, if a parameter of the type takes it.
Value Execution::validate_type(Operand&& value, Type type) {
  if (!value.valid()) {
    if (can_be_nil(type)) return zero_value(type).with_origin(value.value.origin());
    fail(fmt::format("invalid value; expected {}", type_info(type).name));
  }
  if (type == Type::interface) return std::move(value.value);
  if (type == Type::reflect_value) {
    return value.holds_nothing() ? value.value.with_type(Type::interface) : std::move(value.value);
  }
  if (value.holds_nothing()) fail_wrong_type(type, value.type_name());
  const Type own = value.value.type();
  if (assignable(own, type)) return converted(std::move(value), type);
  const bool concrete = value.kind == Operand::Kind::concrete;
  if (is_pointer_to(own, type) || (concrete && value.addressable && is_pointer_to(type, own))) {
    return converted(std::move(value), type);
  }
  fail_wrong_type(type, value.value.type_name());
}

/// A constant adapts itself to the type of the parameter.
Value Execution::eval_constant(Type type, const Node& node) {
  switch (type_info(type).kind) {
    case Kind::boolean:
      if (node.type != NodeType::boolean) fail_expected("bool", node);
      return Value::boolean(as<BoolNode>(node).value);
    case Kind::string:
      if (node.type != NodeType::string) fail_expected("string", node);
      return Value::text(&as<StringNode>(node).text);
    case Kind::int_:
    case Kind::int8:
    case Kind::int16:
    case Kind::int32:
    case Kind::int64: return eval_integer(type, node);
    case Kind::uint:
    case Kind::uint8:
    case Kind::uint16:
    case Kind::uint32:
    case Kind::uint64: return eval_unsigned_integer(type, node);
    case Kind::float32:
    case Kind::float64: return eval_float(type, node);
    case Kind::complex128: {
      if (node.type != NodeType::number || !as<NumberNode>(node).is_complex) fail_expected("complex", node);
      return ideal_constant(as<NumberNode>(node));
    }
    default: break;
  }
  if (type == Type::interface || type == Type::reflect_value) return eval_literal({}, node).value;
  fail_node("can't handle ", node, fmt::format(" for arg of type {}", type_info(type).name));
}

Value Execution::eval_integer(Type type, const Node& node) {
  if (node.type != NodeType::number || !as<NumberNode>(node).is_int) fail_expected("integer", node);
  return Value::integer(narrowed(as<NumberNode>(node).int_value, type_info(type).kind), type);
}

Value Execution::eval_unsigned_integer(Type type, const Node& node) {
  if (node.type != NodeType::number || !as<NumberNode>(node).is_uint) fail_expected("unsigned integer", node);
  return Value::unsigned_integer(narrowed_unsigned(as<NumberNode>(node).uint_value, type_info(type).kind), type);
}

Value Execution::eval_float(Type type, const Node& node) {
  if (node.type != NodeType::number || !as<NumberNode>(node).is_float) fail_expected("float", node);
  const double value = as<NumberNode>(node).float_value;
  // Go rounds; what lies outside of float32 becomes an infinity there, which C++ does not promise.
  return Value::floating(value, type);
}

}  // namespace rhumb::gotmpl
