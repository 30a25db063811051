// The state of an execution and the functions that walk the tree, as text/template/exec.go, split by meaning:
// walk.cpp (nodes), range.cpp, pipeline.cpp (commands, variables), fields.cpp (fields and methods), calls.cpp,
// arguments.cpp (arguments against the types of parameters), exec_errors.cpp. Names follow Go's.
//
// Go keeps the node that is being executed for its error messages (state.at); which node that is at any moment is
// part of the behaviour, so node_ is set exactly where Go sets it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gotmpl/argument_stack.h"
#include "gotmpl/operand.h"
#include "gotmpl/stack_guard.h"
#include "rhumb/gotmpl/ast.h"
#include "rhumb/gotmpl/execute.h"

namespace rhumb::gotmpl {

/// Unwinds an execution.
struct ExecFailure {
  ExecErrorPtr error;
};

class Execution {
 public:
  Execution(const Library& library, CallContext& context);

  ExecErrorPtr execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out,
                       const Value* text);
  const TemplateSet& current_set() const { return *set_; }
  std::uint64_t steps() const { return steps_; }
  const TraceTable& traces() const { return traces_; }

 private:
  enum class Flow : std::uint8_t { normal, break_, continue_ };
  /// The arguments behind the first word of a command.
  using ArgNodes = std::span<const Node* const>;
  /// What a pipeline hands to its next command: null for the first one. Go's missingVal.
  using Final = const Operand*;

  struct Variable {
    Operand value;
    std::uint32_t id = 0;
  };

  /// Where in the templates we are, as pieces say it, and the origin of literal text there.
  struct TracePlace {
    SiteId site = no_site;
    OriginId branch = no_origin;
  };

  /// What a template call or an execution changes; put back when it ends, however it ends.
  class Scope {
   public:
    explicit Scope(Execution& execution);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Execution& execution_;
    const Tree* tree_;
    const Node* node_;
    std::size_t base_;
    std::size_t top_;
    TracePlace place_;
  };

  struct Callee {
    std::string_view name;
    const Signature& signature;
    FunctionBody body;
    Reading reading = Reading::whole;
    const Value* receiver = nullptr;  // of a method
  };

  // walk.cpp
  void enter(const Tree& tree, const Operand& dot);
  Flow walk(const Operand& dot, const Node& node);
  Flow walk_list(const Operand& dot, const ListNode& list);
  void walk_action(const Operand& dot, const ActionNode& action);
  Flow walk_if_or_with(const Operand& dot, const BranchNode& branch);
  void walk_template(const Operand& dot, const TemplateNode& node);
  void print_value(const Node& node, const Operand& value);
  void print_traced(const Node& node, const Operand& value);
  void write(std::string_view text);
  void check_output() const;
  void count_step() { count_steps(1); }
  void count_steps(std::uint64_t steps);
  void count_text(std::size_t bytes);
  void check_stack() const;

  // range.cpp
  Flow walk_range(const Operand& dot, const BranchNode& range);
  bool range_over(const BranchNode& range, const Operand& value);
  bool range_over_integer(const BranchNode& range, const Value& value);
  bool range_over_list(const BranchNode& range, const Value& value);
  bool range_over_bytes(const BranchNode& range, const Value& value);
  bool range_over_map(const BranchNode& range, const Value& value);
  bool one_iteration(const BranchNode& range, Operand index, Operand element);

  // pipeline.cpp
  Operand eval_pipeline(const Operand& dot, const PipeNode& pipe);
  Operand eval_command(const Operand& dot, const CommandNode& command, Final final);
  Operand eval_variable_node(const Operand& dot, const VariableNode& node, ArgNodes args, Final final);
  Operand eval_chain_node(const Operand& dot, const ChainNode& node, ArgNodes args, Final final);
  Operand eval_function(const Operand& dot, const IdentifierNode& node, const Node& whole, ArgNodes args, Final final);
  Operand eval_literal(const Operand& dot, const Node& node);
  Value ideal_constant(const NumberNode& node);
  void not_a_function(const Node& first, ArgNodes args, Final final);
  const Operand& variable_value(const VariableNode& variable);
  void set_variable(const VariableNode& variable, Operand value);
  void push_variable(std::uint32_t id, Operand value) { variables_.push_back({std::move(value), id}); }
  void pop_variables(std::size_t mark) { variables_.resize(mark); }

  // fields.cpp
  Operand eval_field_node(const Operand& dot, const FieldNode& node, ArgNodes args, Final final);
  Operand eval_field_chain(const Operand& dot, const Operand& receiver, const Node& node,
                           std::span<const std::string_view> names, ArgNodes args, Final final);
  Operand eval_field(const Operand& dot, std::string_view name, const Node& node, ArgNodes args, Final final,
                     const Operand& receiver);
  const Method* find_method(const Operand& receiver, std::string_view name) const;
  Operand eval_struct_field(std::string_view name, bool has_args, const Operand& receiver);
  Operand eval_map_entry(std::string_view name, bool has_args, const Value& map);

  // calls.cpp
  Operand eval_call(const Operand& dot, const Callee& callee, const Node& node, ArgNodes args, Final final);
  Operand eval_index_alone(const Operand& dot, const Callee& callee, const Node& node, ArgNodes args, Final final);
  void check_arity(const Callee& callee, std::size_t args, bool has_final);
  [[noreturn]] void fail_results(const Callee& callee);
  Operand eval_and_or(const Operand& dot, bool is_or, ArgNodes args, Final final);
  [[noreturn]] void fail_dynamic_call(const Node& node, ArgNodes args, Final final, const Value& function);
  Value eval_slice_index(const Operand& dot, const Node& node);
  Value invoke(const Callee& callee, const Node& node, std::span<const Value> args);

  // arguments.cpp
  Operand eval_operand(const Operand& dot, const Node& node);
  Value eval_arg(const Operand& dot, Type type, const Node& node);
  Value validate_type(Operand&& value, Type type);
  Value eval_constant(Type type, const Node& node);
  Value eval_integer(Type type, const Node& node);
  Value eval_unsigned_integer(Type type, const Node& node);
  Value eval_float(Type type, const Node& node);

  // exec_errors.cpp
  std::string location() const;
  void walk_located(const Operand& dot, const ListNode& list);
  bool is_in_file() const;
  [[noreturn]] void fail_limit(std::string_view problem) const;
  [[noreturn]] void fail(std::string_view message) const;
  [[noreturn]] void fail(std::string_view message, const FunctionError* cause) const;
  [[noreturn]] void fail_calling(std::string_view name, const FunctionError& cause, const Node& node);
  [[noreturn]] void fail_nil_pointer(std::string_view type, std::string_view field) const;
  [[noreturn]] void fail_no_field(std::string_view type, std::string_view field) const;
  [[noreturn]] void fail_wrong_type(Type expected, std::string_view got) const;
  [[noreturn]] void fail_expected(std::string_view expected, const Node& found) const;
  [[noreturn]] void fail_arity(std::string_view name, std::string_view least, std::size_t want, std::size_t got) const;
  /// `before`, the value as %v prints it, `after`.
  [[noreturn]] void fail_value(std::string_view before, const Value& value, std::string_view after) const;
  /// `before`, the node as text, `after`.
  [[noreturn]] void fail_node(std::string_view before, const Node& node, std::string_view after) const;

  // tracing.cpp: only reached while tracing, but for eval_condition
  void trace_piece(std::size_t begin, const Node& node, OriginId origin, PieceKind kind);
  void trace_value(const Node& node, OriginId origin);
  void write_traced(const TextNode& node);
  void take_rendered(TracePiece& piece, const Node& node);
  void place_pieces(std::size_t from, const Node& node);
  SiteId printed_site(SiteId inner, const Node& node);
  bool is_called_here(SiteId site) const;
  bool is_given_text() const;
  TracePlace called(const Tree& tree, const Value* text);
  SiteId called_by_name(const TemplateNode& node);
  Operand eval_condition(const Operand& dot, const BranchNode& branch, OriginId& decider);
  TracePlace enter_branch(const BranchNode& branch, OriginId decider);
  OriginId origin_of(const Value& value);
  void join_origins(Value& result, std::span<const Value> args);

  // reading.cpp: the same
  void leave_slot(const Operand& dot, const BranchNode& branch, OriginId decider);
  void collect_reads(const Operand& dot, const Node& node, std::vector<ConditionRead>& reads);
  void collect_read(const Value& map, std::span<const std::string_view> names, std::vector<ConditionRead>& reads);
  std::span<const std::string_view> index_names(const CommandNode& command);
  void note_arguments(Reading reading, std::span<const Value> args);
  void note_whole(const Value& value);

  const Library& library_;
  CallContext& context_;
  StackGuard stack_;
  ArgumentStack arguments_;
  std::vector<Variable> variables_;
  const TemplateSet* set_ = nullptr;
  TracedText* out_ = nullptr;
  std::size_t pending_bytes_ = 0;  // of the texts that wait for this one: include within include
  const Tree* tree_ = nullptr;
  const Node* node_ = nullptr;  // where we are, for error messages
  std::size_t base_ = 0;        // the first variable of the template: what it was called from is out of sight
  std::uint32_t depth_ = 0;     // of template calls
  std::uint64_t steps_ = 0;

  // While tracing:
  TraceTable traces_;
  TracePlace place_;
  const Value* text_ = nullptr;      // what tpl was given
  const Node* call_node_ = nullptr;  // the call whose body is about to run
  std::vector<SiteId> calls_;        // made by the nodes under way
  std::size_t action_calls_ = 0;     // where those of the action that prints begin
  bool collects_ = false;            // the origins that a condition looks at
  std::vector<OriginId> deciders_;
  std::unordered_set<const void*> whole_;  // maps and lists that were read with all below them
};

}  // namespace rhumb::gotmpl
