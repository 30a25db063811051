// sprig's functions about paths and the one about names of hosts (functions.go and network.go, sprig 3.3.0).
#include "funcs/families.h"
#include "rhumb/base/path.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

Value base(CallContext& context, Args args) { return context.string(path::base(args[0].as_text())); }
Value clean(CallContext& context, Args args) { return context.string(path::clean(args[0].as_text())); }
Value dir(CallContext& context, Args args) { return context.string(path::directory(args[0].as_text())); }
Value ext(CallContext& context, Args args) { return context.string(path::extension(args[0].as_text())); }
Value is_abs(CallContext&, Args args) { return Value::boolean(path::is_absolute(args[0].as_text())); }

Value get_host_by_name(CallContext& context, Args args) {
  if (!context.enable_dns) return context.string("");
  const auto address = context.host.look_up_host(std::string(args[0].as_text()));
  // sprig picks one of the addresses at random, of which there are none.
  if (!address) throw FunctionError{"invalid argument to Intn"};
  return context.string(*address);
}

constexpr Signature to_string = Signature::of({Type::string}, Type::string);
constexpr Signature to_bool = Signature::of({Type::string}, Type::boolean);

constexpr Function table[] = {
    {"base", to_string, base},
    {"clean", to_string, clean},
    {"dir", to_string, dir},
    {"ext", to_string, ext},
    {"getHostByName", to_string, get_host_by_name},
    {"isAbs", to_bool, is_abs},
    {"osBase", to_string, base},
    {"osClean", to_string, clean},
    {"osDir", to_string, dir},
    {"osExt", to_string, ext},
    {"osIsAbs", to_bool, is_abs},
};

}  // namespace

const std::span<const Function> path_functions = table;

}  // namespace rhumb::funcs
