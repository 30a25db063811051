// Metadata as Values: under JSON names for `helm show`, under Go names for templates.
#include "rhumb/chart/chart.h"

namespace rhumb::chart {
namespace {

/// Adds fields to a map; the empty ones only when asked to, as `omitempty`.
class Fields {
 public:
  explicit Fields(Heap& heap) : heap_(heap), value_(heap.map()) {}

  Value value() const { return value_; }
  void add(std::string_view name, const Value& value) { value_.as_map()->set(name, value); }
  void text(std::string_view name, const std::string& text) { add(name, heap_.string(text)); }
  void some_text(std::string_view name, const std::string& text) {
    if (!text.empty()) this->text(name, text);
  }
  void some_texts(std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) add(name, list(texts));
  }
  void some_list(std::string_view name, const std::vector<Value>& items) {
    if (!items.empty()) add(name, heap_.list(items));
  }
  Value list(const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const std::string& text : texts) items.push_back(heap_.string(text));
    return heap_.list(items);
  }

 private:
  Heap& heap_;
  Value value_;
};

Value maintainer_json(const Maintainer& maintainer, Heap& heap) {
  Fields fields(heap);
  fields.some_text("name", maintainer.name);
  fields.some_text("email", maintainer.email);
  fields.some_text("url", maintainer.url);
  return fields.value();
}

Value dependency_json(const Dependency& dependency, Heap& heap) {
  Fields fields(heap);
  fields.text("name", dependency.name);
  fields.some_text("version", dependency.version);
  fields.text("repository", dependency.repository);
  fields.some_text("condition", dependency.condition);
  fields.some_texts("tags", dependency.tags);
  if (dependency.enabled) fields.add("enabled", Value::boolean(true));
  fields.some_list("import-values", dependency.import_values);
  fields.some_text("alias", dependency.alias);
  return fields.value();
}

Value annotations_value(const Metadata& metadata, Heap& heap) {
  if (!metadata.annotations) return Value::nil_map(Type::map_string);
  const Value map = heap.map(Type::map_string);
  for (const auto& [key, text] : *metadata.annotations) map.as_map()->set(key, heap.string(text));
  return map;
}

Value maintainer_value(const Maintainer& maintainer, Heap& heap) {
  Fields fields(heap);
  fields.text("Name", maintainer.name);
  fields.text("Email", maintainer.email);
  fields.text("URL", maintainer.url);
  return fields.value();
}

Value dependency_value(const Dependency& dependency, Heap& heap) {
  Fields fields(heap);
  fields.text("Name", dependency.name);
  fields.text("Version", dependency.version);
  fields.text("Repository", dependency.repository);
  fields.text("Condition", dependency.condition);
  fields.add("Tags", fields.list(dependency.tags));
  fields.add("Enabled", Value::boolean(dependency.enabled));
  fields.add("ImportValues", heap.list(dependency.import_values));
  fields.text("Alias", dependency.alias);
  return fields.value();
}

template <typename T>
Value list_of(const std::vector<std::shared_ptr<T>>& items, Heap& heap, Value (*make)(const T&, Heap&)) {
  std::vector<Value> values;
  for (const std::shared_ptr<T>& item : items) values.push_back(item == nullptr ? Value() : make(*item, heap));
  return heap.list(values);
}

}  // namespace

Value metadata_json_value(const Metadata& metadata, Heap& heap) {
  Fields fields(heap);
  fields.some_text("name", metadata.name);
  fields.some_text("home", metadata.home);
  fields.some_texts("sources", metadata.sources);
  fields.some_text("version", metadata.version);
  fields.some_text("description", metadata.description);
  fields.some_texts("keywords", metadata.keywords);
  if (!metadata.maintainers.empty()) fields.add("maintainers", list_of(metadata.maintainers, heap, maintainer_json));
  fields.some_text("icon", metadata.icon);
  fields.some_text("apiVersion", metadata.api_version);
  fields.some_text("condition", metadata.condition);
  fields.some_text("tags", metadata.tags);
  fields.some_text("appVersion", metadata.app_version);
  if (metadata.deprecated) fields.add("deprecated", Value::boolean(true));
  if (metadata.annotations && !metadata.annotations->empty()) {
    fields.add("annotations", annotations_value(metadata, heap));
  }
  fields.some_text("kubeVersion", metadata.kube_version);
  if (metadata.dependencies && !metadata.dependencies->empty()) {
    fields.add("dependencies", list_of(*metadata.dependencies, heap, dependency_json));
  }
  fields.some_text("type", metadata.type);
  return fields.value();
}

Value chart_value(const ChartInstance& instance, Heap& heap) {
  const Metadata& metadata = *instance.metadata->base;
  const auto& dependencies = instance.metadata->dependencies;
  Fields fields(heap);
  fields.text("Name", instance.name());
  fields.text("Home", metadata.home);
  fields.add("Sources", fields.list(metadata.sources));
  fields.text("Version", metadata.version);
  fields.text("Description", metadata.description);
  fields.add("Keywords", fields.list(metadata.keywords));
  fields.add("Maintainers", list_of(metadata.maintainers, heap, maintainer_value));
  fields.text("Icon", metadata.icon);
  fields.text("APIVersion", metadata.api_version);
  fields.text("Condition", metadata.condition);
  fields.text("Tags", metadata.tags);
  fields.text("AppVersion", metadata.app_version);
  fields.add("Deprecated", Value::boolean(metadata.deprecated));
  fields.add("Annotations", annotations_value(metadata, heap));
  fields.text("KubeVersion", metadata.kube_version);
  fields.add("Dependencies", dependencies ? list_of(*dependencies, heap, dependency_value) : heap.list({}));
  fields.text("Type", metadata.type);
  fields.add("IsRoot", Value::boolean(instance.is_root()));
  return fields.value();
}

}  // namespace rhumb::chart
