// Laying values over the defaults of charts: package common/util (coalesce.go) of helm 4.3.1, and chartutil of 3.22.
#include <set>

#include "coalesce.h"
#include "rhumb/base/stack.h"
#include "rhumb/chart/values.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::chart {
namespace {

constexpr std::string_view global_key = "global";

std::string concat_prefix(const std::string& a, std::string_view b) {
  return a.empty() ? std::string(b) : a + "." + std::string(b);
}

/// The keys as they are now: the maps change while they are walked.
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.size());
  for (const Map::Entry& entry : map.entries()) keys.push_back(entry.key);
  return keys;
}

/// Whether the override is recorded already: values are coalesced several times on their way.
bool has_lost(const OriginTable& origins, OriginId winner, OriginId loser) {
  while (winner != no_origin && origins.get(winner).kind == OriginKind::override_) {
    const std::span<const OriginId> parts = origins.get(winner).parts;
    if (parts[1] == loser) return true;
    winner = parts[0];
  }
  return winner == loser;
}

/// Whether `record` says of the value from `winner` what it took the place of.
bool is_record_of(const OriginTable& origins, OriginId record, OriginId winner) {
  while (record != winner && record != no_origin && origins.get(record).kind == OriginKind::override_) {
    record = origins.get(record).parts[0];
  }
  return record == winner;
}

class Coalescer {
 public:
  Coalescer(const ValuesContext& context, bool merge) : context_(context), merge_(merge) {}

  Result<void> chart(const ChartInstance& chart, Map& dest, const std::string& prefix);
  void tables(Map* dst, Map* src, const std::string& prefix, bool merge);

 private:
  void defaults(const ChartInstance& chart, Map& dest, const std::string& prefix);
  void one_default(const ChartInstance& chart, Map& dest, std::string_view key, const Value& value,
                   const std::string& prefix);
  Result<void> dependency(const ChartInstance& chart, const ChartInstance& child, Map& dest, const std::string& prefix);
  void globals(Map& dest, const Map& src, const std::string& prefix);
  void one_global(Map& dest, std::string_view key, const Value& value, const std::string& prefix);
  void warn(const std::string& text) { context_.log.write(LogLevel::info, text); }
  void record_override(Value& winner, const Value& loser);
  void clean_nil_values(Map& map);
  void note_deleted(const Value& null, const Value& deleted);

  const ValuesContext& context_;
  bool merge_;
};

/// As coalesce.
Result<void> Coalescer::chart(const ChartInstance& chart, Map& dest, const std::string& prefix) {
  check_stack("coalescing the values of nested charts");
  defaults(chart, dest, prefix);
  for (const ChartInstance* const child : chart.dependencies()) {
    if (Result<void> done = dependency(chart, *child, dest, prefix); !done) return done;
  }
  return {};
}

/// As cleanNilValues: nulls go from the map and the maps in it.
void Coalescer::clean_nil_values(Map& map) {
  check_stack("coalescing values");
  for (const std::string_view key : keys_of(map)) {
    const Value value = *map.find(key);
    if (value.is_nil()) {
      note_deleted(value, value);
      map.erase(key);
    } else if (is_table(value)) {
      clean_nil_values(*value.as_map());
    }
  }
}

/// As coalesceValues.
void Coalescer::defaults(const ChartInstance& chart, Map& dest, const std::string& prefix) {
  if (chart.values.as_map() == nullptr) return;
  const Value copy = copy_structure(context_.heap, chart.values);
  const std::string own_prefix = concat_prefix(prefix, chart.name());
  for (const Map::Entry& entry : copy.as_map()->entries()) {
    one_default(chart, dest, entry.key, entry.value, own_prefix);
  }
}

bool has_child(const ChartInstance& chart, std::string_view name) {
  for (const ChartInstance* const child : chart.dependencies()) {
    if (child->name() == name) return true;
  }
  return false;
}

void Coalescer::one_default(const ChartInstance& chart, Map& dest, std::string_view key, const Value& value,
                            const std::string& prefix) {
  const bool cleans = !merge_ && !context_.helm3;
  Value* const known = dest.find_mutable(key);
  if (known == nullptr) {
    if (cleans && value.is_nil()) return note_deleted(value, value);
    if (cleans && is_table(value)) clean_nil_values(*value.as_map());
    dest.set(key, value);
    return;
  }
  if (known->is_nil() && !merge_) {
    note_deleted(*known, value);
    dest.erase(key);
    return;
  }
  if (!is_table(*known)) {
    record_override(*known, value);
    return;
  }
  if (!is_table(value)) {
    if (!value.is_nil()) warn("warning: skipped value for " + prefix + "." + std::string(key) + ": Not a table.");
    return;
  }
  // Below the key of a dependency nulls are kept: they are meant for its values.
  record_override(*known, value);
  const bool merge = merge_ || has_child(chart, key);
  if (!merge && !context_.helm3) clean_nil_values(*value.as_map());
  tables(known->as_map(), value.as_map(), concat_prefix(prefix, key), merge);
}

/// As one turn of coalesceDeps.
Result<void> Coalescer::dependency(const ChartInstance& chart, const ChartInstance& child, Map& dest,
                                   const std::string& prefix) {
  const std::string& name = child.name();
  if (!dest.contains(name)) dest.set(name, context_.heap.map());
  const Value own = *dest.find(name);
  if (!is_table(own)) {
    const std::vector<Value> arguments{context_.heap.string(name), own};
    return error(sprintf("type mismatch on %s: %t", arguments));
  }
  const std::string own_prefix = concat_prefix(prefix, chart.name());
  globals(*own.as_map(), dest, own_prefix);
  return this->chart(child, *own.as_map(), own_prefix);
}

/// As coalesceGlobals.
void Coalescer::globals(Map& dest, const Map& src, const std::string& prefix) {
  const Value* const known = dest.find_mutable(global_key);
  if (known != nullptr && !is_table(*known)) {
    return warn("warning: skipping globals because destination global is not a table.");
  }
  const Value* const given = src.find(global_key);
  if (given != nullptr && !is_table(*given)) {
    return warn("warning: skipping globals because source global is not a table.");
  }
  const Value own = known != nullptr ? *known : context_.heap.map();
  if (given != nullptr) {
    const Map& from = *given->as_map();
    for (const std::string_view key : keys_of(from)) one_global(*own.as_map(), key, *from.find(key), prefix);
  }
  dest.set(global_key, own);
}

Value shallow_copy(Heap& heap, const Value& table) {
  return Value::map(heap.new_map(*table.as_map())).with_origin(table.origin());
}

void Coalescer::one_global(Map& dest, std::string_view key, const Value& value, const std::string& prefix) {
  const Value* const known = dest.find_mutable(key);
  if (is_table(value)) {
    if (known != nullptr && !is_table(*known)) {
      return warn("Conflict: cannot merge map onto non-map for " + quote(key) + ". Skipping.");
    }
    const Value copy = shallow_copy(context_.heap, value);
    // The parent's globals win, so the order is turned round; nulls go when the child itself is coalesced.
    Value winner = copy;
    if (known != nullptr) {
      record_override(winner, *known);
      tables(copy.as_map(), known->as_map(), concat_prefix(prefix, key), true);
    }
    dest.set(key, winner);
    return;
  }
  if (known != nullptr && is_table(*known)) return warn("key " + std::string(key) + " is table. Skipping");
  Value winner = value;
  if (known != nullptr) record_override(winner, *known);
  dest.set(key, std::move(winner));
}

/// As coalesceTablesFullKey.
void Coalescer::tables(Map* dst, Map* src, const std::string& prefix, bool merge) {
  check_stack("coalescing values");
  std::set<std::string_view> given;  // the keys of src that are not null in the first place
  for (const Map::Entry& entry : src->entries()) {
    if (!entry.value.is_nil()) given.insert(entry.key);
  }
  for (const std::string_view key : keys_of(*dst)) {
    const Value null = *dst->find(key);
    if (!null.is_nil()) continue;
    if (const Value* const deleted = src->find(key)) note_deleted(null, *deleted);
    src->set(key, Value());
  }
  for (const std::string_view key : keys_of(*src)) {
    const Value* const found = src->find(key);
    if (found == nullptr) continue;
    const Value value = *found;
    Value* const known = dst->find_mutable(key);
    if (known == nullptr) {
      dst->set(key, value);
    } else if (!merge && known->is_nil() && given.contains(key)) {
      dst->erase(key);
    } else if (is_table(value) && is_table(*known)) {
      record_override(*known, value);
      tables(known->as_map(), value.as_map(), concat_prefix(prefix, key), merge);
    } else if (is_table(value)) {
      warn("warning: cannot overwrite table with non table for " + concat_prefix(prefix, key) + " (" + sprint(value) +
           ")");
    } else if (is_table(*known) && !value.is_nil()) {
      warn("warning: destination for " + concat_prefix(prefix, key) + " is a table. Ignoring non-table value (" +
           sprint(value) + ")");
    } else {
      record_override(*known, value);
    }
  }
}

void Coalescer::record_override(Value& winner, const Value& loser) {
  if (context_.origins == nullptr || loser.origin() == no_origin) return;
  // Only maps that nobody wrote have none: those that --set and dependencies make.
  if (winner.origin() == no_origin) return winner.set_origin(loser.origin());
  if (has_lost(*context_.origins, winner.origin(), loser.origin())) return;
  if (is_record_of(*context_.origins, loser.origin(), winner.origin())) return winner.set_origin(loser.origin());
  winner.set_origin(context_.origins->add_override(winner.origin(), loser.origin()));
}

/// A null that deletes has done what it is there for, and what it deletes is not left over.
void Coalescer::note_deleted(const Value& null, const Value& deleted) {
  if (context_.origins == nullptr) return;
  context_.origins->mark_read(null.origin());
  context_.origins->mark_read(context_.origins->add_override(null.origin(), deleted.origin()));
}

/// The values, copied as far as coalescing the chart over them changes anything: below the keys of its defaults and of
/// its dependencies, and the globals.
Value copy_touched(const ChartInstance& chart, const Value& values, Heap& heap) {
  if (values.as_map() == nullptr) return {};
  std::set<std::string_view> touched{global_key};
  for (const ChartInstance* const child : chart.dependencies()) touched.insert(child->name());
  if (chart.values.as_map() != nullptr) {
    for (const Map::Entry& entry : chart.values.as_map()->entries()) touched.insert(entry.key);
  }
  Map* const copy = heap.new_map(*values.as_map());
  for (const std::string_view key : touched) {
    Value* const value = copy->find_mutable(key);
    if (value != nullptr && !value->is_nil()) *value = copy_structure(heap, *value);
  }
  return Value::map(copy, values.type()).with_origin(values.origin());
}

enum class Copied : std::uint8_t { all, touched };

Result<Value> run(const ChartInstance& chart, const Value& values, const ValuesContext& context, bool merge,
                  Copied copied) try {
  Heap& heap = context.heap;
  Value copy = copied == Copied::all ? copy_structure(heap, values) : copy_touched(chart, values, heap);
  if (copy.as_map() == nullptr) copy = heap.map();
  if (Result<void> done = Coalescer(context, merge).chart(chart, *copy.as_map(), ""); !done) return done.error();
  return copy;
} catch (const LimitError& limit) {
  return error(limit.what());
}

}  // namespace

bool is_table(const Value& value) { return value.type() == Type::map_any && value.as_map() != nullptr; }

Result<Value> coalesce_values(const ChartInstance& chart, const Value& values, const ValuesContext& context) {
  return run(chart, values, context, false, Copied::all);
}

Result<Value> coalesce_to_read(const ChartInstance& chart, const Value& values, const ValuesContext& context) {
  return run(chart, values, context, false, Copied::touched);
}

Result<Value> merge_values(const ChartInstance& chart, const Value& values, const ValuesContext& context) {
  return run(chart, values, context, true, Copied::all);
}

Map* coalesce_tables(Map* dst, Map* src, const ValuesContext& context, bool merge) {
  if (src == nullptr) return dst;
  if (dst == nullptr) return src;
  Coalescer(context, merge).tables(dst, src, "", merge);
  return dst;
}

}  // namespace rhumb::chart
