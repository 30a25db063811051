// The methods of what stands at a template's top level: .Files (pkg/engine/files.go, helm 4.3.1), .Values
// (pkg/chart/common/values.go) and .Capabilities (pkg/chart/common/capabilities.go).
#include <algorithm>

#include "funcs/families.h"
#include "funcs/support/base_text.h"
#include "funcs/support/file_glob.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Method;
using gotmpl::Signature;

// --- engine.files ---

const Value* file(Args args) {
  return args[0].as_map() == nullptr ? nullptr : args[0].as_map()->find(args[1].as_text());
}

Value get_bytes(CallContext& context, Args args) {
  const Value* const found = file(args);
  return found != nullptr ? *found : context.heap.bytes("");
}

Value get(CallContext& context, Args args) {
  const Value* const found = file(args);
  return found != nullptr ? found->with_type(Type::string) : context.string("");
}

Value lines(CallContext& context, Args args) {
  const Value* const found = file(args);
  std::string_view text = found == nullptr ? std::string_view() : found->as_text();
  if (text.empty()) return context.heap.list({}, Type::slice_string);
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<Value> made;
  for (const std::string_view line : strings::split(text, "\n")) made.push_back(context.heap.string_reference(line));
  return context.heap.list(made, Type::slice_string);
}

Value glob(CallContext& context, Args args) {
  const auto pattern = FileGlob::compile(args[1].as_text());  // a malformed one matches everything
  Map* const matched = context.heap.new_map();
  if (args[0].as_map() != nullptr) {
    for (const Map::Entry& entry : args[0].as_map()->entries()) {
      if (!pattern || pattern->match(entry.key)) matched->set(entry.key, entry.value);
    }
  }
  return Value::map(matched, Type::files);
}

/// A YAML map from the last elements of the paths. Of files of the same name one wins: in Helm any, here the last.
template <typename Convert>
Value by_name(CallContext& context, const Value& files, Convert convert) {
  if (files.is_nil_payload()) return context.string("");
  Map* const map = context.heap.new_map();
  for (const Map::Entry& entry : files.as_map()->entries()) {
    map->set(path::base(entry.key), convert(entry.value));
  }
  const Value all = Value::map(map, Type::map_string);
  if (context.tracing()) {
    auto traced = yaml::write_yaml_traced(all, context.limits.output_bytes);
    if (!traced) return context.string("");
    if (traced->text.ends_with('\n')) traced->text.pop_back();
    return context.heap.string(std::move(*traced));
  }
  const auto yaml = yaml::write_yaml(all, context.limits.output_bytes);
  return context.string(yaml ? strings::trim_suffix(*yaml, "\n") : "");
}

Value as_config(CallContext& context, Args args) {
  return by_name(context, args[0], [](const Value& data) { return data.with_type(Type::string); });
}

Value as_secrets(CallContext& context, Args args) {
  return by_name(context, args[0], [&](const Value& data) { return context.string(base64_text(data.as_text())); });
}

// --- common.Values ---

[[noreturn]] void not_a(std::string_view what, std::string_view key) {
  throw FunctionError{quote(key) + " is not a " + std::string(what)};
}

bool is_table(const Value& value) { return value.type() == Type::map_any; }

/// The table below, of either type of map; null when it is none.
const Value* find_table(const Value& values, std::string_view key) {
  const Value* const found = values.as_map() == nullptr ? nullptr : values.as_map()->find(key);
  return found != nullptr && (is_table(*found) || found->type() == Type::values) ? found : nullptr;
}

Value as_map(CallContext& context, Args args) {
  if (args[0].as_map() == nullptr || args[0].as_map()->empty()) return context.heap.map();
  return args[0].with_type(Type::map_any);
}

Value to_yaml(CallContext& context, Args args) {
  auto yaml = yaml::write_yaml(args[0], context.limits.output_bytes);
  if (!yaml) throw FunctionError{yaml.error().message};
  return context.string(*yaml);
}

Value table(CallContext&, Args args) {
  Value found = args[0];
  for (const std::string_view key : strings::split(args[1].as_text(), ".")) {
    const Value* const below = find_table(found, key);
    if (below == nullptr) not_a("table", key);
    found = *below;
  }
  return found.with_type(Type::values);
}

Value path_value(CallContext&, Args args) {
  const std::string_view path = args[1].as_text();
  if (path.empty()) throw FunctionError{"YAML path cannot be empty"};
  const auto keys = strings::split(path, ".");
  const Value* found = &args[0];
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    found = find_table(*found, keys[i]);
    if (found == nullptr) not_a("value", keys.back());
  }
  found = found->as_map() == nullptr ? nullptr : found->as_map()->find(keys.back());
  if (found == nullptr || is_table(*found)) not_a("value", keys.back());
  return *found;
}

/// Its parameter is an io.Writer, of which a template has none but nil.
Value encode(CallContext& context, Args args) {
  to_yaml(context, args);
  throw FunctionError{"runtime error: invalid memory address or nil pointer dereference"};
}

// --- common.VersionSet, KubeVersion, Capabilities ---

Value has(CallContext&, Args args) {
  const auto versions = args[0].as_list();
  return Value::boolean(std::any_of(versions.begin(), versions.end(),
                                    [&](const Value& version) { return version.as_text() == args[1].as_text(); }));
}

Value kube_version_string(CallContext& context, Args args) {
  std::string text;
  args[0].as_structure().type->print(text, args[0].as_structure());
  return context.string(text);
}

Value git_version(CallContext&, Args args) { return args[0].as_structure().fields[0]; }

Value copy_capabilities(CallContext& context, Args args) {
  const Structure& original = args[0].as_structure();
  return context.heap.structure(*original.type, {original.fields, original.type->fields.size()});
}

constexpr Signature takes_name(Type result) { return Signature::of({Type::string}, result); }
constexpr Signature gives_string = Signature::of({}, Type::string);

constexpr Method methods[] = {
    {Type::files, "AsConfig", gives_string, as_config},
    {Type::files, "AsSecrets", gives_string, as_secrets},
    {Type::files, "Get", takes_name(Type::string), get},
    {Type::files, "GetBytes", takes_name(Type::bytes), get_bytes},
    {Type::files, "Glob", takes_name(Type::files), glob},
    {Type::files, "Lines", takes_name(Type::slice_string), lines},
    {Type::values, "AsMap", Signature::of({}, Type::map_any), as_map, false, gotmpl::Reading::passes},
    {Type::values, "Encode", Signature::of({Type::writer}, Type::error_interface), encode},
    {Type::values, "PathValue", takes_name(Type::interface), path_value, false, gotmpl::Reading::passes},
    {Type::values, "Table", takes_name(Type::values), table, false, gotmpl::Reading::passes},
    {Type::values, "YAML", gives_string, to_yaml},
    {Type::version_set, "Has", takes_name(Type::boolean), has},
    {Type::kube_version, "GitVersion", gives_string, git_version, true},
    {Type::kube_version, "String", gives_string, kube_version_string, true},
    {Type::capabilities, "Copy", Signature::of({}, Type::capabilities), copy_capabilities},
};

}  // namespace

const std::span<const Method> object_methods = methods;

}  // namespace rhumb::funcs
