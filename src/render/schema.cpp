#include "render/schema.h"

#include <exception>
#include <memory>
#include <set>
#include <utility>

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

}  // namespace

/// One chart with its values.
struct SchemaChecks::Check {
  Check(const chart::ChartInstance& of, const Log& to) : instance(&of), log(to) {}

  const chart::ChartInstance* instance;
  std::unique_ptr<jsonschema::Instance> values;  // where there is a schema for them
  std::string failed;
  std::exception_ptr thrown;
  bool done = false;
  KeptLog log;
};

class SchemaChecks::Collector {
 public:
  Collector(const World& world, std::vector<std::unique_ptr<Check>>& checks) : world_(world), checks_(checks) {}

  /// In the order of ValidateAgainstSchema, helm 4.3.1: a chart before its dependencies.
  void collect(const chart::ChartInstance& instance, const Value& values) {
    Check& check = add(instance);
    if (instance.chart().schema) check.values = std::make_unique<jsonschema::Instance>(values, world_.limits);
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
    return *checks_.emplace_back(std::make_unique<Check>(instance, world_.log));
  }

  const World& world_;
  std::vector<std::unique_ptr<Check>>& checks_;
};

SchemaChecks::SchemaChecks(const chart::ChartInstance& root, const Value& values, const World& world,
                           const Options& options)
    : world_(world), options_(options) {
  const ScopedTimer timer(world.timers, "validate schemas");
  Collector(world, checks_).collect(root, values);
}

SchemaChecks::~SchemaChecks() {
  if (!begun_) return;
  world_.queue->clear();
  world_.queue->finish();
}

void SchemaChecks::run(Check& check) {
  if (!check.failed.empty()) {
    failed_ = true;
    return;
  }
  const chart::ChartInstance& instance = *check.instance;
  const std::string name = instance.name();
  // Helm 3 puts the time into such lines.
  const auto debug = [&](std::string_view message, std::vector<LogAttribute> attributes) {
    if (!options_.helm3) check.log.write(LogLevel::debug, message, std::move(attributes));
  };
  if (check.values != nullptr) {
    debug("chart name", {{"chart-name", name}});
    const std::string failed =
        jsonschema::validate(instance.chart().schema->data, *check.values, {world_.files, check.log, world_.limits});
    if (!failed.empty()) {
      check.failed = name + ":\n" + failed;
      failed_ = true;
    }
    check.values.reset();
  }
  debug("number of dependencies in the chart",
        {{"chart", name}, {"dependencies", std::to_string(instance.dependencies().size())}});
}

void SchemaChecks::run_or_keep(Check& check) {
  check.done = true;
  try {
    run(check);
  } catch (...) {
    check.thrown = std::current_exception();
    failed_ = true;
  }
}

std::size_t SchemaChecks::schema_bytes() const {
  std::size_t bytes = 0;
  for (const auto& check : checks_) {
    if (const auto& schema = check->instance->chart().schema) bytes += schema->data.size();
  }
  return bytes;
}

bool SchemaChecks::begin() {
  if (world_.queue == nullptr || threads_for(schema_bytes(), options_.threads) < 2) return false;
  begun_ = true;
  for (const auto& check : checks_) {
    world_.queue->add([this, &check = *check] { run_or_keep(check); });
  }
  return true;
}

Result<void> SchemaChecks::result() {
  const ScopedTimer timer(world_.timers, "validate schemas");
  const bool begun = std::exchange(begun_, false);
  if (begun) world_.queue->finish();
  std::vector<Check*> left;
  for (const auto& check : checks_) {
    if (!check->done) left.push_back(check.get());
  }
  parallel_for(left.size(), begun ? 1 : threads_for(schema_bytes(), options_.threads),
               [&](std::size_t i) { run_or_keep(*left[i]); });
  std::string errors;
  WarnsOnce log(world_.log);
  for (const auto& check : checks_) {
    if (check->thrown) std::rethrow_exception(check->thrown);
    check->log.replay(log);
    errors += check->failed;
  }
  if (errors.empty()) return {};
  return error("values don't meet the specifications of the schema(s) in the following chart(s):\n" + errors);
}

}  // namespace rhumb::render
