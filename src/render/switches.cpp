#include "render/switches.h"

#include <algorithm>

#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"

namespace rhumb::render {
namespace {

using gotmpl::as;
using gotmpl::BranchNode;
using gotmpl::CommandNode;
using gotmpl::ConditionRead;
using gotmpl::ListNode;
using gotmpl::Node;
using gotmpl::NodeType;
using gotmpl::PipeNode;

constexpr std::string_view values_name = "Values";

const Value* find(const Map* map, std::span<const std::string_view> names) {
  const Value* value = nullptr;
  for (const std::string_view name : names) {
    value = map == nullptr ? nullptr : map->find(name);
    map = value != nullptr && value->is_map() ? value->as_map() : nullptr;
  }
  return value;
}

std::span<const std::string_view> names_in(const Node& node) {
  switch (node.type) {
    case NodeType::field: return as<gotmpl::FieldNode>(node).names;
    case NodeType::variable: return as<gotmpl::VariableNode>(node).names;
    case NodeType::chain: return as<gotmpl::ChainNode>(node).names;
    default: return {};
  }
}

bool same(const ConditionRead& a, const ConditionRead& b) {
  return a.map == b.map && std::equal(a.names.begin(), a.names.end(), b.names.begin(), b.names.end());
}

std::string_view function_of(const CommandNode& command) {
  const Node& first = *command.args[0];
  return first.type == NodeType::identifier ? as<gotmpl::IdentifierNode>(first).name : std::string_view();
}

bool is_blank(std::string_view text) { return strings::trim_space(text).empty(); }

bool is_set(const ConditionRead& read) {
  const Value* const value = value_of(read);
  return value != nullptr && is_true(*value);
}

}  // namespace

const Value* value_of(const ConditionRead& read) { return find(read.map, read.names); }

const Map* values_of(std::span<const ConditionRead> reads) {
  for (const ConditionRead& read : reads) {
    const auto at = std::find(read.names.begin(), read.names.end(), values_name);
    if (at == read.names.end()) continue;
    const Value* const values = find(read.map, read.names.first(static_cast<std::size_t>(at - read.names.begin()) + 1));
    if (values != nullptr && values->is_map()) return values->as_map();
  }
  return nullptr;
}

MapPrints::MapPrints(const gotmpl::Site& slot, std::string_view below, std::span<const std::string_view> keys)
    : below_(below), keys_(keys), values_(values_of(slot.reads)) {
  if (values_ == nullptr) return;
  const auto& branch = static_cast<const BranchNode&>(*slot.node);
  around_.push_back(&branch);
  walk(branch.list);
}

const MapPrint* MapPrints::best() const {
  const MapPrint* best = nullptr;
  for (const MapPrint& print : found_) {
    if (print.switches.empty()) continue;
    const bool is_surer = best != nullptr && print.holds && !best->holds;
    const bool is_simpler =
        best != nullptr && print.holds == best->holds && print.switches.size() < best->switches.size();
    if (best == nullptr || is_surer || is_simpler) best = &print;
  }
  return best;
}

void MapPrints::walk(const ListNode* list) {
  check_stack("looking for maps that a template prints");
  if (list == nullptr) return;
  for (const Node* const node : list->nodes) {
    switch (node->type) {
      case NodeType::text: take_line(as<gotmpl::TextNode>(*node).text); break;
      case NodeType::action: look_at(as<gotmpl::ActionNode>(*node)); break;
      case NodeType::if_:
        around_.push_back(static_cast<const BranchNode*>(node));
        walk(around_.back()->list);
        around_.pop_back();
        walk(static_cast<const BranchNode*>(node)->else_list);
        break;
      // Within these the dot is another one.
      case NodeType::with:
      case NodeType::range:
      case NodeType::template_: take_print(); break;
      default: break;
    }
  }
}

void MapPrints::take_line(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  starts_line_ = end != std::string_view::npos ? is_blank(text.substr(end)) : starts_line_ && is_blank(text);
  if (!is_blank(text)) {
    const std::string_view before = strings::trim_space(text);
    before_ = before.substr(before.rfind('\n') + 1);
  }
}

/// Whether entries of the map that is looked at are printed next: not the value of another key, nor a part of a line.
bool MapPrints::begins_map(const gotmpl::ActionNode& action) const {
  std::string_view before = strings::trim_space(before_);
  if (!before.ends_with(':')) return starts_line_ || function_of(*action.pipe->commands.back()) == "nindent";
  before.remove_suffix(1);
  return strings::trim(before, "\"'- ") == below_;
}

void MapPrints::look_at(const gotmpl::ActionNode& action) {
  Reads reads;
  collect(*action.pipe, reads);
  if (!action.pipe->declarations.empty()) {
    for (const gotmpl::VariableNode* const variable : action.pipe->declarations) {
      variables_.push_back({variable->names[0], reads});
    }
    return;
  }
  for (const ConditionRead& read : reads) {
    if (begins_map(action)) keep(action, read);
  }
  take_print();
}

void MapPrints::take_print() {
  before_ = {};
  starts_line_ = false;
}

void MapPrints::keep(const gotmpl::ActionNode& action, const ConditionRead& read) {
  const Value* const value = value_of(read);
  if (value != nullptr && !value->is_map() && !value->is_nil()) return;
  const Map* const map = value == nullptr ? nullptr : value->as_map();
  found_.push_back({&action, find(map, keys_) != nullptr, switches_for(read)});
}

/// What a pipeline reads of the values: arguments of functions, and what variables of the branch were made of.
void MapPrints::collect(const Node& node, Reads& reads) const {
  check_stack("looking for maps that a template prints");
  if (const auto read = read_of(node)) reads.push_back(*read);
  switch (node.type) {
    case NodeType::pipe:
      for (const CommandNode* const command : as<PipeNode>(node).commands) collect(*command, reads);
      break;
    case NodeType::command:
      for (const Node* const arg : as<CommandNode>(node).args) collect(*arg, reads);
      break;
    case NodeType::variable:
      for (const Variable& variable : variables_) {
        if (variable.name == names_in(node)[0]) reads.insert(reads.end(), variable.reads.begin(), variable.reads.end());
      }
      break;
    default: break;
  }
}

std::optional<ConditionRead> MapPrints::read_of(const Node& node) const {
  const std::span<const std::string_view> names = names_in(node);
  const auto at = std::find(names.begin(), names.end(), values_name);
  if (at == names.end() || at + 1 == names.end()) return {};
  return ConditionRead{values_, no_origin, names.subspan(static_cast<std::size_t>(at - names.begin()) + 1)};
}

/// The nearest condition around that is not met says what has to be set.
MapPrints::Reads MapPrints::switches_for(const ConditionRead& read) const {
  for (auto branch = around_.rbegin(); branch != around_.rend(); ++branch) {
    Reads blockers;
    add_blockers(*(*branch)->pipe, read, blockers);
    if (!blockers.empty()) return blockers;
  }
  return {};
}

bool MapPrints::reads_map(const Node& node, const ConditionRead& wanted) const {
  Reads reads;
  collect(node, reads);
  return std::any_of(reads.begin(), reads.end(), [&](const ConditionRead& read) { return same(read, wanted); });
}

void MapPrints::add_blockers(const Node& node, const ConditionRead& wanted, Reads& blockers) const {
  check_stack("looking for what a condition misses");
  if (node.type == NodeType::pipe) {
    const auto commands = as<PipeNode>(node).commands;
    if (commands.size() == 1) add_blockers(*commands[0], wanted, blockers);
    return;
  }
  const auto read = read_of(node);
  if (!read || is_set(*read)) return;
  const bool known = std::any_of(blockers.begin(), blockers.end(), [&](const auto& each) { return same(each, *read); });
  if (!known) blockers.push_back(*read);
}

/// Of `and` everything that is not set; of `or` the operand with the map, or the first one that can be set.
void MapPrints::add_blockers(const CommandNode& command, const ConditionRead& wanted, Reads& blockers) const {
  const std::string_view function = function_of(command);
  const auto operands = command.args.subspan(1);
  if (function == "and") {
    for (const Node* const operand : operands) add_blockers(*operand, wanted, blockers);
  } else if (function == "or") {
    const auto with_map =
        std::find_if(operands.begin(), operands.end(), [&](const Node* each) { return reads_map(*each, wanted); });
    if (with_map != operands.end()) return add_blockers(**with_map, wanted, blockers);
    const std::size_t before = blockers.size();
    for (const Node* const operand : operands) {
      if (blockers.size() == before) add_blockers(*operand, wanted, blockers);
    }
  } else if (command.args.size() == 1) {
    add_blockers(*command.args[0], wanted, blockers);
  }
}

}  // namespace rhumb::render
