#include "rhumb/chart/values.h"

#include <algorithm>
#include <optional>

#include "coalesce.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/url.h"
#include "rhumb/value/capacity.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/reader.h"
#include "strvals.h"

namespace rhumb::chart {
namespace {

/// The flags of one call, laid over each other in Helm's order.
class Merger {
 public:
  Merger(const FileSystem& files, Sources& sources, const ValuesContext& context)
      : files_(files), sources_(sources), context_(context), base_(context.heap.map()) {}

  Result<Value> run(const ValueOptions& options);

 private:
  Result<void> add_file(const std::string& path);
  Result<void> add_json(const std::string& text);
  Result<void> add_sets(SetKind kind, const std::string& flag, const std::vector<std::string>& texts);
  Result<std::string> read(const std::string& path) const;
  SetContext set_context(const std::string& flag, const std::string& text);

  const FileSystem& files_;
  Sources& sources_;
  const ValuesContext& context_;
  Value base_;
};

Result<Value> Merger::run(const ValueOptions& options) {
  for (const std::string& path : options.value_files) {
    if (Result<void> added = add_file(path); !added) return added.error();
  }
  for (const std::string& text : options.json_values) {
    if (Result<void> added = add_json(text); !added) return added.error();
  }
  const std::tuple<SetKind, std::string, const std::vector<std::string>&> flags[]{
      {SetKind::typed, "--set", options.values},
      {SetKind::string, "--set-string", options.string_values},
      {SetKind::file, "--set-file", options.file_values},
      {SetKind::literal, "--set-literal", options.literal_values},
  };
  for (const auto& [kind, flag, texts] : flags) {
    if (Result<void> added = add_sets(kind, flag, texts); !added) return added.error();
  }
  return base_;
}

/// As readFile: every path goes through url.Parse, which refuses some. What would be fetched is an error: nothing here
/// uses the network.
Result<std::string> Merger::read(const std::string& path) const {
  if (strings::trim_space(path) == "-") return files_.read_standard_input();
  std::string failure;
  const std::optional<Url> url = parse_url(path, failure);
  if (!url) return error(failure);
  if (url->scheme == "http" || url->scheme == "https" || url->scheme == "oci") {
    return error("cannot read " + path + ": values are not fetched from the network");
  }
  return files_.read(path);
}

Result<void> Merger::add_file(const std::string& path) {
  Result<std::string> text = read(path);
  if (!text) return text.error();
  const FileId source = sources_.add(path, std::move(*text));
  const Result<Value> values = load_values(source, sources_, context_);
  if (!values) return error("failed to parse " + path + ": " + values.error().message, values.error().span);
  base_ = merge_maps(base_, *values, context_);
  return {};
}

SetContext Merger::set_context(const std::string& flag, const std::string& text) {
  SetContext set{context_.heap, context_.helm3, context_.origins};
  if (context_.origins != nullptr) set.source = sources_.add(flag, text);
  set.read_file = [this](const std::string& path) { return read(path); };
  return set;
}

Result<void> Merger::add_json(const std::string& text) {
  const std::string_view trimmed = strings::trim_space(text);
  if (!context_.helm3 && trimmed.starts_with('{')) {
    yaml::JsonReadOptions options;
    options.target = yaml::JsonTarget::map;
    options.origins = context_.origins;
    options.kind = OriginKind::set_flag;
    if (context_.origins != nullptr) options.file = sources_.add("--set-json", std::string(trimmed));
    const yaml::JsonReading reading = yaml::read_json_partial(trimmed, context_.heap, options);
    if (!reading.ok()) return error("failed parsing --set-json data JSON: " + text);
    base_ = merge_maps(base_, reading.value, context_);
    return {};
  }
  const Result<void> parsed = parse_set(SetKind::json, text, base_.as_map(), set_context("--set-json", text));
  if (!parsed) return error("failed parsing --set-json data " + text);
  return {};
}

Result<void> Merger::add_sets(SetKind kind, const std::string& flag, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const Result<void> parsed = parse_set(kind, text, base_.as_map(), set_context(flag, text));
    if (!parsed) return error("failed parsing " + flag + " data: " + parsed.error().message);
  }
  return {};
}

bool holds_maps(const Value& value) {
  check_stack("copying values");
  if (value.is_map()) return true;
  if (!value.is_list()) return false;
  for (const Value& item : value.as_list()) {
    if (holds_maps(item)) return true;
  }
  return false;
}

Value copy_below(Heap& heap, const Value& value) {
  check_stack("copying values");
  if (value.is_map() && value.as_map() != nullptr) {
    Map* const copy = heap.new_map(*value.as_map());
    for (Map::Entry& entry : copy->mutable_entries()) {
      if (entry.value.is_map() || entry.value.is_list()) entry.value = copy_below(heap, entry.value);
    }
    return Value::map(copy, value.type()).with_origin(value.origin());
  }
  if (value.is_list() && holds_maps(value)) {
    std::vector<Value> items;
    items.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) items.push_back(copy_below(heap, item));
    const Value copy = heap.list(items, value.type()).with_origin(value.origin());
    keep_capacity(copy, value);
    return copy;
  }
  return value;
}

Value merged(const Value& under, const Value& over, const ValuesContext& context) {
  check_stack("merging values");
  Value out = context.heap.map().with_origin(over.origin());
  if (context.origins != nullptr) {
    out.set_origin(over.origin() == no_origin ? under.origin()
                                              : context.origins->add_override(over.origin(), under.origin()));
  }
  Map& map = *out.as_map();
  map.reserve(std::max(under.as_map()->size(), over.as_map()->size()));
  for (const Map::Entry& entry : under.as_map()->entries()) map.set(entry.key, entry.value);
  for (const Map::Entry& entry : over.as_map()->entries()) {
    const Value* const known = map.find(entry.key);
    if (known != nullptr && is_table(*known) && is_table(entry.value)) {
      map.set(entry.key, merged(*known, entry.value, context));
      continue;
    }
    Value value = entry.value;
    if (known != nullptr && context.origins != nullptr) {
      value.set_origin(context.origins->add_override(value.origin(), known->origin()));
    }
    map.set(entry.key, std::move(value));
  }
  return out;
}

}  // namespace

Result<Value> merge_value_options(const ValueOptions& options, const FileSystem& files, Sources& sources,
                                  const ValuesContext& context) try {
  return Merger(files, sources, context).run(options);
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<Value> load_values(FileId source, const Sources& sources, const ValuesContext& context) try {
  yaml::ReadOptions options;
  options.limits = context.limits;
  options.origins = context.origins;
  options.file = source;
  return yaml::read_values(sources.get(source).text(), context.heap, options, context.helm3);
} catch (const LimitError& limit) {
  return error(limit.what());
}

Value merge_maps(const Value& under, const Value& over, const ValuesContext& context) {
  if (over.as_map() == nullptr) return under;
  if (under.as_map() == nullptr) return over;
  return merged(under, over, context);
}

Value copy_structure(Heap& heap, const Value& value) { return value.is_nil() ? heap.map() : copy_below(heap, value); }

Map* find_table(Map* values, std::string_view path, std::string* missing) {
  for (const std::string_view key : strings::split(path, ".")) {
    const Value* const found = values->find(key);
    if (found == nullptr || !found->is_map() || found->as_map() == nullptr) {
      if (missing != nullptr) *missing = key;
      return nullptr;
    }
    values = found->as_map();
  }
  return values;
}

}  // namespace rhumb::chart
