// Does a value satisfy a schema? Follows the validator of the library step by step, for the order of what it finds
// wrong, and for what it fails to look at.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "jsonschema/equality.h"
#include "jsonschema/messages.h"
#include "jsonschema/unevaluated.h"
#include "rhumb/base/limits.h"

namespace rhumb::jsonschema {

struct Resource;
struct Root;

class Validator {
 public:
  Validator(const Limits& limits, Patterns& patterns);

  /// Null when the value is good. Throws LimitError and Panic.
  const ValidationError* check(const Schema& schema, const Node& value) { return start(schema, value, nullptr); }
  /// The same for a schema under its metaschema; resources in it have metaschemas of their own.
  const ValidationError* check_schema(const Node& schema, const Schema& meta, const Root& root) {
    root_ = &root;
    return start(meta, schema, &meta);
  }

 private:
  struct Path {
    Steps* steps;
    std::size_t size;
  };

  /// Which schemas are on the way to the one in hand.
  struct Scope {
    const Schema* schema;
    std::string_view reference;  // the keyword that jumped here
    std::size_t value_id;        // of the value under validation
    const Scope* parent;
  };

  /// One schema for one value: what the library calls a validator.
  struct Frame {
    const Node& value;
    Path path;
    const Schema* schema;
    const Scope* scope;
    Unevaluated unevaluated;
    bool only_yes_or_no;  // nobody reads the errors
    const Schema* meta;
    std::vector<const ValidationError*> errors{};

    bool is_decided() const { return only_yes_or_no && !errors.empty(); }
  };

  using Errors = std::vector<const ValidationError*>;

  const ValidationError* start(const Schema& schema, const Node& value, const Schema* meta);
  const ValidationError* validate_inner(Frame& frame);
  const ValidationError* validate(Frame& frame);
  const ValidationError* validate_generally(Frame& frame);
  void validate_by_type(Frame& frame);

  void members(Frame& frame);
  void member_counts(Frame& frame);
  void dependencies(Frame& frame);
  void each_member(Frame& frame);
  void property_names(Frame& frame);
  void dependent(Frame& frame);
  void items(Frame& frame);
  void item_counts(Frame& frame);
  void items_before_2020(Frame& frame);
  void items_since_2020(Frame& frame);
  void contains(Frame& frame);
  void text(Frame& frame);
  void number(Frame& frame);

  void references(Frame& frame);
  void combinations(Frame& frame);
  void all_of(Frame& frame);
  void any_of(Frame& frame);
  void one_of(Frame& frame);
  void condition(Frame& frame);
  void unevaluated(Frame& frame);

  const ValidationError* validate_reference(Frame& frame, const Schema& schema, std::string_view keyword);
  /// Another schema for the same value.
  const ValidationError* validate_here(Frame& frame, const Schema& schema, std::string_view reference,
                                       bool only_yes_or_no = false);
  /// A schema for a member or an item.
  const ValidationError* validate_below(Frame& frame, const Schema& schema, const Node& value, const Token& token);
  const ValidationError* reference_cycle(const Frame& frame);
  const Resource* meta_resource(const Frame& frame, const Schema& schema) const;
  void enter_resource(Frame& frame);

  const Schema& resolve_recursive_anchor(const Schema& fallback) const;
  const Schema& resolve_dynamic_anchor(std::string_view name, const Schema& fallback) const;

  ValidationError& error(const Frame& frame, Problem problem);
  void add(Frame& frame, const ValidationError* found) {
    if (found != nullptr) frame.errors.push_back(found);
  }
  ValidationError& add(Frame& frame, Problem problem);
  void add(Frame& frame, Problem problem, std::size_t got, std::int64_t wanted);
  std::vector<std::string_view> missing(const Frame& frame, const std::vector<std::string_view>& required);

  const Limits& limits_;
  Patterns& patterns_;
  Effort effort_;
  const Root* root_ = nullptr;
  /// Of the schemas on the way those that lie in another resource than the one before.
  std::vector<const Schema*> entered_;
  std::size_t charged_ = 0;
  std::deque<ValidationError> errors_;
  ValidationError ignored_;  // every error that nobody reads
  std::deque<Schema> made_;
  std::deque<Node> names_;
};

}  // namespace rhumb::jsonschema
