// Walking the nodes of a template, and writing.
#include <fmt/format.h>

#include "gotmpl/execution.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {

/// Makes `tree` the template that is executed. The caller holds a Scope.
void Execution::enter(const Tree& tree, const Operand& dot) {
  if (context_.tracing()) traces_.note_execution(&tree);
  tree_ = &tree;
  node_ = tree.root;
  base_ = variables_.size();
  push_variable(0, dot);
}

void Execution::count_steps(std::uint64_t steps) {
  steps_ += steps;
  if (steps_ > context_.limits.steps) {
    throw LimitError(fmt::format("the templates execute more than {} nodes", context_.limits.steps));
  }
}

/// A text that grows in a loop costs time with the square of its length.
void Execution::count_text(std::size_t bytes) {
  constexpr std::size_t bytes_of_a_step = 16;
  count_steps(bytes / bytes_of_a_step);
}

void Execution::check_stack() const {
  if (stack_.low()) throw LimitError("nesting of the templates is too deep for the stack");
}

Execution::Flow Execution::walk_list(const Operand& dot, const ListNode& list) {
  check_stack();
  node_ = &list;
  const std::size_t calls = calls_.size();
  for (const Node* const node : list.nodes) {
    if (const Flow flow = walk(dot, *node); flow != Flow::normal) return flow;
    if (calls_.size() > calls) calls_.resize(calls);
  }
  return Flow::normal;
}

Execution::Flow Execution::walk(const Operand& dot, const Node& node) {
  node_ = &node;
  count_step();
  switch (node.type) {
    case NodeType::action: walk_action(dot, as<ActionNode>(node)); break;
    case NodeType::break_: return Flow::break_;
    case NodeType::continue_: return Flow::continue_;
    case NodeType::if_:
    case NodeType::with: return walk_if_or_with(dot, static_cast<const BranchNode&>(node));
    case NodeType::range: return walk_range(dot, static_cast<const BranchNode&>(node));
    case NodeType::template_: walk_template(dot, as<TemplateNode>(node)); break;
    case NodeType::text:
      if (context_.tracing()) {
        write_traced(as<TextNode>(node));
      } else {
        write(as<TextNode>(node).text);
      }
      break;
    default: break;  // nothing else stands in a list
  }
  return Flow::normal;
}

void Execution::walk_action(const Operand& dot, const ActionNode& action) {
  const std::size_t calls = calls_.size();
  const Operand value = eval_pipeline(dot, *action.pipe);
  action_calls_ = calls;
  if (action.pipe->declarations.empty()) print_value(action, value);
}

Execution::Flow Execution::walk_if_or_with(const Operand& dot, const BranchNode& branch) {
  const std::size_t mark = variables_.size();
  const TracePlace outer = place_;
  const std::size_t written = out_->text.size();
  Flow flow = Flow::normal;
  {
    OriginId decider = no_origin;
    const Operand value = eval_condition(dot, branch, decider);
    const bool taken = is_true(value.value);
    const ListNode* const list = taken ? branch.list : branch.else_list;
    if (context_.tracing()) {
      place_ = enter_branch(branch, decider);
      traces_.note_execution(list);
    }
    if (list != nullptr) flow = walk_list(taken && branch.type == NodeType::with ? value : dot, *list);
    place_ = outer;
    if (context_.tracing() && !taken && out_->text.size() == written) leave_slot(dot, branch, decider);
  }
  pop_variables(mark);
  return flow;
}

void Execution::walk_template(const Operand& dot, const TemplateNode& node) {
  const Tree* const tree = set_->find(node.name);
  if (tree == nullptr) fail("template " + quote(node.name) + " not defined");
  if (depth_ == context_.limits.template_depth) {
    fail(fmt::format("exceeded maximum template depth ({})", context_.limits.template_depth));
  }
  const Operand inner = node.pipe == nullptr ? Operand() : eval_pipeline(dot, *node.pipe);
  const Scope scope(*this);
  if (context_.tracing()) place_.site = called_by_name(node);
  ++depth_;
  enter(*tree, inner);
  walk_located(inner, *tree->root);
  --depth_;
}

/// As state.printValue.
void Execution::print_value(const Node& node, const Operand& value) {
  node_ = &node;
  if (context_.tracing()) return print_traced(node, value);
  if (!value.valid()) return write("<no value>");
  if (value.value.is_string()) return write(value.value.as_text());
  rhumb::print_value(out_->text, value.value, value.addressable, context_.limits.output_bytes);
  check_output();
}

/// The same with a trace: the pieces of a text that has a trace of its own are moved along.
void Execution::print_traced(const Node& node, const Operand& value) {
  const TracePiece* const start = find_piece(value.value.trace(), 0);
  if (start == nullptr) {
    const OriginId own = value.value.origin();
    const OriginId origin = own == no_origin && is_given_text() ? origin_of(*text_) : own;
    trace_value(node, origin == no_origin ? place_.branch : origin);
  }
  if (!value.valid()) return write("<no value>");
  if (!value.value.is_string()) {
    note_whole(value.value);
    rhumb::print_value(out_->text, value.value, value.addressable, context_.limits.output_bytes);
    return check_output();
  }
  const std::size_t first = out_->trace.size();
  const std::span<const TracePiece> inner = value.value.trace();
  append_trace(out_->trace, out_->text.size(), inner, value.value.as_text().size(), 0, value.value.as_text().size());
  place_pieces(first, node);
  write(value.value.as_text());
}

void Execution::write(std::string_view text) {
  out_->text.append(text);
  check_output();
}

void Execution::check_output() const {
  if (out_->text.size() > context_.limits.output_bytes) {
    throw LimitError(fmt::format("the output exceeds the limit of {} bytes", context_.limits.output_bytes));
  }
  if (out_->text.size() + pending_bytes_ > context_.limits.memory_bytes) {
    throw LimitError(fmt::format("the memory limit of {} bytes is exceeded", context_.limits.memory_bytes));
  }
}

}  // namespace rhumb::gotmpl
