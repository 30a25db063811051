// semver and semverCompare, and the methods of *semver.Version and semver.Version.
//
// A version is a structure of its six fields, which Go does not export: printing and comparing see them, templates do
// not.
#include <algorithm>
#include <array>
#include <string>

#include "funcs/families.h"
#include "funcs/lists_sequence.h"
#include "rhumb/base/semver.h"
#include "rhumb/yaml/json.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;
using semver::Version;

enum Field : std::size_t { major_field, minor_field, patch_field, prerelease_field, metadata_field, original_field };
constexpr std::array<std::string_view, 6> field_names{"major", "minor", "patch", "pre", "metadata", "original"};

Version version_of(const Structure& value) {
  const Value* const fields = value.fields;
  return {fields[major_field].as_unsigned(),
          fields[minor_field].as_unsigned(),
          fields[patch_field].as_unsigned(),
          std::string(fields[prerelease_field].as_text()),
          std::string(fields[metadata_field].as_text()),
          std::string(fields[original_field].as_text())};
}
Version version_of(const Value& value) {
  if (value.is_nil()) throw nil_dereference();
  return version_of(value.as_structure());
}

void print_version(std::string& out, const Structure& value) { out += version_of(value).string(); }
std::string write_json(std::string& out, const Structure& value) {
  out += '"' + version_of(value).string() + '"';
  return {};
}

constexpr StructureType pointer_type{Type::semver, field_names, {}, print_version, false, write_json};
constexpr StructureType value_type{Type::semver_value, field_names, {}, print_version, false, write_json};

std::array<Value, 6> fields_of(Heap& heap, const Version& version) {
  return {Value::unsigned_integer(version.major), Value::unsigned_integer(version.minor),
          Value::unsigned_integer(version.patch), heap.string(version.prerelease),
          heap.string(version.metadata),          heap.string(version.original)};
}

Version parsed(std::string_view text) {
  Result<Version> version = semver::parse(text);
  if (!version) throw FunctionError{version.error().message};
  return *std::move(version);
}

Value make_version(CallContext& context, Args args) {
  return context.heap.structure(pointer_type, fields_of(context.heap, parsed(args[0].as_text())));
}

Value compare_with_constraint(CallContext&, Args args) {
  const Result<semver::Constraints> constraints = semver::Constraints::parse(args[0].as_text());
  if (!constraints) throw FunctionError{constraints.error().message};
  return Value::boolean(constraints->check(parsed(args[1].as_text())));
}

template <Field field>
Value get(CallContext&, Args args) {
  if (args[0].is_nil()) throw nil_dereference();
  return args[0].as_structure().fields[field];
}

Value to_string(CallContext& context, Args args) { return context.string(version_of(args[0]).string()); }
Value marshal_text(CallContext& context, Args args) { return context.heap.bytes(version_of(args[0]).string()); }
Value marshal_json(CallContext& context, Args args) {
  return context.heap.bytes('"' + version_of(args[0]).string() + '"');
}

// The next version keeps a v in front of its original text.
Value next_version(CallContext& context, const Version& before, Version next) {
  next.original = (before.original.starts_with('v') ? "v" : "") + next.string();
  return context.heap.structure(value_type, fields_of(context.heap, next));
}

void increment(std::uint64_t& part, std::string_view name) {
  if (part == UINT64_MAX) throw FunctionError{std::string(name) + " version increment would overflow uint64"};
  ++part;
}

Value inc_patch(CallContext& context, Args args) {
  const Version version = version_of(args[0]);
  Version next{version.major, version.minor, version.patch, "", "", ""};
  if (version.prerelease.empty()) increment(next.patch, "patch");
  return next_version(context, version, next);
}

Value inc_minor(CallContext& context, Args args) {
  const Version version = version_of(args[0]);
  Version next{version.major, version.minor, 0, "", "", ""};
  increment(next.minor, "minor");
  return next_version(context, version, next);
}

Value inc_major(CallContext& context, Args args) {
  const Version version = version_of(args[0]);
  Version next{version.major, 0, 0, "", "", ""};
  increment(next.major, "major");
  return next_version(context, version, next);
}

Value set_prerelease(CallContext& context, Args args) {
  const Version version = version_of(args[0]);
  Version next = version;
  next.prerelease = args[1].as_text();
  if (!next.prerelease.empty()) {
    if (std::string problem = semver::check_prerelease(next.prerelease); !problem.empty()) {
      throw FunctionError{std::move(problem)};
    }
  }
  return next_version(context, version, next);
}

Value set_metadata(CallContext& context, Args args) {
  const Version version = version_of(args[0]);
  Version next = version;
  next.metadata = args[1].as_text();
  if (!next.metadata.empty()) {
    if (std::string problem = semver::check_metadata(next.metadata); !problem.empty()) {
      throw FunctionError{std::move(problem)};
    }
  }
  return next_version(context, version, next);
}

int order_of(Args args) { return semver::compare(version_of(args[0]), version_of(args[1])); }

Value compare(CallContext&, Args args) { return Value::integer(order_of(args)); }
Value less_than(CallContext&, Args args) { return Value::boolean(order_of(args) < 0); }
Value less_than_equal(CallContext&, Args args) { return Value::boolean(order_of(args) <= 0); }
Value greater_than(CallContext&, Args args) { return Value::boolean(order_of(args) > 0); }
Value greater_than_equal(CallContext&, Args args) { return Value::boolean(order_of(args) >= 0); }
Value equal(CallContext&, Args args) { return Value::boolean(!args[1].is_nil() && order_of(args) == 0); }

constexpr std::array<std::string_view, 1> error_fields{"s"};
void print_error(std::string& out, const Structure& value) { out += value.fields[0].as_text(); }
constexpr StructureType error_type{Type::error, error_fields, {}, print_error, false, nullptr};

// Methods that return nothing but an error: a template prints it and goes on.
Value error_value(CallContext& context, std::string_view message) {
  const std::array<Value, 1> fields{context.string(message)};
  return context.heap.structure(error_type, fields);
}

Value error_text(CallContext&, Args args) { return args[0].as_structure().fields[0]; }

// The version takes over what the text says; nil is the error of success.
Value assign(CallContext& context, const Value& version, std::string_view text) {
  Result<Version> read = semver::parse(text);
  if (!read) return error_value(context, read.error().message);
  const std::array<Value, 6> fields = fields_of(context.heap, *read);
  context.heap.keep_work();
  std::copy(fields.begin(), fields.end(), const_cast<Value*>(version.as_structure().fields));
  return {};
}

Value unmarshal_text(CallContext& context, Args args) { return assign(context, args[0], args[1].as_text()); }

// What encoding/json calls a value that is no string.
std::string_view json_word(const Value& value) {
  switch (value.rep()) {
    case Rep::boolean: return "bool";
    case Rep::list: return "array";
    case Rep::map: return "object";
    default: return "number";
  }
}

Value unmarshal_json(CallContext& context, Args args) {
  const Result<Value> read = yaml::read_json(args[1].as_text(), context.heap);
  if (!read) return error_value(context, read.error().message);
  if (read->is_nil()) return assign(context, args[0], "");  // null leaves the string as it was
  if (read->is_string()) return assign(context, args[0], read->as_text());
  return error_value(context,
                     "json: cannot unmarshal " + std::string(json_word(*read)) + " into Go value of type string");
}

Value scan(CallContext& context, Args args) {
  if (args[1].is_nil()) return error_value(context, "cannot scan nil into Version");
  if (args[1].is_text()) return assign(context, args[0], args[1].as_text());
  return error_value(context, "unsupported Scan type " + std::string(args[1].type_name()));
}

constexpr auto functions = std::to_array<gotmpl::Function>({
    {"semver", Signature::of({Type::string}, Type::semver), make_version},
    {"semverCompare", Signature::of({Type::string, Type::string}, Type::boolean), compare_with_constraint},
});

constexpr Type pointer = Type::semver;
constexpr Type value = Type::semver_value;
constexpr Signature to_number = Signature::of({}, Type::uint64);
constexpr Signature to_text = Signature::of({}, Type::string);
constexpr Signature to_bytes = Signature::of({}, Type::bytes);
constexpr Signature to_version = Signature::of({}, Type::semver_value);
constexpr Signature text_to_version = Signature::of({Type::string}, Type::semver_value);
constexpr Signature with_other = Signature::of({Type::semver}, Type::boolean);

// Methods with a value receiver stand twice.
constexpr auto methods = std::to_array<gotmpl::Method>({
    {pointer, "Major", to_number, get<major_field>},
    {value, "Major", to_number, get<major_field>},
    {pointer, "Minor", to_number, get<minor_field>},
    {value, "Minor", to_number, get<minor_field>},
    {pointer, "Patch", to_number, get<patch_field>},
    {value, "Patch", to_number, get<patch_field>},
    {pointer, "Prerelease", to_text, get<prerelease_field>},
    {value, "Prerelease", to_text, get<prerelease_field>},
    {pointer, "Metadata", to_text, get<metadata_field>},
    {value, "Metadata", to_text, get<metadata_field>},
    {pointer, "Original", to_text, get<original_field>},
    {pointer, "String", to_text, to_string},
    {value, "String", to_text, to_string},
    {pointer, "Value", Signature::of({}, Type::interface), to_string},
    {value, "Value", Signature::of({}, Type::interface), to_string},
    {pointer, "MarshalText", to_bytes, marshal_text},
    {value, "MarshalText", to_bytes, marshal_text},
    {pointer, "MarshalJSON", to_bytes, marshal_json},
    {value, "MarshalJSON", to_bytes, marshal_json},
    {pointer, "IncPatch", to_version, inc_patch},
    {value, "IncPatch", to_version, inc_patch},
    {pointer, "IncMinor", to_version, inc_minor},
    {value, "IncMinor", to_version, inc_minor},
    {pointer, "IncMajor", to_version, inc_major},
    {value, "IncMajor", to_version, inc_major},
    {pointer, "SetPrerelease", text_to_version, set_prerelease},
    {value, "SetPrerelease", text_to_version, set_prerelease},
    {pointer, "SetMetadata", text_to_version, set_metadata},
    {value, "SetMetadata", text_to_version, set_metadata},
    {pointer, "Compare", Signature::of({Type::semver}, Type::int_), compare},
    {pointer, "LessThan", with_other, less_than},
    {pointer, "LessThanEqual", with_other, less_than_equal},
    {pointer, "GreaterThan", with_other, greater_than},
    {pointer, "GreaterThanEqual", with_other, greater_than_equal},
    {pointer, "Equal", with_other, equal},
    {pointer, "UnmarshalText", Signature::of({Type::bytes}, Type::error_interface), unmarshal_text},
    {pointer, "UnmarshalJSON", Signature::of({Type::bytes}, Type::error_interface), unmarshal_json},
    {pointer, "Scan", Signature::of({Type::interface}, Type::error_interface), scan},
    {Type::error, "Error", to_text, error_text},
});

}  // namespace

const std::span<const gotmpl::Function> semver_functions = functions;
const std::span<const gotmpl::Method> semver_methods = methods;

}  // namespace rhumb::funcs
