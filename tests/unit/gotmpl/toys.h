// Functions with every kind of signature, and a rendering to call them in. record/toys.go has the same for Go.
#pragma once

#include <fmt/format.h>

#include <deque>

#include "rhumb/base/unicode.h"
#include "rhumb/gotmpl/builtins.h"
#include "rhumb/gotmpl/execute.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl::test {

inline constexpr std::string_view kube_fields[] = {"Version", "Major", "hidden"};
inline void print_kube(std::string& out, const Structure& value) {
  out += "kube ";
  out += value.fields[0].as_text();
}
inline const StructureType kube_type{Type::kube_version, kube_fields, {}, print_kube, true};
inline constexpr std::string_view capabilities_fields[] = {"KubeVersion", "APIVersions"};
inline const StructureType capabilities_type{Type::capabilities, capabilities_fields, {}};

inline Value upper(CallContext& context, Args args) {
  std::string text(args[0].as_text());
  for (char& byte : text) byte = static_cast<char>(byte >= 'a' && byte <= 'z' ? byte - 32 : byte);
  return context.string(text);
}
inline Value add(CallContext&, Args args) {
  const auto sum = static_cast<std::uint64_t>(args[0].as_integer()) + static_cast<std::uint64_t>(args[1].as_integer());
  return Value::integer(static_cast<std::int64_t>(sum));
}
inline Value join(CallContext& context, Args args) {
  std::string text;
  for (std::size_t i = 1; i < args.size(); ++i) {
    if (i > 1) text += args[0].as_text();
    text += args[i].as_text();
  }
  return context.string(text);
}
inline Value id(CallContext&, Args args) { return args[0]; }
inline Value type_of(CallContext& context, Args args) { return context.string(args[0].type_name()); }
inline Value fail(CallContext&, Args args) { throw FunctionError{std::string(args[0].as_text())}; }
inline Value crash(CallContext&, Args) { throw FunctionError{"crashed"}; }
inline Value exhaust(CallContext&, Args) { throw std::bad_alloc(); }
inline Value list(CallContext& context, Args args) {
  return args.empty() ? Value::nil_list() : context.heap.list(args);
}
inline Value strs(CallContext& context, Args args) {
  return args.empty() ? Value::nil_list(Type::slice_string) : context.heap.list(args, Type::slice_string);
}
inline Value bytes(CallContext& context, Args args) { return context.heap.bytes(args[0].as_text()); }
inline Value half(CallContext&, Args args) { return Value::floating(args[0].as_double() / 2); }
inline Value nanos(CallContext&, Args args) { return Value::int64(args[0].as_integer()); }
inline Value duration(CallContext&, Args args) { return Value::integer(args[0].as_integer(), Type::duration); }
inline Value month(CallContext&, Args args) { return Value::integer(args[0].as_integer(), Type::month); }
inline Value map_size(CallContext&, Args args) {
  return Value::integer(args[0].as_map() == nullptr ? 0 : static_cast<std::int64_t>(args[0].as_map()->size()));
}
inline Value list_size(CallContext&, Args args) {
  return Value::integer(static_cast<std::int64_t>(args[0].as_list().size()));
}
inline Value is_nil(CallContext&, Args args) { return Value::boolean(args[0].is_nil_payload()); }
inline Value nil_map(CallContext&, Args) { return Value::nil_map(); }
inline Value nil_list(CallContext&, Args) { return Value::nil_list(); }
inline Value none(CallContext&, Args) { return {}; }
inline Value set(CallContext&, Args args) {
  if (args[0].as_map() == nullptr) throw FunctionError{"assignment to entry in nil map"};
  args[0].as_map()->set(args[1].as_text(), args[2]);
  return args[0];
}
inline Value string_map(CallContext& context, Args args) {
  const Value made = context.heap.map(Type::map_string);
  made.as_map()->set(args[0].as_text(), args[1]);
  return made;
}
inline Value values(CallContext&, Args args) { return args[0].with_type(Type::values); }
inline Value capabilities(CallContext& context, Args) {
  const Value kube[] = {context.string("v1.30.1"), context.string("1"), context.string("h")};
  const Value versions[] = {context.string("v1"), context.string("apps/v1")};
  const Value fields[] = {context.heap.structure(kube_type, kube), context.heap.list(versions, Type::version_set)};
  return context.heap.structure(capabilities_type, fields);
}
inline Value include(CallContext& context, Args args) {
  return context.templates->include(context, args[0].as_text(), args[1]);
}
inline Value tpl(CallContext& context, Args args) { return context.templates->tpl(context, args[0], args[1]); }

inline constexpr Type any = Type::interface;
inline constexpr Function functions[] = {
    {"upper", Signature::of({Type::string}, Type::string), upper},
    {"add", Signature::of({Type::int_, Type::int_}, Type::int_), add},
    {"join", Signature::variadic_of({Type::string, Type::string}, Type::string), join},
    {"id", Signature::of({any}, any), id},
    {"typeof", Signature::of({any}, Type::string), type_of},
    {"fail", Signature::of({Type::string}, Type::string), fail},
    {"crash", Signature::of({}, Type::string), crash},
    {"exhaust", Signature::of({}, Type::string), exhaust},
    {"list", Signature::variadic_of({any}, Type::slice_any), list},
    {"strs", Signature::variadic_of({Type::string}, Type::slice_string), strs},
    {"bytes", Signature::of({Type::string}, Type::bytes), bytes},
    {"half", Signature::of({Type::float64}, Type::float64), half},
    {"i64", Signature::of({Type::int64}, Type::int64), id},
    {"u64", Signature::of({Type::uint64}, Type::uint64), id},
    {"u8", Signature::of({Type::uint8}, Type::uint8), id},
    {"i8", Signature::of({Type::int8}, Type::int8), id},
    {"flag", Signature::of({Type::boolean}, Type::boolean), id},
    {"cplx", Signature::of({Type::complex128}, Type::complex128), id},
    {"nanos", Signature::of({Type::duration}, Type::int64), nanos},
    {"duration", Signature::of({Type::int64}, Type::duration), duration},
    {"needmap", Signature::of({Type::map_any}, Type::int_), map_size},
    {"needlist", Signature::of({Type::slice_any}, Type::int_), list_size},
    {"needstrs", Signature::of({Type::slice_string}, Type::int_), list_size},
    {"isnil", Signature::of({Type::map_any}, Type::boolean), is_nil},
    {"nilmap", Signature::of({}, Type::map_any), nil_map},
    {"nillist", Signature::of({}, Type::slice_any), nil_list},
    {"none", Signature::of({}, any), none},
    {"set", Signature::of({Type::map_any, Type::string, any}, Type::map_any), set},
    {"strmap", Signature::of({Type::string, Type::string}, Type::map_string), string_map},
    {"values", Signature::of({Type::map_any}, Type::values), values},
    {"caps", Signature::of({}, Type::capabilities), capabilities},
    {"month", Signature::of({Type::int_}, Type::month), month},
    {"include", Signature::of({Type::string, any}, Type::string), include},
    {"tpl", Signature::of({Type::string, any}, Type::string), tpl},
};

inline Value kube_string(CallContext& context, Args args) {
  return context.string("kube " + std::string(args[0].as_structure().fields[0].as_text()));
}
inline Value has_version(CallContext&, Args args) {
  for (const Value& item : args[0].as_list()) {
    if (item.as_text() == args[1].as_text()) return Value::boolean(true);
  }
  return Value::boolean(false);
}
inline Value pick(CallContext&, Args args) {
  const Value* const found = std::as_const(*args[0].as_map()).find(args[1].as_text());
  if (found == nullptr) throw FunctionError{"no " + std::string(args[1].as_text())};
  return *found;
}
inline Value duration_text(CallContext& context, Args args) {
  return context.string(duration_string(args[0].as_integer()));
}

inline constexpr Method methods[] = {
    {Type::kube_version, "String", Signature::of({}, Type::string), kube_string, true},
    {Type::version_set, "Has", Signature::of({Type::string}, Type::boolean), has_version},
    {Type::values, "Pick", Signature::of({Type::string}, any), pick},
    {Type::values, "Size", Signature::of({}, Type::int_), map_size},
    {Type::duration, "String", Signature::of({}, Type::string), duration_text},
};

inline const Library& library() {
  static const Library made = [] {
    Library result;
    result.add(builtin_functions);
    result.add(functions);
    result.add(methods);
    return result;
  }();
  return made;
}

class QuietHost final : public Host {
 public:
  Instant now() override { return {}; }
  void random(std::span<std::byte>) override {}
  bool deterministic() const override { return true; }
  std::optional<std::string> look_up_host(const std::string&) override { return {}; }
  std::optional<std::string> environment(const std::string&) override { return {}; }
  std::string local_zone() override { return ""; }
};

/// A rendering: what the module above does, without Helm's words.
class Rendering final : public TemplateInvoker {
 public:
  explicit Rendering(const Limits& limits = {}, OriginTable* origins = nullptr)
      : limits_(limits), context_{heap_, host_, limits_, origins, this}, executor_(library(), context_) {}

  /// The error's text when it cannot be parsed.
  std::string add(const std::string& name, const std::string& text) {
    auto parsed = parse(sources_, sources_.add(name, text), name, library());
    if (!parsed) return parsed.error().message;
    files_.push_back(std::move(parsed).value());
    set_.add(*files_.back());
    return {};
  }

  ExecErrorPtr execute(std::string_view name, const Value& dot, TracedText& out) {
    return executor_.execute(set_, name, dot, out);
  }

  Value include(CallContext&, std::string_view name, const Value& data) override {
    TracedText out;
    if (auto error = executor_.execute(executor_.current_set(), name, data, out)) throw FunctionError::of(error);
    return heap_.string(std::move(out));
  }

  Value tpl(CallContext&, const Value& text, const Value& data) override {
    const std::string quoted = quote(text.as_text());
    auto parsed = parse_text(std::string(text.as_text()), "gotpl", library());
    if (!parsed) {
      ExecError inner;
      inner.text = parsed.error().message;
      throw FunctionError::wrapping("cannot parse template " + quoted + ": ", std::make_shared<ExecError>(inner));
    }
    files_.push_back(std::move(parsed).value());
    TemplateSet set = TemplateSet::clone(executor_.current_set());
    set.add(*files_.back());
    TracedText out;
    if (auto error = executor_.execute(set, "gotpl", data, out)) {
      throw FunctionError::wrapping("error during tpl function execution for " + quoted + ": ", error);
    }
    return heap_.string(std::move(out));
  }

  Heap& heap() { return heap_; }
  Executor& executor() { return executor_; }
  const Sources& sources() const { return sources_; }

 private:
  Heap heap_;
  QuietHost host_;
  Limits limits_;
  Sources sources_;
  TemplateSet set_{"gotpl"};
  std::deque<std::unique_ptr<const ParsedFile>> files_;
  CallContext context_;
  Executor executor_;
};

}  // namespace rhumb::gotmpl::test
