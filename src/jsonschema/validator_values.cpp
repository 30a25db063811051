// The keywords for objects, arrays, strings and numbers.
#include <algorithm>

#include "jsonschema/failure.h"
#include "jsonschema/metaschemas.h"
#include "jsonschema/place.h"
#include "jsonschema/validator.h"
#include "rhumb/base/utf8.h"

namespace rhumb::jsonschema {
namespace {

Token item_token(std::size_t index) { return {{}, index, true}; }

std::int64_t signed_size(std::size_t size) { return static_cast<std::int64_t>(size); }

}  // namespace

/// As objValidate.
void Validator::members(Frame& frame) {
  member_counts(frame);
  if (frame.is_decided()) return;
  dependencies(frame);
  each_member(frame);
  if (frame.is_decided() || frame.schema->draft == 4) return;
  property_names(frame);
  if (frame.schema->draft != 6) dependent(frame);
}

void Validator::member_counts(Frame& frame) {
  const Schema& schema = *frame.schema;
  const std::size_t count = frame.value.members.size();
  if (schema.min_properties && signed_size(count) < *schema.min_properties) {
    add(frame, Problem::min_properties, count, *schema.min_properties);
  }
  if (schema.max_properties && signed_size(count) > *schema.max_properties) {
    add(frame, Problem::max_properties, count, *schema.max_properties);
  }
  auto lacking = missing(frame, schema.required);
  if (!lacking.empty()) add(frame, Problem::required).names = std::move(lacking);
}

void Validator::dependencies(Frame& frame) {
  for (const Dependency& dependency : frame.schema->dependencies) {
    if (frame.value.find(dependency.name) == nullptr) continue;
    if (dependency.schema != nullptr) {
      add(frame, validate_here(frame, *dependency.schema, {}));
      continue;
    }
    auto lacking = missing(frame, dependency.required);
    if (lacking.empty()) continue;
    ValidationError& made = add(frame, Problem::dependency);
    made.name = dependency.name;
    made.names = std::move(lacking);
  }
}

void Validator::each_member(Frame& frame) {
  const Schema& schema = *frame.schema;
  const Additional& additional = schema.additional_properties;
  std::vector<std::string_view> surplus;
  for (std::size_t i = 0; i < frame.value.members.size(); ++i) {
    if (frame.is_decided()) return;
    const Member& member = frame.value.members[i];
    const Token token{member.key};
    bool evaluated = false;
    if (const Schema* const property = schema.properties.find(member.key)) {
      evaluated = true;
      add(frame, validate_below(frame, *property, member.value, token));
    }
    for (const PatternSchema& pattern : schema.pattern_properties) {
      effort_.step();
      if (!RegexSubject(*pattern.pattern, member.key).matches()) continue;
      evaluated = true;
      add(frame, validate_below(frame, *pattern.schema, member.value, token));
    }
    if (!evaluated && additional.kind != Additional::Kind::absent) {
      evaluated = true;
      if (additional.kind == Additional::Kind::forbidden) surplus.push_back(member.key);
      if (additional.schema != nullptr) add(frame, validate_below(frame, *additional.schema, member.value, token));
    }
    if (evaluated) frame.unevaluated.evaluate(i);
  }
  if (!surplus.empty()) add(frame, Problem::additional_properties).names = std::move(surplus);
}

void Validator::property_names(Frame& frame) {
  const Schema* const wanted = frame.schema->property_names;
  if (wanted == nullptr) return;
  const Resource* const resource = meta_resource(frame, *wanted);
  const Schema* const meta = resource == nullptr ? frame.meta : &dialect_schema(resource->dialect, made_);
  for (const Member& member : frame.value.members) {
    Node& name = names_.emplace_back();
    name.kind = NodeKind::string;
    name.text = member.key;
    const ValidationError* const found = start(resource == nullptr ? *wanted : *meta, name, meta);
    if (found == nullptr) {
      names_.pop_back();
      continue;
    }
    ValidationError& made = add(frame, Problem::property_names);
    if (frame.only_yes_or_no) continue;
    made.name = member.key;
    made.causes = found->causes;
    // The steps are not copied: later ones may overwrite them.
    made.path = frame.path.steps->shared_from_this();
  }
}

void Validator::dependent(Frame& frame) {
  for (const NamedSchema& named : frame.schema->dependent_schemas) {
    if (frame.value.find(named.name) != nullptr) add(frame, validate_here(frame, *named.schema, {}));
  }
  for (const NamedStrings& named : frame.schema->dependent_required) {
    if (frame.value.find(named.name) == nullptr) continue;
    auto lacking = missing(frame, named.strings);
    if (lacking.empty()) continue;
    ValidationError& made = add(frame, Problem::dependency);
    made.name = named.name;
    made.names = std::move(lacking);
  }
}

/// As arrValidate.
void Validator::items(Frame& frame) {
  item_counts(frame);
  if (frame.schema->draft < 2020)
    items_before_2020(frame);
  else
    items_since_2020(frame);
  if (frame.schema->contains != nullptr) contains(frame);
}

void Validator::item_counts(Frame& frame) {
  const Schema& schema = *frame.schema;
  const std::size_t count = frame.value.items.size();
  if (schema.min_items && signed_size(count) < *schema.min_items) {
    add(frame, Problem::min_items, count, *schema.min_items);
  }
  if (schema.max_items && signed_size(count) > *schema.max_items) {
    add(frame, Problem::max_items, count, *schema.max_items);
  }
  if (!schema.unique_items || count < 2) return;
  const auto duplicates = find_duplicates(frame.value.items, effort_);
  if (!duplicates) return;
  if (duplicates->strange != nullptr) {
    add(frame, Problem::invalid_value).got = duplicates->strange;
  } else {
    add(frame, Problem::unique_items, duplicates->first, signed_size(duplicates->second));
  }
}

void Validator::items_before_2020(Frame& frame) {
  const Schema& schema = *frame.schema;
  const std::span<const Node> values = frame.value.items;
  std::size_t evaluated = 0;
  if (schema.items != nullptr) {
    evaluated = values.size();
    for (std::size_t i = 0; i < evaluated; ++i) {
      add(frame, validate_below(frame, *schema.items, values[i], item_token(i)));
    }
  } else if (schema.item_list) {
    evaluated = std::min(values.size(), schema.item_list->size());
    for (std::size_t i = 0; i < evaluated; ++i) {
      add(frame, validate_below(frame, *(*schema.item_list)[i], values[i], item_token(i)));
    }
  }
  const Additional& additional = schema.additional_items;
  if (additional.kind == Additional::Kind::forbidden && evaluated != values.size()) {
    add(frame, Problem::additional_items, values.size() - evaluated, 0);
  }
  if (additional.schema == nullptr) return;
  for (std::size_t i = evaluated; i < values.size(); ++i) {
    add(frame, validate_below(frame, *additional.schema, values[i], item_token(i)));
  }
}

void Validator::items_since_2020(Frame& frame) {
  const Schema& schema = *frame.schema;
  const std::span<const Node> values = frame.value.items;
  const std::size_t evaluated = std::min(schema.prefix_items.size(), values.size());
  for (std::size_t i = 0; i < evaluated; ++i) {
    add(frame, validate_below(frame, *schema.prefix_items[i], values[i], item_token(i)));
  }
  if (schema.items_2020 == nullptr) return;
  for (std::size_t i = evaluated; i < values.size(); ++i) {
    add(frame, validate_below(frame, *schema.items_2020, values[i], item_token(i)));
  }
}

void Validator::contains(Frame& frame) {
  const Schema& schema = *frame.schema;
  Errors found;
  std::vector<std::size_t> matched;
  for (std::size_t i = 0; i < frame.value.items.size(); ++i) {
    const ValidationError* const wrong = validate_below(frame, *schema.contains, frame.value.items[i], item_token(i));
    if (wrong != nullptr) {
      found.push_back(wrong);
      continue;
    }
    matched.push_back(i);
    if (schema.draft >= 2020) frame.unevaluated.evaluate(i);
  }
  const auto report = [&](Problem problem, std::int64_t wanted) -> ValidationError& {
    ValidationError& made = add(frame, problem);
    made.numbers[0] = wanted;
    made.indices = matched;
    return made;
  };
  if (schema.min_contains) {
    if (signed_size(matched.size()) < *schema.min_contains) {
      report(Problem::min_contains, *schema.min_contains).causes = std::move(found);
    }
  } else if (matched.empty()) {
    add(frame, Problem::contains).causes = std::move(found);
  }
  if (schema.max_contains && signed_size(matched.size()) > *schema.max_contains) {
    report(Problem::max_contains, *schema.max_contains);
  }
}

/// As strValidate.
void Validator::text(Frame& frame) {
  const Schema& schema = *frame.schema;
  const std::string_view value = frame.value.text;
  const std::size_t length = schema.min_length || schema.max_length ? utf8::rune_count(value) : 0;
  if (schema.min_length && signed_size(length) < *schema.min_length) {
    add(frame, Problem::min_length, length, *schema.min_length);
  }
  if (schema.max_length && signed_size(length) > *schema.max_length) {
    add(frame, Problem::max_length, length, *schema.max_length);
  }
  if (schema.pattern != nullptr && !RegexSubject(*schema.pattern, value).matches()) {
    add(frame, Problem::pattern).got = &frame.value;
  }
}

/// As numValidate.
void Validator::number(Frame& frame) {
  const Schema& schema = *frame.schema;
  const bool asked =
      schema.minimum || schema.maximum || schema.exclusive_minimum || schema.exclusive_maximum || schema.multiple_of;
  if (!asked) return;
  const auto value = Decimal::parse(frame.value.text);
  if (!value) throw nil_dereference();
  const auto report = [&](Problem problem) { add(frame, problem).got = &frame.value; };
  if (schema.minimum && *value < *schema.minimum) report(Problem::minimum);
  if (schema.maximum && *value > *schema.maximum) report(Problem::maximum);
  if (schema.exclusive_minimum && *value <= *schema.exclusive_minimum) report(Problem::exclusive_minimum);
  if (schema.exclusive_maximum && *value >= *schema.exclusive_maximum) report(Problem::exclusive_maximum);
  if (!schema.multiple_of) return;
  if (schema.multiple_of->is_zero()) throw Panic{"division by zero"};
  if (!value->is_multiple_of(*schema.multiple_of)) report(Problem::multiple_of);
}

}  // namespace rhumb::jsonschema
