// env and expandenv: sprig's, which Helm takes away from charts and leaves to --name-template.
#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::Signature;

Value env(CallContext& context, Args args) {
  return context.string(context.host.environment(std::string(args[0].as_text())).value_or(""));
}

bool is_name_character(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_special(char c) { return std::string_view("*#$@!?-0123456789").find(c) != std::string_view::npos; }

struct ShellName {
  std::string_view name;
  std::size_t width;  // of the text behind the dollar
};

// As getShellName, package os.
ShellName shell_name(std::string_view text) {
  if (text[0] == '{') {
    if (text.size() > 2 && is_special(text[1]) && text[2] == '}') return {text.substr(1, 1), 3};
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] != '}') continue;
      if (i == 1) return {{}, 2};
      return {text.substr(1, i - 1), i + 1};
    }
    return {{}, 1};
  }
  if (is_special(text[0])) return {text.substr(0, 1), 1};
  std::size_t end = 0;
  while (end < text.size() && is_name_character(text[end])) ++end;
  return {text.substr(0, end), end};
}

// As os.Expand.
Value expandenv(CallContext& context, Args args) {
  const std::string_view text = args[0].as_text();
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$' || at + 1 >= text.size()) continue;
    out.append(text.substr(from, at - from));
    const ShellName found = shell_name(text.substr(at + 1));
    if (found.name.empty() && found.width == 0) {
      out.push_back('$');
    } else if (!found.name.empty()) {
      out.append(context.host.environment(std::string(found.name)).value_or(""));
    }
    at += found.width;
    from = at + 1;
  }
  if (from < text.size()) out.append(text.substr(from));
  return context.string(out);
}

constexpr Function functions[] = {
    {"env", Signature::of({Type::string}, Type::string), &env},
    {"expandenv", Signature::of({Type::string}, Type::string), &expandenv},
};

}  // namespace

const std::span<const Function> environment_functions = functions;

}  // namespace rhumb::funcs
