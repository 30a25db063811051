#include "jsonschema/plain_schema.h"

#include <gtest/gtest.h>

#include <string>

#include "jsonschema/metaschemas.h"
#include "rhumb/base/limits.h"

namespace rhumb::jsonschema {
namespace {

bool is_plain(std::string_view text, int draft = 2020) {
  Arena arena;
  const Limits limits;
  Patterns patterns(limits);
  Effort effort(1000000);
  return is_plainly_valid(*parse_json(text, arena), draft, patterns, effort);
}

/// Every keyword that some metaschema says something about.
void collect_keywords(const Node& metaschema, std::vector<std::string>& keywords) {
  const Node* const properties = metaschema.find("properties");
  if (properties == nullptr) return;
  for (const Member& member : properties->members) keywords.emplace_back(member.key);
}

TEST(PlainSchema, KnowsEveryKeywordOfTheMetaschemas) {
  std::vector<std::string> keywords;
  for (const MetaschemaText& text : metaschema_texts()) {
    Arena arena;
    collect_keywords(*parse_json(text.text, arena), keywords);
  }
  EXPECT_GT(keywords.size(), 200U);
  for (const std::string& keyword : keywords) EXPECT_TRUE(is_known_keyword(keyword)) << keyword;
}

TEST(PlainSchema, AcceptsWhatChartsUse) {
  EXPECT_TRUE(is_plain(R"({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
    "properties": {"a": {"type": ["string", "null"], "minLength": 1, "pattern": "^a+$"},
                   "b": {"$ref": "#/definitions/b"}, "c": {"enum": ["x", 1, null]}, "d": true},
    "required": ["a"], "additionalProperties": false, "x-own": 1,
    "definitions": {"b": {"oneOf": [{"type": "integer", "minimum": 0}, {"not": {}}]}}})",
                       7));
  EXPECT_TRUE(is_plain(R"({"additionalProperties": false, "maximum": 1.5})", 4));
}

TEST(PlainSchema, LeavesWhatIsWrong) {
  for (const char* const text : {R"({"type": "text"})",
                                 R"({"type": []})",
                                 R"({"type": ["string", "string"]})",
                                 R"({"properties": []})",
                                 R"({"properties": {"a": 1}})",
                                 R"({"required": "a"})",
                                 R"({"required": ["a", "a"]})",
                                 R"({"required": [1]})",
                                 R"({"minLength": -1})",
                                 R"({"minLength": "1"})",
                                 R"({"multipleOf": 0})",
                                 R"({"pattern": "("})",
                                 R"({"patternProperties": {"(": {}}})",
                                 R"({"allOf": []})",
                                 R"({"allOf": {}})",
                                 R"({"items": [{}]})",
                                 R"({"title": 1})",
                                 R"({"uniqueItems": 1})",
                                 R"({"$ref": 1})",
                                 R"({"$schema": "x"})",
                                 R"({"enum": {}})",
                                 R"({"not": {"type": 1}})",
                                 R"({"dependencies": {"a": [1]}})",
                                 R"([])",
                                 R"("")"}) {
    EXPECT_FALSE(is_plain(text)) << text;
  }
  EXPECT_FALSE(is_plain("true", 4));
  EXPECT_FALSE(is_plain(R"({"not": true})", 4));
  EXPECT_FALSE(is_plain(R"({"exclusiveMinimum": 1})", 4));
}

TEST(PlainSchema, LeavesWhatNamesResourcesBelowTheTop) {
  EXPECT_TRUE(is_plain(R"({"$id": "http://a.example/b"})"));
  EXPECT_FALSE(is_plain(R"({"$id": "http://a.example/b#c"})"));
  EXPECT_FALSE(is_plain(R"({"not": {"$id": "http://a.example/b"}})"));
  EXPECT_FALSE(is_plain(R"({"not": {"$schema": "http://json-schema.org/draft-07/schema#"}})"));
  EXPECT_FALSE(is_plain(R"({"$anchor": "a"})"));
}

}  // namespace
}  // namespace rhumb::jsonschema
