#include "rhumb/chart/metadata.h"

#include <algorithm>
#include <array>
#include <set>

#include "lock_time.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/path.h"
#include "rhumb/base/semver.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/typed.h"

namespace rhumb::chart {
namespace {

using yaml::Target;
using yaml::TargetField;
using yaml::TargetKind;

const Target any_list_target{TargetKind::list, "[]interface {}", "", false, &yaml::any_target, {}, nullptr};
const Target time_target{TargetKind::custom, "time.Time", "Time", false, nullptr, {}, unmarshal_lock_time};

Target structure(std::string_view type, std::string_view name, bool pointer, std::span<const TargetField> fields) {
  return {TargetKind::structure, type, name, pointer, nullptr, fields, nullptr};
}

Target list_of(std::string_view type, const Target* element) {
  return {TargetKind::list, type, "", false, element, {}, nullptr};
}

/// The types of Go's package, whose name (v2 in Helm 4, chart in Helm 3) shows in errors. The tables point at each
/// other: they stay where they are made.
struct Targets {
  explicit Targets(const std::string& package)
      : maintainer_type(package + ".Maintainer"),
        maintainers_type("[]*" + package + ".Maintainer"),
        dependency_type(package + ".Dependency"),
        dependencies_type("[]*" + package + ".Dependency"),
        metadata_type(package + ".Metadata"),
        lock_type(package + ".Lock") {}
  Targets(const Targets&) = delete;
  Targets& operator=(const Targets&) = delete;

  const Target* text = &yaml::string_target;
  const Target* texts = &yaml::string_list_target;
  std::string maintainer_type;
  std::string maintainers_type;
  std::string dependency_type;
  std::string dependencies_type;
  std::string metadata_type;
  std::string lock_type;

  std::array<TargetField, 3> maintainer_fields{{{"name", text}, {"email", text}, {"url", text}}};
  Target maintainer = structure(maintainer_type, "Maintainer", true, maintainer_fields);
  Target maintainers = list_of(maintainers_type, &maintainer);
  std::array<TargetField, 8> dependency_fields{{{"name", text},
                                                {"version", text},
                                                {"repository", text},
                                                {"condition", text},
                                                {"tags", texts},
                                                {"enabled", &yaml::bool_target},
                                                {"import-values", &any_list_target},
                                                {"alias", text}}};
  Target dependency = structure(dependency_type, "Dependency", true, dependency_fields);
  Target dependencies = list_of(dependencies_type, &dependency);
  std::array<TargetField, 17> metadata_fields{{{"name", text},
                                               {"home", text},
                                               {"sources", texts},
                                               {"version", text},
                                               {"description", text},
                                               {"keywords", texts},
                                               {"maintainers", &maintainers},
                                               {"icon", text},
                                               {"apiVersion", text},
                                               {"condition", text},
                                               {"tags", text},
                                               {"appVersion", text},
                                               {"deprecated", &yaml::bool_target},
                                               {"annotations", &yaml::string_map_target},
                                               {"kubeVersion", text},
                                               {"dependencies", &dependencies},
                                               {"type", text}}};
  Target metadata = structure(metadata_type, "Metadata", false, metadata_fields);
  std::array<TargetField, 3> lock_fields{
      {{"generated", &time_target}, {"digest", text}, {"dependencies", &dependencies}}};
  Target lock = structure(lock_type, "Lock", true, lock_fields);
};

const Targets& targets(bool helm3) {
  static const Targets version4("v2");
  static const Targets version3("chart");
  return helm3 ? version3 : version4;
}

// Taking over what was decoded. As encoding/json, which writes over what is there: null leaves a string alone and
// empties lists and maps, lists are filled element by element over the old ones.

void take(const Map& from, std::string_view key, std::string& into) {
  const Value* const value = from.find(key);
  if (value != nullptr && value->is_text()) into = value->as_text();
}

void take(const Map& from, std::string_view key, bool& into) {
  const Value* const value = from.find(key);
  if (value != nullptr && value->is_bool()) into = value->as_bool();
}

bool is_empty_list(const Value& value) { return value.is_nil() || (value.is_list() && value.is_nil_payload()); }

void take(const Map& from, std::string_view key, std::vector<std::string>& into) {
  const Value* const value = from.find(key);
  if (value == nullptr) return;
  const auto items = is_empty_list(*value) ? std::span<const Value>() : value->as_list();
  into.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_text() && !items[i].is_nil_payload()) into[i] = items[i].as_text();
  }
}

void take(const Map& from, std::string_view key, std::vector<Value>& into) {
  const Value* const value = from.find(key);
  if (value == nullptr) return;
  const auto items = is_empty_list(*value) ? std::span<const Value>() : value->as_list();
  into.assign(items.begin(), items.end());
}

void take(const Map& from, Maintainer& into) {
  take(from, "name", into.name);
  take(from, "email", into.email);
  take(from, "url", into.url);
}

void take(const Map& from, Dependency& into) {
  take(from, "name", into.name);
  take(from, "version", into.version);
  take(from, "repository", into.repository);
  take(from, "condition", into.condition);
  take(from, "tags", into.tags);
  take(from, "enabled", into.enabled);
  take(from, "import-values", into.import_values);
  take(from, "alias", into.alias);
}

template <typename T>
void take_items(const Value& value, std::vector<std::shared_ptr<T>>& into) {
  const auto items = is_empty_list(value) ? std::span<const Value>() : value.as_list();
  into.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_map() || items[i].as_map() == nullptr) {
      into[i] = nullptr;
      continue;
    }
    if (into[i] == nullptr) into[i] = std::make_shared<T>();
    take(*items[i].as_map(), *into[i]);
  }
}

void take_annotations(const Map& from, Metadata& into) {
  const Value* const value = from.find("annotations");
  if (value == nullptr) return;
  if (!value->is_map() || value->as_map() == nullptr) {
    into.annotations.reset();
    return;
  }
  if (!into.annotations) into.annotations.emplace();
  for (const Map::Entry& entry : value->as_map()->entries()) {
    (*into.annotations)[std::string(entry.key)] = entry.value.is_text() ? std::string(entry.value.as_text()) : "";
  }
}

void take_dependencies(const Map& from, Metadata& into) {
  const Value* const value = from.find("dependencies");
  if (value == nullptr) return;
  if (is_empty_list(*value)) {
    into.dependencies.reset();
    return;
  }
  if (!into.dependencies) into.dependencies.emplace();
  take_items(*value, *into.dependencies);
}

void take(const Map& from, Metadata& into) {
  take(from, "name", into.name);
  take(from, "home", into.home);
  take(from, "sources", into.sources);
  take(from, "version", into.version);
  take(from, "description", into.description);
  take(from, "keywords", into.keywords);
  if (const Value* const value = from.find("maintainers")) take_items(*value, into.maintainers);
  take(from, "icon", into.icon);
  take(from, "apiVersion", into.api_version);
  take(from, "condition", into.condition);
  take(from, "tags", into.tags);
  take(from, "appVersion", into.app_version);
  take(from, "deprecated", into.deprecated);
  take_annotations(from, into);
  take(from, "kubeVersion", into.kube_version);
  take_dependencies(from, into);
  take(from, "type", into.type);
}

Diagnostic validation_error(std::string text) { return error("validation: " + std::move(text)); }

void sanitize_all(std::initializer_list<std::string*> texts) {
  for (std::string* const text : texts) *text = sanitize(*text);
}

void sanitize_all(std::vector<std::string>& texts) {
  for (std::string& text : texts) text = sanitize(text);
}

/// As the regular expression ^[a-zA-Z0-9_-]+$.
bool is_alias(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Result<void> validate_name_and_version(const Metadata& metadata) {
  if (metadata.api_version.empty()) return validation_error("chart.metadata.apiVersion is required");
  if (metadata.name.empty()) return validation_error("chart.metadata.name is required");
  if (metadata.name == "." || metadata.name == "..") {
    return validation_error("chart.metadata.name " + quote(metadata.name) + " is not allowed");
  }
  if (metadata.name != path::base(metadata.name)) {
    return validation_error("chart.metadata.name " + quote(metadata.name) + " is invalid");
  }
  if (metadata.version.empty()) return validation_error("chart.metadata.version is required");
  if (!semver::parse(metadata.version)) {
    return validation_error("chart.metadata.version " + quote(metadata.version) + " is invalid");
  }
  if (!metadata.type.empty() && metadata.type != "application" && metadata.type != "library") {
    return validation_error("chart.metadata.type must be application or library");
  }
  return {};
}

Result<void> validate_dependency(Dependency* dependency, std::set<std::string>& names) {
  if (dependency == nullptr) return validation_error("dependencies must not contain empty or null nodes");
  sanitize_all({&dependency->name, &dependency->version, &dependency->repository, &dependency->condition});
  sanitize_all(dependency->tags);
  if (!is_alias(dependency->alias)) {
    return validation_error("dependency " + quote(dependency->name) + " has disallowed characters in the alias");
  }
  const std::string& key = dependency->alias.empty() ? dependency->name : dependency->alias;
  if (!names.insert(key).second) {
    return validation_error("more than one dependency with name or alias " + quote(key));
  }
  return {};
}

}  // namespace

Result<void> read_metadata(std::string_view text, Metadata& metadata, Heap& heap, bool strict, bool helm3,
                           const Limits& limits) try {
  yaml::ReadOptions options;
  options.limits = limits;
  options.strict = strict;
  const yaml::TypedValue read = yaml::read_typed(text, targets(helm3).metadata, heap, options);
  if (read.value.is_map() && read.value.as_map() != nullptr) take(*read.value.as_map(), metadata);
  if (!read.ok()) return error(read.error);
  return {};
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<std::optional<Lock>> read_lock(std::string_view text, Heap& heap, bool helm3, const Limits& limits) try {
  yaml::ReadOptions options;
  options.limits = limits;
  const yaml::TypedValue read = yaml::read_typed(text, targets(helm3).lock, heap, options);
  if (!read.ok()) return error(read.error);
  if (!read.value.is_map() || read.value.as_map() == nullptr) return std::optional<Lock>();
  Lock lock;
  take(*read.value.as_map(), "generated", lock.generated);
  take(*read.value.as_map(), "digest", lock.digest);
  if (const Value* const value = read.value.as_map()->find("dependencies")) take_items(*value, lock.dependencies);
  return std::optional<Lock>(std::move(lock));
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<std::string> read_api_version(std::string_view text, const Limits& limits) try {
  static const TargetField fields[]{{"apiVersion", &yaml::string_target}};
  static const Target base{TargetKind::structure, "loader.chartBase", "chartBase", false, nullptr, fields, nullptr};
  Heap heap({.limit_bytes = limits.memory_bytes});
  yaml::ReadOptions options;
  options.limits = limits;
  const yaml::TypedValue read = yaml::read_typed(text, base, heap, options);
  if (!read.ok()) return error(read.error);
  std::string version;
  if (read.value.is_map() && read.value.as_map() != nullptr) take(*read.value.as_map(), "apiVersion", version);
  return version;
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<void> validate(Metadata& metadata) {
  sanitize_all({&metadata.name, &metadata.description, &metadata.home, &metadata.icon, &metadata.condition,
                &metadata.tags, &metadata.app_version, &metadata.kube_version});
  sanitize_all(metadata.sources);
  sanitize_all(metadata.keywords);
  if (Result<void> valid = validate_name_and_version(metadata); !valid) return valid;
  for (const auto& maintainer : metadata.maintainers) {
    if (maintainer == nullptr) return validation_error("maintainers must not contain empty or null nodes");
    sanitize_all({&maintainer->name, &maintainer->email, &maintainer->url});
  }
  std::set<std::string> names;
  if (!metadata.dependencies) return {};
  for (const auto& dependency : *metadata.dependencies) {
    if (Result<void> valid = validate_dependency(dependency.get(), names); !valid) return valid;
  }
  return {};
}

std::string sanitize(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (unicode::is_space(rune.value)) {
      out += ' ';
    } else if (unicode::is_print(rune.value)) {
      utf8::append(out, rune.value);
    }
  }
  return out;
}

bool is_compatible_range(std::string_view constraint, std::string_view version) {
  const Result<semver::Version> parsed = semver::parse(version);
  if (!parsed) return false;
  const Result<semver::Constraints> constraints = semver::Constraints::parse(constraint);
  return constraints && constraints->check(*parsed);
}

}  // namespace rhumb::chart
