// The functions that reach out of a template (pkg/engine/engine.go, helm 4.3.1).
#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

Value include(CallContext& context, Args args) {
  return context.templates->include(context, args[0].as_text(), args[1]);
}

Value tpl(CallContext& context, Args args) { return context.templates->tpl(context, args[0], args[1]); }

/// A check of a chart that failed: an error, or, while linting, a line in the log.
void fail_by_chart(CallContext& context, LogLevel level, std::string_view note, std::string_view note3,
                   std::string_view message) {
  if (!context.lint_mode) throw FunctionError{std::string(message), true, nullptr};
  if (context.log == nullptr) return;
  if (context.helm3) {
    context.log->write(LogLevel::info, std::string(note3).append(message));
  } else {
    context.log->write(level, note, {{"message", std::string(message)}});
  }
}

Value required(CallContext& context, Args args) {
  const bool is_empty = args[1].is_string() && args[1].as_text().empty();
  if (!args[1].is_nil() && !is_empty) return args[1];
  const std::string_view note = is_empty ? "missing required values" : "missing required value";
  fail_by_chart(context, LogLevel::warn, note, "[INFO] Missing required value: ", args[0].as_text());
  return context.string("");
}

Value fail(CallContext& context, Args args) {
  fail_by_chart(context, LogLevel::info, "funcMap fail", "[INFO] Fail: ", args[0].as_text());
  return context.string("");
}

/// Without a cluster there is nothing to look up.
Value lookup(CallContext& context, Args) { return context.heap.map(); }

constexpr Signature with_data = Signature::of({Type::string, Type::interface}, Type::string);

constexpr Function table[] = {
    {"fail", Signature::of({Type::string}, Type::string), fail},
    {"include", with_data, include, gotmpl::Reading::passes},
    {"lookup", Signature::of({Type::string, Type::string, Type::string, Type::string}, Type::map_any), lookup},
    {"required", Signature::of({Type::string, Type::interface}, Type::interface), required, gotmpl::Reading::passes},
    {"tpl", with_data, tpl, gotmpl::Reading::passes},
};

}  // namespace

const std::span<const Function> helm_functions = table;

}  // namespace rhumb::funcs
