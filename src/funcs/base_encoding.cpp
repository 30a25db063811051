// Base 64 and base 32. What cannot be decoded gives the text of the error as result, as in sprig.
#include <array>

#include "funcs/families.h"
#include "funcs/support/base_text.h"
#include "funcs/support/text_builder.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

Value b64enc(CallContext& context, Args args) {
  check_text_size(context.limits, (args[0].as_text().size() + 2) / 3 * 4);
  return context.string(base64_text(args[0].as_text()));
}

Value b32enc(CallContext& context, Args args) {
  check_text_size(context.limits, (args[0].as_text().size() + 4) / 5 * 8);
  return context.string(base32_text(args[0].as_text()));
}

Value decoded_text(CallContext& context, const DecodedBytes& decoded, const std::string& base) {
  if (!decoded.error_at) return context.string(decoded.bytes);
  return context.string("illegal base" + base + " data at input byte " + std::to_string(*decoded.error_at));
}

Value b64dec(CallContext& context, Args args) { return decoded_text(context, decode_base64(args[0].as_text()), "64"); }

Value b32dec(CallContext& context, Args args) { return decoded_text(context, decode_base32(args[0].as_text()), "32"); }

constexpr auto table = std::to_array<gotmpl::Function>({
    {"b64enc", Signature::of({Type::string}, Type::string), b64enc},
    {"b64dec", Signature::of({Type::string}, Type::string), b64dec},
    {"b32enc", Signature::of({Type::string}, Type::string), b32enc},
    {"b32dec", Signature::of({Type::string}, Type::string), b32dec},
});

}  // namespace

const std::span<const gotmpl::Function> base_encoding_functions = table;

}  // namespace rhumb::funcs
