// The keywords of one schema object.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "jsonschema/compiler.h"

namespace rhumb::jsonschema {

/// As objCompiler, which looks only at what has the kind it expects.
class KeywordCompiler {
 public:
  KeywordCompiler(Compiler& compiler, const Node& object, Place& place, const Resource& resource, Schema& schema)
      : compiler_(compiler), object_(object), place_(place), resource_(resource), schema_(schema) {}

  void run();

 private:
  // What a draft added.
  void draft_4();
  void draft_6();
  void draft_7();
  void draft_2019();
  void draft_2020();

  void items_before_2020();
  void properties();
  void dependencies();
  void types_and_choices();
  void numbers();
  void sizes();
  void format();

  bool has(std::string_view vocabulary) const { return resource_.dialect.has(vocabulary); }
  bool asserts_format() const;
  std::optional<bool> boolean(std::string_view keyword) const;
  bool is_true(std::string_view keyword) const { return boolean(keyword).value_or(false); }
  std::optional<Decimal> number(std::string_view keyword) const;
  std::optional<std::int64_t> integer(std::string_view keyword) const;
  const Schema* reference(std::string_view keyword);
  const Schema* schema(std::string_view keyword);
  std::vector<const Schema*> schemas(std::string_view keyword);
  std::vector<NamedSchema> named_schemas(std::string_view keyword);
  Additional additional(std::string_view keyword);
  PatternPointer pattern(std::string_view keyword, std::string_view text);

  Compiler& compiler_;
  const Node& object_;
  Place& place_;
  const Resource& resource_;
  Schema& schema_;
};

}  // namespace rhumb::jsonschema
