// sprig's functions about URLs (url.go, sprig 3.3.0).
#include <array>

#include "funcs/families.h"
#include "rhumb/base/url.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

Value url_parse(CallContext& context, Args args) {
  std::string error;
  const auto url = parse_url(args[0].as_text(), error);
  if (!url) throw FunctionError{"unable to parse url: " + error};
  Map* const map = context.heap.new_map();
  map->set("scheme", context.string(url->scheme));
  map->set("host", context.string(url->host));
  map->set("hostname", context.string(url->host_name()));
  map->set("path", context.string(url->path));
  map->set("query", context.string(url->raw_query));
  map->set("opaque", context.string(url->opaque));
  map->set("fragment", context.string(url->fragment));
  map->set("userinfo", context.string(url->user ? url->user->text() : ""));
  return Value::map(map);
}

/// The text under a key, "" without it.
std::string text_of(const Map* map, std::string_view key) {
  const Value* const value = map == nullptr ? nullptr : map->find(key);
  if (value == nullptr) return {};
  if (value->is_nil()) throw FunctionError{"runtime error: invalid memory address or nil pointer dereference"};
  if (!value->is_string()) {
    throw FunctionError{"unable to parse " + std::string(key) + " key, must be of type string, but " +
                        std::string(kind_name(value->kind())) + " found"};
  }
  return std::string(value->as_text());
}

Value url_join(CallContext& context, Args args) {
  const Map* const map = args[0].as_map();
  Url url;
  url.scheme = text_of(map, "scheme");
  url.host = text_of(map, "host");
  url.path = text_of(map, "path");
  url.raw_query = text_of(map, "query");
  url.opaque = text_of(map, "opaque");
  url.fragment = text_of(map, "fragment");
  const std::string user = text_of(map, "userinfo");
  if (!user.empty()) {
    std::string error;
    auto parsed = parse_url("proto://" + user + "@host", error);
    if (!parsed) throw FunctionError{"unable to parse userinfo in dict: " + error};
    url.user = std::move(parsed->user);
  }
  return context.string(url.text());
}

constexpr Function table[] = {
    {"urlJoin", Signature::of({Type::map_any}, Type::string), url_join},
    {"urlParse", Signature::of({Type::string}, Type::map_any), url_parse},
};

}  // namespace

const std::span<const Function> url_functions = table;

}  // namespace rhumb::funcs
