// The range action.
#include <vector>

#include "gotmpl/execution.h"

namespace rhumb::gotmpl {
namespace {

/// Calls `each` with 0 to end - 1 until it says false. False when there was nothing to count.
template <typename Number, typename Each>
bool count_up(Number end, Each&& each) {
  for (Number i = 0; i < end; ++i) {
    if (!each(i)) break;
  }
  return end > 0;
}

}  // namespace

Execution::Flow Execution::walk_range(const Operand& dot, const BranchNode& range) {
  const std::size_t mark = variables_.size();
  const TracePlace outer = place_;
  const std::size_t written = out_->text.size();
  Flow flow = Flow::normal;
  {
    OriginId decider = no_origin;
    Operand value = eval_condition(dot, range, decider);
    value.unpack();
    if (context_.tracing()) place_ = enter_branch(range, decider);
    const bool ranged = range_over(range, value);
    if (!ranged && range.else_list != nullptr) {
      if (context_.tracing()) traces_.note_execution(range.else_list);
      flow = walk_list(dot, *range.else_list);
      // Go's walkRange recovers from a break of its else list, too; a continue goes on to the outer range.
      if (flow == Flow::break_) flow = Flow::normal;
    }
    place_ = outer;
    if (context_.tracing() && !ranged && out_->text.size() == written) leave_slot(dot, range, decider);
  }
  pop_variables(mark);
  return flow;
}

/// False when there was nothing to iterate over.
bool Execution::range_over(const BranchNode& range, const Operand& value) {
  if (!value.valid()) return false;
  switch (value.value.rep()) {
    case Rep::integer:
    case Rep::unsigned_integer:
      if (range.pipe->declarations.size() > 1) {
        fail_value("can't use ", value.value, " to iterate over more than one variable");
      }
      return range_over_integer(range, value.value);
    case Rep::list: return range_over_list(range, value.value);
    case Rep::map: return range_over_map(range, value.value);
    case Rep::text:
      if (!value.value.is_string()) return range_over_bytes(range, value.value);
      break;
    default: break;
  }
  fail_value("range can't iterate over ", value.value, "");
}

bool Execution::range_over_integer(const BranchNode& range, const Value& value) {
  const Type type = value.type();
  if (value.rep() == Rep::integer) {
    return count_up(value.as_integer(), [&](std::int64_t i) {
      return one_iteration(range, {}, Operand::concrete(Value::integer(i, type)));
    });
  }
  return count_up(value.as_unsigned(), [&](std::uint64_t i) {
    return one_iteration(range, {}, Operand::concrete(Value::unsigned_integer(i, type)));
  });
}

bool Execution::range_over_list(const BranchNode& range, const Value& value) {
  const Type element = type_info(value.type()).element;
  std::int64_t index = 0;
  for (const Value& item : value.as_list()) {
    Operand operand = Operand::in_place(item, element);
    operand.addressable = operand.kind == Operand::Kind::concrete;
    if (!one_iteration(range, Operand::concrete(Value::integer(index)), std::move(operand))) break;
    ++index;
  }
  return !value.as_list().empty();
}

bool Execution::range_over_bytes(const BranchNode& range, const Value& value) {
  std::int64_t index = 0;
  for (const char byte : value.as_text()) {
    const Value item = Value::unsigned_integer(static_cast<unsigned char>(byte), Type::uint8);
    if (!one_iteration(range, Operand::concrete(Value::integer(index)), Operand::concrete(item))) break;
    ++index;
  }
  return index > 0;
}

/// Over a copy: the body may change the map.
bool Execution::range_over_map(const BranchNode& range, const Value& value) {
  const Map* const map = value.as_map();
  if (map == nullptr || map->empty()) return false;
  const Type element = type_info(value.type()).element;
  const std::vector<Map::Entry> entries(map->entries().begin(), map->entries().end());
  const bool wants_keys = range.pipe->declarations.size() > 1;
  for (const Map::Entry& entry : entries) {
    Operand key;
    if (wants_keys)
      key = Operand::concrete(context_.heap.string_reference(entry.key).with_origin(entry.value.origin()));
    if (!one_iteration(range, std::move(key), Operand::in_place(entry.value, element))) break;
  }
  return true;
}

/// False after a break.
bool Execution::one_iteration(const BranchNode& range, Operand index, Operand element) {
  count_step();
  if (context_.tracing()) {
    context_.note_read(element.value);
    traces_.note_execution(range.list);
  }
  const std::span<const VariableNode* const> declared = range.pipe->declarations;
  const std::size_t mark = variables_.size();
  if (range.pipe->is_assign) {
    if (declared.size() > 1) set_variable(*declared[0], std::move(index));
    if (!declared.empty()) set_variable(*declared.back(), element);
  } else {
    if (!declared.empty()) variables_[mark - 1].value = element;
    if (declared.size() > 1) variables_[mark - 2].value = std::move(index);
  }
  const Flow flow = walk_list(element, *range.list);
  pop_variables(mark);
  return flow != Flow::break_;
}

}  // namespace rhumb::gotmpl
