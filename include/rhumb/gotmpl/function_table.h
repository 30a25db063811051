// How a template calls out: functions by name, methods by the type of their receiver. Go's reflection is replaced by
// signatures: the executor checks and converts arguments against them exactly as text/template does with reflect, so a
// body may rely on the types it declares.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rhumb/base/host.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

struct CallContext;
struct ExecError;

using Args = std::span<const Value>;

/// A function body. `args` hold exactly what the signature says: for a parameter of type Type::interface any value, the
/// untyped nil included; for Type::map_any, slice_any, ... a value of that Go type (or one assignable to it, already
/// converted; nil becomes a nil map or list, and the untyped nil for a pointer); for Type::reflect_value the value as
/// the template has it: an interface that holds nothing is then a value of Type::interface, no value the untyped nil.
/// Throws FunctionError for what Go returns as error or panics with, LimitError for a limit.
using FunctionBody = Value (*)(CallContext& context, Args args);

struct Signature {
  std::array<Type, 6> parameters{};
  std::uint8_t count = 0;  // of parameters; the last one repeats when variadic
  bool variadic = false;
  /// The static type of the result: Type::interface for `any`.
  Type result = Type::interface;
  /// More than one, or one and an error, are more than a template can use: a call is refused. `second` is what the
  /// second one is.
  std::uint8_t results = 1;
  Type second = Type::error_interface;

  /// "(A, B) result" and "(A, ...B) result".
  static constexpr Signature of(std::initializer_list<Type> parameters, Type result) {
    return make(parameters, result, false);
  }
  static constexpr Signature variadic_of(std::initializer_list<Type> parameters, Type result) {
    return make(parameters, result, true);
  }
  /// A method without parameters that no template can call.
  static constexpr Signature results_of(std::initializer_list<Type> results) {
    Signature signature;
    signature.results = static_cast<std::uint8_t>(results.size());
    signature.second = *(results.begin() + 1);
    return signature;
  }

 private:
  static constexpr Signature make(std::initializer_list<Type> parameters, Type result, bool variadic) {
    Signature signature;
    for (const Type type : parameters) signature.parameters[signature.count++] = type;
    signature.variadic = variadic;
    signature.result = result;
    return signature;
  }
};

/// What a call does to the values that are handed to it, as far as "which values does anybody use?" is concerned.
enum class Reading : std::uint8_t {
  whole,    // looks at them with all that is below them
  passes,   // hands them on, or looks at a part, which it gives back
  keys,     // looks at the entries of a map, not below them
  changes,  // passes, and changes a map that others have
};

struct Function {
  std::string_view name;
  Signature signature;
  FunctionBody body;
  Reading reading = Reading::whole;
};

/// A method of a Go type; args[0] of the body is the receiver, the signature leaves it out.
struct Method {
  Type receiver;
  std::string_view name;
  Signature signature;
  FunctionBody body;
  /// Found only where the value is addressable: in a field of a struct behind a pointer.
  bool pointer_receiver = false;
  Reading reading = Reading::whole;
};

/// What a function returns as error, or the text of the panic it ends in. The executor makes
/// "error calling NAME: message" of it.
struct FunctionError {
  std::string message;
  /// `fail` and `required`: Helm reports the message alone, at the outermost place.
  bool by_chart = false;
  /// The error of an inner execution (include, tpl) that this one wraps, or is, when `message` is its text.
  std::shared_ptr<const ExecError> inner = nullptr;

  /// The error itself, as include returns it.
  static FunctionError of(std::shared_ptr<const ExecError> inner);
  /// As fmt.Errorf("...: %w"): `prefix` followed by the text of `inner`.
  static FunctionError wrapping(std::string_view prefix, std::shared_ptr<const ExecError> inner);
};

/// include and tpl: bound late, since they need the template set that is being executed.
class TemplateInvoker {
 public:
  TemplateInvoker() = default;
  TemplateInvoker(const TemplateInvoker&) = delete;
  TemplateInvoker& operator=(const TemplateInvoker&) = delete;
  virtual ~TemplateInvoker() = default;
  virtual Value include(CallContext& context, std::string_view name, const Value& data) = 0;
  virtual Value tpl(CallContext& context, const Value& text, const Value& data) = 0;
};

/// What a body may use. One per rendering, not shared by threads.
struct CallContext {
  Heap& heap;
  Host& host;
  const Limits& limits;
  /// Null unless the rendering is traced. A body that moves text then hands its trace on (TracedText, Value::trace);
  /// the executor joins the origins of the arguments into a result that has none.
  OriginTable* origins = nullptr;
  TemplateInvoker* templates = nullptr;
  /// As engine.LintMode: `required` and `fail` go on with "".
  bool lint_mode = false;
  /// --enable-dns.
  bool enable_dns = false;
  /// Helm 3's functions and words instead of Helm 4's.
  bool helm3 = false;
  Log* log = nullptr;

  bool tracing() const { return origins != nullptr; }
  /// A body that looks at a value which it does not give back says so.
  void note_read(const Value& value) const {
    if (origins != nullptr) origins->mark_read(value.origin());
  }
  Value string(std::string_view text) { return heap.string(text); }
};

/// The names that templates may call, and the methods. Built once, immutable, shared by threads.
class Library {
 public:
  /// Later names replace earlier ones (sprig's slice replaces Go's).
  void add(std::span<const Function> functions);
  void add(std::span<const Method> methods);
  void remove(std::string_view name);
  const Function* find(std::string_view name) const;
  const Method* find_method(Type receiver, std::string_view name) const;
  bool has_methods(Type receiver) const { return has_methods_[static_cast<std::size_t>(receiver)]; }
  /// Sorted.
  std::vector<std::string_view> names() const;

 private:
  struct MethodKey {
    Type receiver;
    std::string_view name;
    bool operator==(const MethodKey&) const = default;
  };
  struct MethodHash {
    std::size_t operator()(const MethodKey& key) const {
      return std::hash<std::string_view>()(key.name) * 31 + static_cast<std::size_t>(key.receiver);
    }
  };
  std::unordered_map<std::string_view, const Function*> functions_;
  std::unordered_map<MethodKey, const Method*, MethodHash> methods_;
  std::array<bool, static_cast<std::size_t>(Type::count_)> has_methods_{};
};

}  // namespace rhumb::gotmpl
