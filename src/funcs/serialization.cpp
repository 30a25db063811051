// Values to and from YAML and JSON: Helm's own functions (pkg/engine/funcs.go, helm 4.3.1) and sprig's of the same
// kind.
#include "funcs/families.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

// The text without one final newline. A write that failed: nullopt, with the error's text.
Value without_newline(CallContext& context, Result<TracedText>&& written, bool must) {
  if (!written) {
    if (must) throw FunctionError{written.error().message};
    return context.string("");
  }
  if (written->text.ends_with('\n')) written->text.pop_back();
  return context.heap.string(std::move(*written));
}

Value write_yaml(CallContext& context, const Value& value, bool must) {
  if (context.tracing())
    return without_newline(context, yaml::write_yaml_traced(value, context.limits.output_bytes), must);
  std::string text;
  std::string failure;
  if (!yaml::append_yaml(text, value, failure, context.limits.output_bytes)) {
    if (must) throw FunctionError{failure};
    return context.string("");
  }
  const std::string_view view = text;
  return context.string(view.ends_with('\n') ? view.substr(0, view.size() - 1) : view);
}

Value to_yaml(CallContext& context, Args args) { return write_yaml(context, args[0], false); }
Value must_to_yaml(CallContext& context, Args args) { return write_yaml(context, args[0], true); }

Value to_yaml_pretty(CallContext& context, Args args) {
  // yaml.v3 panics for a type that it does not know at all.
  const auto is_panic = [](const Diagnostic& problem) { return problem.message.starts_with("cannot marshal type"); };
  if (context.tracing()) {
    auto written = yaml::write_yaml_pretty_traced(args[0], context.limits.output_bytes);
    const bool must = !written && is_panic(written.error());
    return without_newline(context, std::move(written), must);
  }
  const auto written = yaml::write_yaml_pretty(args[0], context.limits.output_bytes);
  if (!written && is_panic(written.error())) throw FunctionError{written.error().message};
  const std::string_view text = written ? std::string_view(*written) : std::string_view();
  return context.string(text.ends_with('\n') ? text.substr(0, text.size() - 1) : text);
}

yaml::ReadOptions read_options(CallContext& context, const Value& text) {
  yaml::ReadOptions options;
  options.origins = context.origins;
  options.trace = text.trace();
  options.origin = text.origin();
  options.limits = context.limits;
  return options;
}

Value with_error(CallContext& context, const std::string& message) {
  const Value map = context.heap.map();
  map.as_map()->set("Error", context.string(message));
  return map;
}

Value from_yaml(CallContext& context, Args args) {
  auto read = yaml::read_map(args[0].as_text(), context.heap, read_options(context, args[0]));
  return read ? *read : with_error(context, read.error().message);
}

Value from_yaml_array(CallContext& context, Args args) {
  auto read = yaml::read_list(args[0].as_text(), context.heap, read_options(context, args[0]));
  return read ? *read : context.heap.list({context.string(read.error().message)});
}

Value write_json(CallContext& context, const Value& value, yaml::JsonOptions options, bool must) {
  options.limit_bytes = context.limits.output_bytes;
  const auto written = yaml::write_json(value, options);
  if (!written && must) throw FunctionError{written.error().message};
  return context.string(written ? *written : std::string());
}

constexpr yaml::JsonOptions compact{};
constexpr yaml::JsonOptions pretty{true, 2};
constexpr yaml::JsonOptions raw{false, 0};

Value to_json(CallContext& context, Args args) { return write_json(context, args[0], compact, false); }
Value must_to_json(CallContext& context, Args args) { return write_json(context, args[0], compact, true); }
Value to_pretty_json(CallContext& context, Args args) { return write_json(context, args[0], pretty, false); }
Value must_to_pretty_json(CallContext& context, Args args) { return write_json(context, args[0], pretty, true); }
Value to_raw_json(CallContext& context, Args args) { return write_json(context, args[0], raw, true); }

yaml::JsonReading read_json(CallContext& context, const Value& text, yaml::JsonTarget target) {
  yaml::JsonReadOptions options;
  options.target = target;
  options.origins = context.origins;
  options.trace = text.trace();
  options.origin = text.origin();
  return yaml::read_json_partial(text.as_text(), context.heap, options);
}

// What was decoded before the error stays in the map, beside the error.
Value from_json(CallContext& context, Args args) {
  const yaml::JsonReading read = read_json(context, args[0], yaml::JsonTarget::map);
  Value map = read.stored ? read.value : context.heap.map();
  if (read.ok()) return map;
  if (map.as_map() == nullptr) map = context.heap.map();
  map.as_map()->set("Error", context.string(read.error));
  return map;
}

Value from_json_array(CallContext& context, Args args) {
  const yaml::JsonReading read = read_json(context, args[0], yaml::JsonTarget::list);
  if (!read.ok()) return context.heap.list({context.string(read.error)});
  return read.stored ? read.value : context.heap.list({});
}

Value must_from_json(CallContext& context, Args args) {
  const yaml::JsonReading read = read_json(context, args[0], yaml::JsonTarget::any);
  if (!read.ok()) throw FunctionError{read.error};
  return read.value;
}

constexpr Signature writes = Signature::of({Type::interface}, Type::string);

constexpr Function functions[] = {
    {"toYaml", writes, &to_yaml},
    {"mustToYaml", writes, &must_to_yaml},
    {"toYamlPretty", writes, &to_yaml_pretty},
    {"fromYaml", Signature::of({Type::string}, Type::map_any), &from_yaml},
    {"fromYamlArray", Signature::of({Type::string}, Type::slice_any), &from_yaml_array},
    {"toJson", writes, &to_json},
    {"mustToJson", writes, &must_to_json},
    {"toPrettyJson", writes, &to_pretty_json},
    {"mustToPrettyJson", writes, &must_to_pretty_json},
    {"toRawJson", writes, &to_raw_json},
    {"mustToRawJson", writes, &to_raw_json},
    {"fromJson", Signature::of({Type::string}, Type::map_any), &from_json},
    {"fromJsonArray", Signature::of({Type::string}, Type::slice_any), &from_json_array},
    {"mustFromJson", Signature::of({Type::string}, Type::interface), &must_from_json},
};

}  // namespace

const std::span<const Function> serialization_functions = functions;

}  // namespace rhumb::funcs
