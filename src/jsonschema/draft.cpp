#include "jsonschema/draft.h"

#include <algorithm>

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "rhumb/base/quote.h"

namespace rhumb::jsonschema {
namespace {

constexpr std::string_view vocabularies_2019[] = {"applicator", "content", "core", "format", "meta-data", "validation"};
constexpr std::string_view defaults_2019[] = {"core", "applicator", "validation"};
constexpr std::string_view vocabularies_2020[] = {"applicator",       "content",   "core",        "format-annotation",
                                                  "format-assertion", "meta-data", "unevaluated", "validation"};
constexpr std::string_view defaults_2020[] = {"core", "applicator", "unevaluated", "validation"};

constexpr Draft drafts[] = {
    {4, "http://json-schema.org/draft-04/schema", "id", "", {}, {}},
    {6, "http://json-schema.org/draft-06/schema", "$id", "", {}, {}},
    {7, "http://json-schema.org/draft-07/schema", "$id", "", {}, {}},
    {2019, "https://json-schema.org/draft/2019-09/schema", "$id", "https://json-schema.org/draft/2019-09/vocab/",
     vocabularies_2019, defaults_2019},
    {2020, "https://json-schema.org/draft/2020-12/schema", "$id", "https://json-schema.org/draft/2020-12/vocab/",
     vocabularies_2020, defaults_2020},
};

constexpr Nesting table[] = {
    {"$defs", Nest::members, 2019},
    {"additionalItems", Nest::itself, 4},
    {"additionalProperties", Nest::itself, 4},
    {"allOf", Nest::items, 4},
    {"anyOf", Nest::items, 4},
    {"contains", Nest::itself, 6},
    {"contentSchema", Nest::itself, 2019},
    {"definitions", Nest::members, 4},
    {"dependencies", Nest::members, 4},
    {"dependentSchemas", Nest::members, 2019},
    {"else", Nest::itself, 7},
    {"if", Nest::itself, 7},
    {"items", Nest::itself, 4},
    {"items", Nest::items, 4},
    {"not", Nest::itself, 4},
    {"oneOf", Nest::items, 4},
    {"patternProperties", Nest::members, 4},
    {"prefixItems", Nest::items, 2020},
    {"properties", Nest::members, 4},
    {"propertyNames", Nest::itself, 6},
    {"then", Nest::itself, 7},
    {"unevaluatedItems", Nest::itself, 2019},
    {"unevaluatedProperties", Nest::itself, 2019},
};

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view without_scheme(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.starts_with(scheme)) return url.substr(scheme.size());
  }
  return url;
}

}  // namespace

std::span<const Draft> all_drafts() { return drafts; }
const Draft& latest_draft() { return std::end(drafts)[-1]; }
std::span<const Nesting> nestings() { return table; }

const Draft* draft_of_url(std::string_view text) {
  const auto [url, fragment] = split_fragment(text);
  if (!fragment.empty()) return nullptr;
  const std::string_view path = without_scheme(url);
  if (path == "json-schema.org/schema") return &latest_draft();
  const auto* const at = std::find_if(std::begin(drafts), std::end(drafts),
                                      [&](const Draft& draft) { return without_scheme(draft.url) == path; });
  return at == std::end(drafts) ? nullptr : at;
}

std::string_view id_of(const Draft& draft, const Node& object) {
  // Next to a "$ref" nothing counts in the older drafts.
  if (draft.version < 2019 && object.find("$ref") != nullptr) return {};
  const Node* const id = object.find(draft.id, NodeKind::string);
  return id == nullptr ? std::string_view() : split_fragment(id->text).first;
}

bool Dialect::has(std::string_view vocabulary) const {
  if (vocabulary == "core" || draft->version < 2019) return true;
  return contains(vocabularies ? std::span<const std::string_view>(*vocabularies) : draft->default_vocabularies,
                  vocabulary);
}

std::optional<std::vector<std::string_view>> required_vocabularies(const Draft& draft, std::string_view url,
                                                                   const Node& metaschema) {
  if (draft.version < 2019) return std::nullopt;
  const Node* const asked = metaschema.find("$vocabulary", NodeKind::object);
  if (asked == nullptr) return std::nullopt;
  std::vector<std::string_view> out;
  for (const Member& member : asked->members) {
    if (!member.value.is(NodeKind::boolean) || !member.value.boolean) continue;
    std::string_view name = member.key;
    if (name.starts_with(draft.vocabulary_prefix)) name.remove_prefix(draft.vocabulary_prefix.size());
    if (name.size() == member.key.size() || !contains(draft.vocabularies, name)) {
      throw Failure{"unsupported vocabulary " + strings::quoted(member.key) + " in " + strings::quoted(url)};
    }
    out.push_back(name);
  }
  if (!contains(out, "core")) out.emplace_back("core");
  return out;
}

}  // namespace rhumb::jsonschema
