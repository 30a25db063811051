// The schemas of schemas: read and compiled when they are first needed, then shared by all threads.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "jsonschema/draft.h"
#include "jsonschema/schema.h"

namespace rhumb::jsonschema {

struct MetaschemaText {
  std::string_view path;  // below json-schema.org/
  std::string_view text;
};

/// In the order of their paths.
std::span<const MetaschemaText> metaschema_texts();

/// What json-schema.org has at the URL, as far as it is known without a network; null for the rest. Throws Failure for
/// one that is a directory of the library.
const Node* metaschema_document(std::string_view url);

/// As getSchema: what a schema of the dialect must satisfy. `made` keeps what is made for it.
const Schema& dialect_schema(const Dialect& dialect, std::deque<Schema>& made);

}  // namespace rhumb::jsonschema
