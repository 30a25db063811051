#include "render/schema.h"

#include <deque>
#include <memory>
#include <set>

#include "rhumb/jsonschema/jsonschema.h"

namespace rhumb::render {
namespace {

/// What several charts warn about is said once.
class WarnsOnce final : public Log {
 public:
  explicit WarnsOnce(Log& log) : log_(log) {}
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    const bool is_new = level != LogLevel::warn || warned_.insert(format_log_line(level, message, attributes)).second;
    if (is_new) log_.write(level, message, std::move(attributes));
  }

 private:
  Log& log_;
  std::set<std::string> warned_;
};

/// One chart with its values.
struct Check {
  const chart::ChartInstance* instance;
  std::unique_ptr<jsonschema::Instance> values;  // where there is a schema for them
  std::string failed;
  KeptLog log;
};

class Collector {
 public:
  Collector(const Limits& limits, std::deque<Check>& checks) : limits_(limits), checks_(checks) {}

  /// In the order of ValidateAgainstSchema, helm 4.3.1: a chart before its dependencies.
  void collect(const chart::ChartInstance& instance, const Value& values) {
    Check& check = add(instance);
    if (instance.chart().schema) check.values = std::make_unique<jsonschema::Instance>(values, limits_);
    for (const chart::ChartInstance* child : instance.dependencies()) {
      const Value* const own = values.as_map() == nullptr ? nullptr : values.as_map()->find(child->name());
      if (own == nullptr || own->is_nil()) continue;
      if (own->is_map()) {
        collect(*child, *own);
      } else {
        add(*child).failed = child->name() + ":\ninvalid type for values: expected object (map), got " +
                             std::string(own->type_name()) + "\n";
      }
    }
  }

 private:
  Check& add(const chart::ChartInstance& instance) {
    Check& check = checks_.emplace_back();
    check.instance = &instance;
    return check;
  }

  const Limits& limits_;
  std::deque<Check>& checks_;
};

void run(Check& check, const World& world, bool helm3) {
  if (!check.failed.empty()) return;
  const chart::ChartInstance& instance = *check.instance;
  const std::string name = instance.name();
  // Helm 3 puts the time into such lines.
  const auto debug = [&](std::string_view message, std::vector<LogAttribute> attributes) {
    if (!helm3) check.log.write(LogLevel::debug, message, std::move(attributes));
  };
  if (check.values != nullptr) {
    debug("chart name", {{"chart-name", name}});
    const std::string failed =
        jsonschema::validate(instance.chart().schema->data, *check.values, {world.files, check.log, world.limits});
    if (!failed.empty()) check.failed = name + ":\n" + failed;
  }
  debug("number of dependencies in the chart",
        {{"chart", name}, {"dependencies", std::to_string(instance.dependencies().size())}});
}

std::size_t schema_bytes(const std::deque<Check>& checks) {
  std::size_t bytes = 0;
  for (const Check& check : checks) {
    if (const auto& schema = check.instance->chart().schema) bytes += schema->data.size();
  }
  return bytes;
}

}  // namespace

Result<void> validate_schemas(const chart::ChartInstance& root, const Value& values, const World& world,
                              const Options& options) {
  const ScopedTimer timer(world.timers, "validate schemas");
  std::deque<Check> checks;
  Collector(world.limits, checks).collect(root, values);
  const auto check = [&](std::size_t i) { run(checks[i], world, options.helm3); };
  const unsigned threads = threads_for(schema_bytes(checks), options.threads);
  if (world.queue != nullptr && threads > 1) {
    parallel_for(checks.size(), *world.queue, check);
  } else {
    parallel_for(checks.size(), threads, check);
  }
  std::string errors;
  WarnsOnce log(world.log);
  for (const Check& each : checks) {
    each.log.replay(log);
    errors += each.failed;
  }
  if (errors.empty()) return {};
  return error("values don't meet the specifications of the schema(s) in the following chart(s):\n" + errors);
}

}  // namespace rhumb::render
