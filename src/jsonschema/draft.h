// The drafts of JSON Schema and their dialects: which vocabularies a schema is written in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jsonschema/document.h"

namespace rhumb::jsonschema {

struct Draft {
  int version;  // 4, 6, 7, 2019, 2020
  std::string_view url;
  std::string_view id;  // the keyword that names a schema
  std::string_view vocabulary_prefix;
  std::span<const std::string_view> vocabularies;
  std::span<const std::string_view> default_vocabularies;
};

/// In the order of their versions.
std::span<const Draft> all_drafts();
const Draft& latest_draft();
/// Of a "$schema"; null when it is of another one.
const Draft* draft_of_url(std::string_view url);

/// Where a keyword holds schemas.
enum class Nest : std::uint8_t { itself, items, members };

struct Nesting {
  std::string_view keyword;
  Nest nest;
  int since;  // version
};

/// In the order of their keywords.
std::span<const Nesting> nestings();

/// What the schema is called, without the fragment; "" without a name.
std::string_view id_of(const Draft& draft, const Node& object);

struct Dialect {
  const Draft* draft = nullptr;
  /// Without: those of the draft.
  std::optional<std::vector<std::string_view>> vocabularies;

  bool has(std::string_view vocabulary) const;
};

/// As getVocabs: what the metaschema requires. Throws Failure for a vocabulary that is not known.
std::optional<std::vector<std::string_view>> required_vocabularies(const Draft& draft, std::string_view url,
                                                                   const Node& metaschema);

}  // namespace rhumb::jsonschema
