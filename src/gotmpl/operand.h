// A value under evaluation. Go's executor works on reflect.Value, which knows a static type: what comes out of a
// map[string]interface {} is an interface that holds a value, or holds nothing, and messages show the difference
// ("in type interface {}"). Pipelines unpack interfaces; then one that held nothing is no value at all.
#pragma once

#include <utility>

#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

struct Operand {
  enum class Kind : std::uint8_t {
    none,       // the zero reflect.Value: no value
    concrete,   // of exactly the type that `value` has
    interface,  // of type interface {}, holding `value`; the untyped nil: nothing
    error,      // of type error, the same; pipelines leave it as it is
  };

  Value value;
  Kind kind = Kind::none;
  /// Go could take its address: it is a field of a struct behind a pointer.
  bool addressable = false;

  static Operand concrete(Value value, bool addressable = false) {
    return {std::move(value), Kind::concrete, addressable};
  }
  static Operand interface(Value value) { return {std::move(value), Kind::interface, false}; }
  /// As reflect.ValueOf.
  static Operand of(Value value) {
    const Kind kind = value.is_nil() ? Kind::none : Kind::concrete;
    return {std::move(value), kind, false};
  }
  /// Of a place (an element, a field, a result) of this static type.
  static Operand in_place(Value value, Type place) {
    if (place == Type::interface) return interface(std::move(value));
    if (place == Type::error_interface) return {std::move(value), Kind::error, false};
    return of(std::move(value));
  }

  bool valid() const { return kind != Kind::none; }
  bool holds_nothing() const { return (kind == Kind::interface || kind == Kind::error) && value.is_nil(); }
  std::string_view type_name() const {
    if (kind == Kind::error && value.is_nil()) return "error";
    return kind == Kind::interface ? "interface {}" : value.type_name();
  }

  /// What an interface {} holds; no value when it holds nothing.
  void unpack() {
    if (kind != Kind::interface) return;
    kind = value.is_nil() ? Kind::none : Kind::concrete;
    addressable = false;
  }
};

}  // namespace rhumb::gotmpl
