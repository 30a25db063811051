#include "render/schema.h"

#include "rhumb/jsonschema/jsonschema.h"

namespace rhumb::render {
namespace {

class Validator {
 public:
  explicit Validator(const jsonschema::Context& context) : context_(context) {}

  // As ValidateAgainstSchema, helm 4.3.1.
  void validate(const chart::ChartInstance& instance, const Value& values) {
    if (const auto& schema = instance.chart().schema) {
      const std::string failed = jsonschema::validate(schema->data, values, context_);
      if (!failed.empty()) errors_ += instance.name() + ":\n" + failed;
    }
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
  const jsonschema::Context& context_;
  std::string errors_;
};

}  // namespace

Result<void> validate_schemas(const chart::ChartInstance& root, const Value& values, const World& world) {
  const ScopedTimer timer(world.timers, "validate schemas");
  const jsonschema::Context context{world.files, world.log, world.limits};
  Validator validator(context);
  validator.validate(root, values);
  const std::string errors = std::move(validator).errors();
  if (errors.empty()) return {};
  return error("values don't meet the specifications of the schema(s) in the following chart(s):\n" + errors);
}

}  // namespace rhumb::render
