#include "rhumb/yaml/manifest_head.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ordinary_values.h"
#include "resolve.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/events.h"
#include "rhumb/yaml/typed.h"

namespace rhumb::yaml {
namespace {

constexpr TargetField metadata_fields[] = {{"name", &string_target}, {"annotations", &string_map_target}};
// The type of an anonymous struct is its declaration.
constexpr Target metadata_target{
    TargetKind::structure,
    "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }",
    "",
    true,
    nullptr,
    metadata_fields,
    nullptr};
constexpr TargetField head_fields[] = {
    {"apiVersion", &string_target}, {"kind", &string_target}, {"metadata", &metadata_target}};
constexpr Target head_target{
    TargetKind::structure, "util.SimpleHead", "SimpleHead", false, nullptr, head_fields, nullptr};
constexpr Target helm3_head_target{
    TargetKind::structure, "releaseutil.SimpleHead", "SimpleHead", false, nullptr, head_fields, nullptr};

std::string text_of(const Value* value) { return value == nullptr ? std::string() : std::string(value->as_text()); }

Result<ManifestHead> read_slowly(std::string_view text, bool helm3, const Limits& limits) {
  Heap heap({.limit_bytes = limits.memory_bytes});
  ReadOptions options;
  options.limits = limits;
  const TypedValue typed = read_typed(text, helm3 ? helm3_head_target : head_target, heap, options);
  if (!typed.ok()) return error(typed.error);
  ManifestHead head;
  if (!typed.value.is_map()) return head;
  const Map& fields = *typed.value.as_map();
  head.api_version = text_of(fields.find("apiVersion"));
  head.kind = text_of(fields.find("kind"));
  const Value* const metadata = fields.find("metadata");
  if (metadata == nullptr || !metadata->is_map()) return head;
  head.has_metadata = true;
  head.name = text_of(metadata->as_map()->find("name"));
  const Value* const annotations = metadata->as_map()->find("annotations");
  if (annotations == nullptr || !annotations->is_map()) return head;
  for (const Map::Entry& entry : annotations->as_map()->entries()) {
    head.annotations.emplace(entry.key, entry.value.as_text());
  }
  return head;
}

// Reads the head off the events. Whatever has a rule of its own (aliases, tags, merges, keys and numbers that JSON
// cannot have, keys in other spellings, collections in place of texts) makes it give up: then the document is read as a
// whole.
class HeadReader {
 public:
  enum class Outcome { done, failed, unusual };

  HeadReader(std::string_view text, const Limits& limits) : reader_(text, limits.yaml_depth) {}

  Outcome read(ManifestHead& head) {
    if (!next() || event_.kind == EventKind::stream_end) return outcome();
    if (!next()) return outcome();
    if (event_.kind == EventKind::scalar) {
      if (resolve_event().type != ScalarType::null) return Outcome::unusual;
      next();
      return outcome();
    }
    if (event_.kind != EventKind::mapping_start) return Outcome::unusual;
    if (read_root(head)) next();
    return outcome();
  }

  const std::string& error() const { return reader_.error(); }

 private:
  static constexpr std::size_t depth_limit = 1000;

  Outcome outcome() const { return failed_ ? Outcome::failed : unusual_ ? Outcome::unusual : Outcome::done; }

  bool give_up() {
    unusual_ = true;
    return false;
  }

  // The next event; false when the fast way ends here.
  bool next() {
    if (!reader_.next(event_)) {
      failed_ = true;
      return false;
    }
    if (event_.kind == EventKind::alias || !event_.tag.empty()) return give_up();
    return true;
  }

  Resolved resolve_event() const { return event_.implicit ? resolve_plain(event_.value) : Resolved{}; }

  // The key at hand as JSON has it; false for what is no usual key.
  bool read_key(std::string& key) {
    if (event_.kind != EventKind::scalar) return give_up();
    const Resolved resolved = resolve_event();
    switch (resolved.type) {
      case ScalarType::string:
      case ScalarType::timestamp:
        if (event_.implicit && event_.value == "<<") return give_up();
        key = event_.value;
        return true;
      case ScalarType::boolean: key = resolved.boolean ? "true" : "false"; return true;
      case ScalarType::integer: key = std::to_string(resolved.integer); return true;
      default: return give_up();
    }
  }

  // A text field, null included (nothing changes then).
  bool read_text(std::string& text) {
    if (!next()) return false;
    if (event_.kind != EventKind::scalar) return give_up();
    const Resolved resolved = resolve_event();
    switch (resolved.type) {
      case ScalarType::null: text.clear(); return true;
      case ScalarType::boolean: text = resolved.boolean ? "true" : "false"; return true;
      case ScalarType::integer: text = std::to_string(resolved.integer); return true;
      case ScalarType::unsigned_integer: text = std::to_string(resolved.unsigned_integer); return true;
      case ScalarType::floating: text = format_float(resolved.floating, 'g', -1, 32); return true;
      default: text = event_.value; return true;
    }
  }

  bool check_scalar() {
    if (!event_.implicit) return true;
    const Resolved resolved = resolve_plain(event_.value);
    if (resolved.type == ScalarType::floating && !std::isfinite(resolved.floating)) return give_up();
    return true;
  }

  // The value that the next event starts, with all that is below it.
  bool skip_value() {
    std::size_t depth = 0;
    is_key_.clear();
    do {
      if (!next()) return false;
      const bool key = !is_key_.empty() && is_key_.back() == 1;
      if (!is_key_.empty() && is_key_.back() != 2) is_key_.back() ^= 1;
      switch (event_.kind) {
        case EventKind::scalar:
          if (key ? !read_key(scratch_) : !check_scalar()) return false;
          break;
        case EventKind::mapping_start:
        case EventKind::sequence_start:
          if (key || ++depth > depth_limit) return give_up();
          is_key_.push_back(event_.kind == EventKind::mapping_start ? 1 : 2);
          break;
        default:
          --depth;
          is_key_.pop_back();
          break;
      }
    } while (depth > 0);
    return true;
  }

  bool is_field(std::string_view key, std::string_view name) {
    if (key == name) return true;
    const bool ascii = std::none_of(key.begin(), key.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    if ((!ascii || key.size() == name.size()) && strings::equal_fold(key, name)) give_up();
    return false;
  }

  bool read_root(ManifestHead& head) {
    std::string key;
    while (next() && event_.kind != EventKind::mapping_end) {
      if (!read_key(key)) return false;
      bool ok = false;
      if (is_field(key, "apiVersion")) {
        ok = read_text(head.api_version);
      } else if (is_field(key, "kind")) {
        ok = read_text(head.kind);
      } else if (is_field(key, "metadata")) {
        ok = read_metadata(head);
      } else {
        ok = !unusual_ && skip_value();
      }
      if (!ok || unusual_) return false;
    }
    return !failed_ && !unusual_;
  }

  bool read_metadata(ManifestHead& head) {
    head.has_metadata = false;
    head.name.clear();
    head.annotations.clear();
    if (!next()) return false;
    if (event_.kind == EventKind::scalar) return resolve_event().type == ScalarType::null || give_up();
    if (event_.kind != EventKind::mapping_start) return give_up();
    head.has_metadata = true;
    std::string key;
    while (next() && event_.kind != EventKind::mapping_end) {
      if (!read_key(key)) return false;
      bool ok = false;
      if (is_field(key, "name")) {
        ok = read_text(head.name);
      } else if (is_field(key, "annotations")) {
        ok = read_annotations(head);
      } else {
        ok = !unusual_ && skip_value();
      }
      if (!ok || unusual_) return false;
    }
    return !failed_ && !unusual_;
  }

  bool read_annotations(ManifestHead& head) {
    head.annotations.clear();
    if (!next()) return false;
    if (event_.kind == EventKind::scalar) return resolve_event().type == ScalarType::null || give_up();
    if (event_.kind != EventKind::mapping_start) return give_up();
    std::string key;
    while (next() && event_.kind != EventKind::mapping_end) {
      if (!read_key(key) || !read_text(head.annotations[key])) return false;
    }
    return !failed_ && !unusual_;
  }

  EventReader reader_;
  Event event_;
  bool failed_ = false;
  bool unusual_ = false;
  std::string scratch_;
  std::string is_key_;  // of the open collections: 1 a key is next, 0 a value is next, 2 a list
};

/// The text without what HeadReader would pass over.
std::optional<std::string> top_of([[maybe_unused]] std::string_view text, [[maybe_unused]] const Limits& limits) {
#ifdef RHUMB_STRESS  // there libyaml reads everything itself
  return std::nullopt;
#else
  constexpr std::string_view fields[] = {"apiVersion", "kind", "metadata"};
  constexpr std::size_t deep_enough = 100;
  constexpr std::size_t around = 2;  // collections that the reader counts besides
  if (limits.yaml_depth <= around) return std::nullopt;
  return without_ordinary_values(text, fields, std::min<std::size_t>(deep_enough, limits.yaml_depth - around));
#endif
}

}  // namespace

Result<ManifestHead> read_manifest_head(std::string_view text, bool helm3, const Limits& limits) {
  if (const auto top = top_of(text, limits)) {
    HeadReader reader(*top, limits);
    ManifestHead head;
    if (reader.read(head) == HeadReader::Outcome::done) return head;
  }
  HeadReader reader(text, limits);
  ManifestHead head;
  switch (reader.read(head)) {
    case HeadReader::Outcome::done: return head;
    case HeadReader::Outcome::failed: return error("error converting YAML to JSON: " + reader.error());
    case HeadReader::Outcome::unusual: break;
  }
  return read_slowly(text, helm3, limits);
}

}  // namespace rhumb::yaml
