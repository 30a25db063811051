// Fields: methods, fields of structs, entries of maps.
#include <fmt/format.h>

#include <algorithm>

#include "gotmpl/execution.h"
#include "gotmpl/types.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::gotmpl {
namespace {

bool is_exported(std::string_view name) { return unicode::is_upper(utf8::decode(name).value); }

}  // namespace

Operand Execution::eval_field_node(const Operand& dot, const FieldNode& node, ArgNodes args, Final final) {
  node_ = &node;
  return eval_field_chain(dot, dot, node, node.names, args, final);
}

/// .X.Y.Z, the last of which may take arguments. `dot` is for evaluating those.
Operand Execution::eval_field_chain(const Operand& dot, const Operand& receiver, const Node& node,
                                    std::span<const std::string_view> names, ArgNodes args, Final final) {
  if (names.size() == 1) return eval_field(dot, names[0], node, args, final, receiver);
  Operand current = eval_field(dot, names[0], node, {}, nullptr, receiver);
  for (const std::string_view name : names.subspan(1, names.size() - 2)) {
    current = eval_field(dot, name, node, {}, nullptr, current);
  }
  return eval_field(dot, names.back(), node, args, final, current);
}

/// As state.evalField with missingkey=zero.
Operand Execution::eval_field(const Operand& dot, std::string_view name, const Node& node, ArgNodes args, Final final,
                              const Operand& receiver) {
  if (!receiver.valid()) return {};
  if (receiver.holds_nothing()) fail_nil_pointer(receiver.type_name(), name);
  if (const Method* const method = find_method(receiver, name)) {
    return eval_call(dot, {name, method->signature, method->body, method->reading, &receiver.value}, node, args, final);
  }
  const bool has_args = !args.empty() || final != nullptr;
  if (receiver.value.is_map()) return eval_map_entry(name, has_args, receiver.value);
  if (receiver.value.is_structure()) return eval_struct_field(name, has_args, receiver);
  fail_no_field(receiver.type_name(), name);
}

const Method* Execution::find_method(const Operand& receiver, std::string_view name) const {
  const Type type = receiver.value.type();
  if (!library_.has_methods(type)) return nullptr;
  const Method* const method = library_.find_method(type, name);
  return method != nullptr && method->pointer_receiver && !receiver.addressable ? nullptr : method;
}

Operand Execution::eval_struct_field(std::string_view name, bool has_args, const Operand& receiver) {
  const Structure& structure = receiver.value.as_structure();
  const std::span<const std::string_view> names = structure.type->fields;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) fail_no_field(receiver.type_name(), name);
  if (!is_exported(name)) {
    fail(fmt::format("{} is an unexported field of struct type {}", name, receiver.type_name()));
  }
  if (has_args) fail(fmt::format("{} has arguments but cannot be invoked as function", name));
  const bool behind_pointer = receiver.value.kind() == Kind::pointer;
  Operand field = Operand::of(structure.fields[found - names.begin()]);
  field.addressable = behind_pointer || receiver.addressable;
  return field;
}

Operand Execution::eval_map_entry(std::string_view name, bool has_args, const Value& map) {
  if (has_args) fail(fmt::format("{} is not a method but has arguments", name));
  const Type element = type_info(map.type()).element;
  const Value* const found = map.as_map() == nullptr ? nullptr : std::as_const(*map.as_map()).find(name);
  if (context_.tracing() && found != nullptr) context_.note_read(*found);
  return Operand::in_place(found != nullptr ? *found : zero_value(element), element);
}

}  // namespace rhumb::gotmpl
