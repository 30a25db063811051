// time.Time and *time.Location as values of a template.
#pragma once

#include "funcs/support/go_time.h"
#include "rhumb/gotmpl/function_table.h"
#include "rhumb/value/value.h"

namespace rhumb::funcs {

struct TimeStructure : Structure {
  GoTime time;
};

struct LocationStructure : Structure {
  const Location* location = nullptr;  // null: UTC
};

Value make_time_value(Heap& heap, const GoTime& time);
Value make_location_value(Heap& heap, const Location* location);
/// Of a value of Type::time.
const GoTime& time_of(const Value& value);

/// time.Local, time.Now.
const Location& local_zone(gotmpl::CallContext& context);
GoTime current_time(gotmpl::CallContext& context);

/// Keeps fixed zones in a heap.
class HeapZones final : public ZoneMaker {
 public:
  explicit HeapZones(Heap& heap) : heap_(heap) {}
  const Location* fixed_zone(std::string_view name, std::int64_t offset) override;

 private:
  Heap& heap_;
};

}  // namespace rhumb::funcs
