#include "import_values.h"

#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::chart {
namespace {

/// As pathToMap: the table below nested maps, one for each element of the dotted path.
Value path_to_map(std::string_view path, const Value& table, Heap& heap) {
  if (path == ".") return table;
  Value nested = table;
  const std::vector<std::string_view> keys = strings::split(path, ".");
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const Value outer = heap.map();
    outer.as_map()->set(*key, nested);
    nested = outer;
  }
  return nested;
}

/// The imports of one chart, collected into a map.
class Importer {
 public:
  Importer(const Value& values, const ValuesContext& context)
      : values_(values), context_(context), collected_(context.heap.map()) {}

  const Value& collected() const { return collected_; }

  /// Follows the declaration's import-values, and rewrites them as pairs of child and parent.
  void add(Dependency& declared) {
    std::vector<Value> pairs;
    for (const Value& item : declared.import_values) {
      if (item.type() == Type::map_any && item.as_map() != nullptr) {
        add_item(declared, text_at(*item.as_map(), "child"), text_at(*item.as_map(), "parent"), true, pairs);
      } else if (item.is_string()) {
        add_item(declared, "exports." + std::string(item.as_text()), ".", false, pairs);
      }
    }
    declared.import_values = std::move(pairs);
  }

 private:
  static std::string text_at(const Map& map, std::string_view key) {
    const Value* const value = map.find(key);
    return value == nullptr ? "<nil>" : sprint(*value);
  }

  void add_item(const Dependency& declared, const std::string& child, const std::string& parent, bool names_chart,
                std::vector<Value>& pairs) {
    const Value pair = context_.heap.map(Type::map_string);
    pair.as_map()->set("child", context_.heap.string(child));
    pair.as_map()->set("parent", context_.heap.string(parent));
    pairs.push_back(pair);
    std::string missing;
    Map* const table = find_table(values_.as_map(), declared.name + "." + child, &missing);
    if (table == nullptr) return warn_missing(declared, missing, names_chart);
    if (context_.origins != nullptr) {
      std::unordered_set<const void*> done;
      mark_all_read(*context_.origins, Value::map(table), done);
    }
    // An empty table becomes a new map in Go, where a full one is shared with the values it came from.
    const Value found = table->empty() ? context_.heap.map() : Value::map(table);
    coalesce_tables(collected_.as_map(), path_to_map(parent, found, context_.heap).as_map(), context_, true);
  }

  void warn_missing(const Dependency& declared, const std::string& key, bool names_chart) {
    const std::string cause = quote(key) + " is not a table";
    if (context_.helm3) {
      const std::string of = names_chart ? " from chart " + declared.name : "";
      context_.log.write(LogLevel::info, "Warning: ImportValues missing table" + of + ": " + cause);
    } else if (names_chart) {
      context_.log.write(LogLevel::warn, "ImportValues missing table from chart",
                         {{"chart", declared.name}, {"error", cause}});
    } else {
      context_.log.write(LogLevel::warn, "ImportValues missing table", {{"error", cause}});
    }
  }

  const Value& values_;
  const ValuesContext& context_;
  Value collected_;
};

/// As processImportValues. Imports fill what the parent's values leave open.
Result<void> process(ChartInstance& chart, const ValuesContext& context) {
  if (!chart.metadata->dependencies) return {};
  const Result<Value> values = merge_values(chart, Value(), context);
  if (!values) return values.error();
  Importer importer(*values, context);
  for (const auto& declared : *chart.metadata->dependencies) importer.add(*declared);
  chart.values = *values;
  if (importer.collected().as_map()->empty()) return {};
  // What was collected shares maps with the values it came from: laid over a copy, it changes none of them.
  chart.values = copy_structure(context.heap, *values);
  coalesce_tables(chart.values.as_map(), importer.collected().as_map(), context, true);
  return {};
}

}  // namespace

Result<void> import_values(ChartInstance& chart, const ValuesContext& context) {
  check_stack("importing values of nested charts");
  for (ChartInstance* const dependency : chart.dependencies()) {
    if (Result<void> done = import_values(*dependency, context); !done) return done;
  }
  return process(chart, context);
}

}  // namespace rhumb::chart
