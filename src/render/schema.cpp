#include "render/schema.h"

#include "rhumb/jsonschema/jsonschema.h"

namespace rhumb::render {
namespace {

class Validator {
 public:
  Validator(const jsonschema::Context& context, bool helm3) : context_(context), helm3_(helm3) {}

  // As ValidateAgainstSchema, helm 4.3.1.
  void validate(const chart::ChartInstance& instance, const Value& values) {
    if (const auto& schema = instance.chart().schema) {
      debug("chart name", {{"chart-name", instance.name()}});
      const std::string failed = jsonschema::validate(schema->data, values, context_);
      if (!failed.empty()) errors_ += instance.name() + ":\n" + failed;
    }
    debug("number of dependencies in the chart",
          {{"chart", instance.name()}, {"dependencies", std::to_string(instance.dependencies().size())}});
    for (const chart::ChartInstance* child : instance.dependencies()) {
      const Value* const own = values.as_map() == nullptr ? nullptr : values.as_map()->find(child->name());
      if (own == nullptr || own->is_nil()) continue;
      if (own->is_map()) {
        validate(*child, *own);
      } else {
        errors_ += child->name() + ":\ninvalid type for values: expected object (map), got " +
                   std::string(own->type_name()) + "\n";
      }
    }
  }

  std::string errors() && { return std::move(errors_); }

 private:
  // Helm 3 puts the time into such lines.
  void debug(std::string_view message, std::vector<LogAttribute> attributes) {
    if (!helm3_) context_.log.write(LogLevel::debug, message, std::move(attributes));
  }

  const jsonschema::Context& context_;
  bool helm3_;
  std::string errors_;
};

}  // namespace

Result<void> validate_schemas(const chart::ChartInstance& root, const Value& values, const World& world, bool helm3) {
  const ScopedTimer timer(world.timers, "validate schemas");
  const jsonschema::Context context{world.files, world.log, world.limits};
  Validator validator(context, helm3);
  validator.validate(root, values);
  const std::string errors = std::move(validator).errors();
  if (errors.empty()) return {};
  return error("values don't meet the specifications of the schema(s) in the following chart(s):\n" + errors);
}

}  // namespace rhumb::render
