#include "gotmpl/traced_print.h"

#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {
namespace {

/// The text of an operand: a string that is printed as it is brings its trace.
void append_operand(TracedText& out, CallContext& context, const Value& operand, const std::string& text) {
  if (operand.is_string() && operand.as_text() == text) return out.append(operand);
  out.append(context.string(text).with_origin(operand.origin()));
}

Value finished(CallContext& context, TracedText&& parts, std::string&& text) {
  if (parts.text != text) parts = {std::move(text), {}};
  return context.heap.string(std::move(parts));
}

/// Behind the verb that begins at `at`.
std::size_t verb_end(std::string_view format, std::size_t at) {
  const std::size_t verb = format.find_first_not_of("+-# 0123456789.", at + 1);
  return std::min(verb, format.size() - 1) + 1;
}

}  // namespace

Value traced_print(CallContext& context, Args args, std::string text) {
  TracedText parts;
  for (const Value& arg : args) {
    const std::string part = sprint(arg, context.limits.output_bytes);
    const std::string_view rest = std::string_view(text).substr(std::min(parts.text.size(), text.size()));
    if (!rest.starts_with(part) && rest.starts_with(' ')) parts.append(" ");
    append_operand(parts, context, arg, part);
  }
  return finished(context, std::move(parts), std::move(text));
}

Value traced_printf(CallContext& context, Args args, std::string text) {
  const std::string_view format = args[0].as_text();
  TracedText parts;
  std::size_t next = 1;
  for (std::size_t at = 0; at < format.size();) {
    const std::size_t percent = std::min(format.find('%', at), format.size());
    parts.append(format.substr(at, percent - at));
    if (percent == format.size()) break;
    at = verb_end(format, percent);
    const std::string_view verb = format.substr(percent, at - percent);
    const bool takes_operand = !verb.ends_with('%') && next < args.size();
    const Args operands = takes_operand ? args.subspan(next++, 1) : Args();
    const std::string part = sprintf(verb, operands, context.limits.output_bytes);
    if (takes_operand) {
      append_operand(parts, context, operands[0], part);
    } else {
      parts.append(part);
    }
  }
  return finished(context, std::move(parts), std::move(text));
}

}  // namespace rhumb::gotmpl
