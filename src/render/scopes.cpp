// The scope that each chart's templates see: recAllTpls, helm 4.3.1.
#include <algorithm>

#include "render/engine.h"
#include "rhumb/chart/values.h"
#include "rhumb/funcs/library.h"

namespace rhumb::render {
namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Of a library chart the partials alone.
template <typename Visit>
void for_each_template(const chart::ChartInstance& instance, Visit visit) {
  for (const chart::File& file : instance.chart().templates) {
    if (!instance.is_library() || base_name(file.name).starts_with('_')) visit(file);
  }
}

using ParseKeys = std::vector<ParseCache::State::Key>;

/// Returns how many bytes there are to parse.
std::size_t collect_keys(const chart::ChartInstance& instance, const gotmpl::Library& library, ParseKeys& keys) {
  const std::string path = instance.chart_full_path();
  std::size_t bytes = 0;
  for_each_template(instance, [&](const chart::File& file) {
    bytes += file.data.size();
    keys.push_back({file.source, path + "/" + file.name, &library});
  });
  for (const chart::ChartInstance* child : instance.dependencies()) bytes += collect_keys(*child, library, keys);
  return bytes;
}

void offer_all(const chart::ChartInstance& instance, ParseAhead& ahead) {
  for_each_template(instance, [&](const chart::File& file) { ahead.offer(file); });
  for (const chart::ChartInstance* child : instance.dependencies()) offer_all(*child, ahead);
}

class Collector {
 public:
  Collector(Heap& heap, bool traced, std::vector<Renderable>& out) : heap_(heap), traced_(traced), out_(out) {}

  Value collect(const chart::ChartInstance& instance, const Value& parent) {
    const Value scope = heap_.map(Type::values);
    Map& map = *scope.as_map();
    const Value subcharts = heap_.map();
    map.set("Chart", chart::chart_value(instance, heap_));
    map.set("Files", files_of(instance.chart()));
    map.set("Release", value_of(parent, "Release"));
    map.set("Capabilities", value_of(parent, "Capabilities"));
    map.set("Values", values_of(instance, parent));
    map.set("Subcharts", subcharts);
    for (const chart::ChartInstance* child : instance.dependencies()) {
      subcharts.as_map()->set(child->name(), collect(*child, scope).with_type(Type::map_any));
    }
    add_templates(instance, scope);
    return scope;
  }

 private:
  static Value value_of(const Value& scope, std::string_view key) {
    const Value* const found = scope.as_map()->find(key);
    return found == nullptr ? Value() : *found;
  }

  Value values_of(const chart::ChartInstance& instance, const Value& parent) {
    if (instance.is_root()) return value_of(parent, "Values");
    if (Map* const table = chart::find_table(parent.as_map(), "Values." + instance.name())) {
      return Value::map(table, Type::values);
    }
    return heap_.map(Type::values);
  }

  Value files_of(const chart::Chart& loaded) {
    std::vector<funcs::ChartFile> files;
    files.reserve(loaded.files.size());
    for (const chart::File& file : loaded.files) {
      files.push_back({file.name, file.data, traced_ ? file.source : no_file});
    }
    return funcs::make_files(heap_, files);
  }

  void add_templates(const chart::ChartInstance& instance, const Value& scope) {
    const std::string path = instance.chart_full_path();
    for_each_template(instance, [&](const chart::File& file) {
      out_.push_back({path + "/" + file.name, &file, scope, path + "/templates"});
    });
  }

  Heap& heap_;
  bool traced_;
  std::vector<Renderable>& out_;
};

}  // namespace

std::vector<Renderable> collect_templates(const chart::ChartInstance& root, const Value& top, Heap& heap, bool traced) {
  std::vector<Renderable> templates;
  Collector(heap, traced, templates).collect(root, top);
  // A later template of the same name replaces an earlier one, as in Go's map.
  std::stable_sort(templates.begin(), templates.end(), [](const Renderable& a, const Renderable& b) {
    const auto depth = [](const std::string& name) { return std::count(name.begin(), name.end(), '/'); };
    const auto x = depth(a.name);
    const auto y = depth(b.name);
    return x != y ? x > y : a.name > b.name;
  });
  std::vector<Renderable> unique;
  for (Renderable& renderable : templates) {
    if (!unique.empty() && unique.back().name == renderable.name) {
      unique.back() = std::move(renderable);
    } else {
      unique.push_back(std::move(renderable));
    }
  }
  return unique;
}

std::unique_ptr<Task> parse_ahead(const chart::ChartInstance& root, const World& world, const Options& options) {
  if (world.queue != nullptr) {
    world.queue->clear();  // of what was loaded and is switched off
    ParseAhead ahead(world.cache, world.sources, *world.queue, options.helm3);
    offer_all(root, ahead);
    return nullptr;
  }
  ParseKeys keys;
  const std::size_t bytes = collect_keys(root, funcs::library(options.helm3), keys);
  if (threads_for(bytes, options.threads) < 2) return nullptr;
  ParseCache::State& cache = world.cache.state();
  // What is not parsed by the time that the values are merged goes on on all processors.
  return std::make_unique<Task>([&cache, &sources = world.sources, keys = std::move(keys), threads = options.threads] {
    // What does not parse is parsed again where its error is told.
    parallel_for(keys.size(), threads, [&](std::size_t i) { static_cast<void>(cache.get(sources, keys[i])); });
  });
}

}  // namespace rhumb::render
