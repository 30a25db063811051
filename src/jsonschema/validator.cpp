#include "jsonschema/validator.h"

#include <algorithm>
#include <utility>

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "jsonschema/metaschemas.h"
#include "jsonschema/place.h"
#include "rhumb/base/stack.h"

namespace rhumb::jsonschema {
namespace {

/// What a validation may cost, next to the executing of templates.
constexpr std::uint64_t steps_share = 40;
/// As many steps as the library makes room for at first.
constexpr std::size_t first_steps = 8;

bool is_whole(const Node& number) {
  const auto value = Decimal::parse(number.text);
  return value && value->is_integer();
}

bool has_type(const Schema& schema, const Node& value, Types type) {
  if ((schema.types & type) != 0) return true;
  return (schema.types & integer_type) != 0 && type == number_type && is_whole(value);
}

}  // namespace

Validator::Validator(const Limits& limits, Patterns& patterns)
    : limits_(limits), patterns_(patterns), effort_(limits.steps / steps_share) {}

const ValidationError* Validator::start(const Schema& schema, const Node& value, const Schema* meta) {
  const auto steps = std::make_shared<Steps>(first_steps);
  const Scope scope{&schema, {}, 0, nullptr};
  Frame frame{value, {steps.get(), 0}, &schema, &scope, Unevaluated(value, schema, false), false, meta};
  std::vector<const Schema*> outside = std::exchange(entered_, {&schema});
  const ValidationError* const found = validate(frame);
  entered_ = std::move(outside);
  if (found == nullptr) return nullptr;
  ValidationError& whole = errors_.emplace_back();
  whole.problem = Problem::schema;
  whole.schema = &schema;
  if (found->problem == Problem::group)
    whole.causes = found->causes;
  else
    whole.causes = {found};
  return &whole;
}

const ValidationError* Validator::validate(Frame& frame) {
  effort_.step();
  check_stack("validating against a JSON schema");
  const Schema& schema = *frame.schema;
  if (schema.boolean) return *schema.boolean ? nullptr : &error(frame, Problem::false_schema);
  if (const ValidationError* const cycle = reference_cycle(frame)) return cycle;
  if (const ValidationError* const found = validate_generally(frame)) return found;
  if (schema.ref != nullptr) {
    const ValidationError* const found = validate_reference(frame, *schema.ref, "$ref");
    if (schema.draft < 2019) return found;
    add(frame, found);
  }
  validate_by_type(frame);
  if (!frame.is_decided()) {
    if (schema.draft >= 2019) references(frame);
    combinations(frame);
    if (schema.draft >= 2019) unevaluated(frame);
  }
  if (frame.errors.empty()) return nullptr;
  if (frame.errors.size() == 1) return frame.errors[0];
  ValidationError& group = error(frame, Problem::group);
  if (!frame.only_yes_or_no) group.causes = std::move(frame.errors);
  return &group;
}

/// Keywords of which one that fails ends it all.
const ValidationError* Validator::validate_generally(Frame& frame) {
  const Schema& schema = *frame.schema;
  const Node& value = frame.value;
  const auto fail = [&](Problem problem, const Node& got) {
    ValidationError& found = error(frame, problem);
    found.got = &got;
    return &found;
  };
  const Types type = type_of(value);
  if (type == 0) return fail(Problem::invalid_value, value);
  if (schema.types != 0 && !has_type(schema, value, type)) return fail(Problem::type, value);
  if (schema.constant != nullptr) {
    const Comparison comparison = compare(value, *schema.constant, effort_);
    if (comparison.strange != nullptr) return fail(Problem::invalid_value, *comparison.strange);
    if (!comparison.equal) return fail(Problem::constant, value);
  }
  if (schema.choices != nullptr) {
    bool matched = false;
    if ((schema.choice_types & type) != 0) {
      for (const Node& choice : schema.choices->items) {
        const Comparison comparison = compare(value, choice, effort_);
        if (comparison.strange != nullptr) return fail(Problem::invalid_value, *comparison.strange);
        matched = comparison.equal;
        if (matched) break;
      }
    }
    if (!matched) return fail(Problem::choices, value);
  }
  if (schema.format != nullptr && value.is(NodeKind::string)) {
    std::string wrong =
        schema.format->check == nullptr ? patterns_.compile(value.text)->error() : schema.format->check(value.text);
    if (!wrong.empty()) {
      ValidationError& found = error(frame, Problem::format);
      found.got = &value;
      found.texts[0] = std::move(wrong);
      return &found;
    }
  }
  return nullptr;
}

void Validator::validate_by_type(Frame& frame) {
  switch (frame.value.kind) {
    case NodeKind::object: return members(frame);
    case NodeKind::array: return items(frame);
    case NodeKind::string: return text(frame);
    case NodeKind::number: return number(frame);
    default: return;
  }
}

/// As condValidate.
void Validator::combinations(Frame& frame) {
  const Schema& schema = *frame.schema;
  if (schema.negated != nullptr && validate_here(frame, *schema.negated, {}, true) == nullptr) {
    add(frame, Problem::negation);
  }
  if (!schema.all_of.empty()) all_of(frame);
  if (!schema.any_of.empty()) any_of(frame);
  if (!schema.one_of.empty()) one_of(frame);
  if (schema.condition != nullptr) condition(frame);
}

void Validator::all_of(Frame& frame) {
  Errors found;
  for (const Schema* schema : frame.schema->all_of) {
    const ValidationError* const wrong = validate_here(frame, *schema, {});
    if (wrong == nullptr) continue;
    found.push_back(wrong);
    if (frame.only_yes_or_no) break;
  }
  if (!found.empty()) add(frame, Problem::all_of).causes = std::move(found);
}

void Validator::any_of(Frame& frame) {
  Errors found;
  bool matched = false;
  for (const Schema* schema : frame.schema->any_of) {
    const ValidationError* const wrong = validate_here(frame, *schema, {});
    if (wrong != nullptr) {
      found.push_back(wrong);
      continue;
    }
    matched = true;
    // Every schema that matches evaluates something.
    if (frame.unevaluated.is_empty()) break;
  }
  if (!matched) add(frame, Problem::any_of).causes = std::move(found);
}

void Validator::one_of(Frame& frame) {
  constexpr std::size_t none = SIZE_MAX;
  Errors found;
  std::size_t matched = none;
  for (std::size_t i = 0; i < frame.schema->one_of.size(); ++i) {
    const ValidationError* const wrong = validate_here(frame, *frame.schema->one_of[i], {}, matched != none);
    if (wrong != nullptr) {
      if (matched == none) found.push_back(wrong);
    } else if (matched == none) {
      matched = i;
    } else {
      add(frame, Problem::one_of).indices = {matched, i};
      break;
    }
  }
  if (matched == none) add(frame, Problem::one_of).causes = std::move(found);
}

void Validator::condition(Frame& frame) {
  const Schema& schema = *frame.schema;
  const bool holds = validate_here(frame, *schema.condition, {}, true) == nullptr;
  const Schema* const next = holds ? schema.consequence : schema.alternative;
  if (next != nullptr) add(frame, validate_here(frame, *next, {}));
}

void Validator::unevaluated(Frame& frame) {
  const Schema& schema = *frame.schema;
  const Node& value = frame.value;
  if (value.is_object() && schema.unevaluated_properties != nullptr) {
    for (std::size_t i = 0; i < value.members.size(); ++i) {
      if (!frame.unevaluated.contains(i)) continue;
      const Member& member = value.members[i];
      add(frame, validate_below(frame, *schema.unevaluated_properties, member.value, {member.key}));
    }
    frame.unevaluated.clear();
  }
  if (value.is(NodeKind::array) && schema.unevaluated_items != nullptr) {
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (!frame.unevaluated.contains(i)) continue;
      add(frame, validate_below(frame, *schema.unevaluated_items, value.items[i], {{}, i, true}));
    }
    frame.unevaluated.clear();
  }
}

const ValidationError* Validator::validate_here(Frame& frame, const Schema& schema, std::string_view reference,
                                                bool only_yes_or_no) {
  const Scope scope{&schema, reference, frame.scope->value_id, frame.scope};
  Frame inner{frame.value,
              frame.path,
              &schema,
              &scope,
              Unevaluated(frame.value, schema, !frame.unevaluated.is_empty()),
              frame.only_yes_or_no || only_yes_or_no,
              frame.meta};
  const ValidationError* const found = validate_inner(inner);
  if (found == nullptr) frame.unevaluated.merge(inner.unevaluated);
  return found;
}

const ValidationError* Validator::validate_below(Frame& frame, const Schema& schema, const Node& value,
                                                 const Token& token) {
  const Scope scope{&schema, {}, frame.scope->value_id + 1, frame.scope};
  // As append: in place as long as there is room, to be overwritten by the next.
  std::shared_ptr<Steps> grown;
  Steps* steps = frame.path.steps;
  if (frame.path.size == steps->tokens.size()) {
    grown = std::make_shared<Steps>(frame.path.size * 2);
    std::copy(steps->tokens.begin(), steps->tokens.end(), grown->tokens.begin());
    steps = grown.get();
  }
  steps->tokens[frame.path.size] = token;
  Frame inner{value,     {steps, frame.path.size + 1},      &schema,
              &scope,    Unevaluated(value, schema, false), frame.only_yes_or_no,
              frame.meta};
  return validate_inner(inner);
}

const ValidationError* Validator::validate_inner(Frame& frame) {
  const Schema* const schema = frame.schema;
  const bool enters = schema->resource != frame.scope->parent->schema->resource;
  if (enters) entered_.push_back(schema);
  enter_resource(frame);
  const ValidationError* const found = validate(frame);
  if (enters) entered_.pop_back();
  return found;
}

ValidationError& Validator::error(const Frame& frame, Problem problem) {
  if (frame.only_yes_or_no) return ignored_;
  ValidationError& made = errors_.emplace_back();
  charged_ += sizeof made;
  made.problem = problem;
  made.schema = frame.schema;
  made.path_size = frame.path.size;
  if (frame.path.size > 0) {
    const auto copy = std::make_shared<Steps>(frame.path.size);
    std::copy_n(frame.path.steps->tokens.begin(), frame.path.size, copy->tokens.begin());
    made.path = copy;
    charged_ += frame.path.size * sizeof(Token);
  }
  if (charged_ > limits_.output_bytes) {
    throw LimitError("the errors of a JSON schema exceed the limit of " + std::to_string(limits_.output_bytes) +
                     " bytes");
  }
  return made;
}

ValidationError& Validator::add(Frame& frame, Problem problem) {
  ValidationError& made = error(frame, problem);
  frame.errors.push_back(&made);
  return made;
}

void Validator::add(Frame& frame, Problem problem, std::size_t got, std::int64_t wanted) {
  add(frame, problem).numbers = {static_cast<std::int64_t>(got), wanted};
}

std::vector<std::string_view> Validator::missing(const Frame& frame, const std::vector<std::string_view>& required) {
  std::vector<std::string_view> out;
  effort_.step(required.size());
  for (const std::string_view name : required) {
    if (frame.value.find(name) != nullptr) continue;
    out.push_back(name);
    if (frame.only_yes_or_no) break;
  }
  return out;
}

}  // namespace rhumb::jsonschema
