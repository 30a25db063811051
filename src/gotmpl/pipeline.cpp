// Pipelines, commands, variables, constants without a context.
#include "gotmpl/execution.h"

namespace rhumb::gotmpl {
namespace {

bool is_hex_int(std::string_view text) {
  return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
         text.find_first_of("pP") == std::string_view::npos;
}

bool is_float_constant(const NumberNode& number) {
  return number.is_float && !is_hex_int(number.text) && number.text[0] != '\'' &&
         number.text.find_first_of(".eEpP") != std::string_view::npos;
}

}  // namespace

/// The value of a pipeline; its variables are declared then.
Operand Execution::eval_pipeline(const Operand& dot, const PipeNode& pipe) {
  check_stack();
  node_ = &pipe;
  Operand value;
  Final final = nullptr;
  for (const CommandNode* const command : pipe.commands) {
    value = eval_command(dot, *command, final);
    value.unpack();
    final = &value;
  }
  for (const VariableNode* const variable : pipe.declarations) {
    if (pipe.is_assign) {
      set_variable(*variable, value);
    } else {
      push_variable(variable->id, value);
    }
  }
  return value;
}

Operand Execution::eval_command(const Operand& dot, const CommandNode& command, Final final) {
  const Node& first = *command.args[0];
  const ArgNodes args = command.args.subspan(1);
  switch (first.type) {
    case NodeType::field: return eval_field_node(dot, as<FieldNode>(first), args, final);
    case NodeType::chain: return eval_chain_node(dot, as<ChainNode>(first), args, final);
    case NodeType::identifier: return eval_function(dot, as<IdentifierNode>(first), command, args, final);
    case NodeType::pipe: not_a_function(first, args, final); return eval_pipeline(dot, as<PipeNode>(first));
    case NodeType::variable: return eval_variable_node(dot, as<VariableNode>(first), args, final);
    default: break;
  }
  node_ = &first;
  not_a_function(first, args, final);
  return eval_literal(dot, first);
}

Operand Execution::eval_literal(const Operand& dot, const Node& node) {
  switch (node.type) {
    case NodeType::boolean: return Operand::concrete(Value::boolean(as<BoolNode>(node).value));
    case NodeType::dot: return dot;
    case NodeType::number: return Operand::concrete(ideal_constant(as<NumberNode>(node)));
    case NodeType::string: return Operand::concrete(Value::text(&as<StringNode>(node).text));
    default: fail("nil is not a command");
  }
}

/// A number where nothing says what type it should have: its syntax does.
Value Execution::ideal_constant(const NumberNode& node) {
  node_ = &node;
  if (node.is_complex) return context_.heap.complex(node.complex_value.real, node.complex_value.imaginary);
  if (is_float_constant(node)) return Value::floating(node.float_value);
  if (!node.is_int) fail_node("", node, " overflows int");
  return Value::integer(node.int_value);
}

void Execution::not_a_function(const Node& first, ArgNodes args, Final final) {
  if (!args.empty() || final != nullptr) fail_node("can't give argument to non-function ", first, "");
}

Operand Execution::eval_variable_node(const Operand& dot, const VariableNode& node, ArgNodes args, Final final) {
  node_ = &node;
  if (node.names.size() == 1) {
    const Operand& value = variable_value(node);
    not_a_function(node, args, final);
    return value;
  }
  // A copy: calls among the fields may move the variables.
  const Operand value = variable_value(node);
  return eval_field_chain(dot, value, node, node.names.subspan(1), args, final);
}

Operand Execution::eval_chain_node(const Operand& dot, const ChainNode& node, ArgNodes args, Final final) {
  node_ = &node;
  const Operand base = eval_operand(dot, *node.base);
  return eval_field_chain(dot, base, node, node.names, args, final);
}

const Operand& Execution::variable_value(const VariableNode& variable) {
  for (std::size_t i = variables_.size(); i-- > base_;) {
    if (variables_[i].id == variable.id) return variables_[i].value;
  }
  fail("undefined variable: " + std::string(variable.names[0]));
}

void Execution::set_variable(const VariableNode& variable, Operand value) {
  for (std::size_t i = variables_.size(); i-- > base_;) {
    if (variables_[i].id != variable.id) continue;
    variables_[i].value = std::move(value);
    return;
  }
  fail("undefined variable: " + std::string(variable.names[0]));
}

}  // namespace rhumb::gotmpl
