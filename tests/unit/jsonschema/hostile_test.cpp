// Schemas and values made to hurt: they end in an error, soon, and without much memory.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"
#include "rhumb/jsonschema/jsonschema.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::jsonschema {
namespace {

class WarningLog final : public Log {
 public:
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    if (level != LogLevel::debug) lines.push_back(format_log_line(level, message, attributes));
  }
  std::vector<std::string> lines;
};

std::string repeated(std::string_view part, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

std::string say(const std::string& schema, const std::string& values = "{}", Limits limits = {}) {
  const MemoryFileSystem files;
  WarningLog log;
  Heap heap;
  const auto read = yaml::read_map(values, heap);
  EXPECT_TRUE(read) << read.error().message;
  return validate(schema, *read, {files, log, limits});
}

TEST(Hostile, NestingBeyondTheLimitOfJson) {
  const std::string schema = repeated("{\"not\":", 100'000) + "{}" + repeated("}", 100'000);
  run_on_large_stack(512u << 20, [&] {
    EXPECT_EQ(say(schema), "invalid character '{' exceeded max depth");
    EXPECT_EQ(say(repeated("[", 100'000)), "invalid character '[' exceeded max depth");
  });
}

TEST(Hostile, NestingBeyondTheStack) {
  const std::string schema = repeated("{\"not\":", 9'000) + "{}" + repeated("}", 9'000);
  // Which stage meets the end of the stack depends on the size of its frames.
  run_on_large_stack(
      1u << 20, [&] { EXPECT_TRUE(say(schema).ends_with(" a JSON schema: the nesting is too deep")) << say(schema); });
}

TEST(Hostile, ValuesNestedDeep) {
  const std::string values = "a: " + repeated("[", 2'000) + "1" + repeated("]", 2'000);
  const std::string said = say(R"({"properties": {"a": {"$ref": "#/$defs/x"}},
                                   "$defs": {"x": {"type": "array", "items": {"$ref": "#/$defs/x"}}}})",
                               values);
  const std::string wrong = "- at '/a" + repeated("/0", 2'000) + "': got number, want array\n";
  EXPECT_TRUE(said == wrong || said == "validating against a JSON schema: the nesting is too deep") << said;
}

TEST(Hostile, ExponentialReferences) {
  std::string schema = R"({"$defs": {"x0": {"type": "string"})";
  for (int i = 1; i <= 40; ++i) {
    const std::string before = std::to_string(i - 1);
    schema += ", \"x" + std::to_string(i) + "\": {\"anyOf\": [{\"$ref\": \"#/$defs/x" + before +
              "\"}, {\"$ref\": \"#/$defs/x" + before + "\"}]}";
  }
  schema += R"(}, "$ref": "#/$defs/x40"})";
  Limits limits;
  limits.steps = 40'000'000;
  EXPECT_EQ(say(schema, "{}", limits), "validating against a JSON schema exceeds the limit of 1000000 steps");
  limits = {};
  limits.output_bytes = 1 << 20;
  EXPECT_EQ(say(schema, "{}", limits), "the errors of a JSON schema exceed the limit of 1048576 bytes");
}

TEST(Hostile, ReferencesInCircles) {
  EXPECT_EQ(say(R"({"$ref": "#"})"),
            "- at '': both /$ref and  resolve to \"file:///values.schema.json#\" causing reference cycle\n");
  EXPECT_EQ(say(R"({"not": {"$ref": "#"}})"), "");
}

TEST(Hostile, LongPointers) {
  EXPECT_NE(say("{\"$ref\": \"#" + repeated("/a", 100'000) + "\"}").find("not found"), std::string::npos);
  EXPECT_NE(say("{\"$ref\": \"#/" + repeated("~", 100'000) + "\"}").find("invalid json-pointer"), std::string::npos);
}

TEST(Hostile, NumbersOfManyDigits) {
  const std::string digits = repeated("7", 1'000'000);
  EXPECT_EQ(say("{\"properties\": {\"a\": {\"multipleOf\": 0." + digits + "}}}", "a: 7"),
            "multipleOf: a number of 1000000 digits exceeds the limit of 10000");
  EXPECT_EQ(say("{\"properties\": {\"a\": {\"multipleOf\": " + digits + "}}}", "a: 7"),
            "- at '/a': multipleOf: got 7, want ∞\n");
  EXPECT_EQ(say("{\"properties\": {\"a\": {\"multipleOf\": 3e-999999}}}", "a: 6"), "");
  const std::string long_factor = "{\"properties\": {\"a\": {\"multipleOf\": " + repeated("7", 9'999) + "e-100000}}}";
  EXPECT_NE(say(long_factor, "a: 6").find("multipleOf: got 6"), std::string::npos);
  EXPECT_EQ(say("{\"properties\": {\"a\": {\"minimum\": " + digits + "e-1000000}}}", "a: 7"), "");
}

TEST(Hostile, Patterns) {
  Limits limits;
  limits.regex_bytes = 100;
  EXPECT_EQ(say("{\"pattern\": \"" + repeated("a", 101) + "\"}", "{}", limits),
            "a regular expression of 101 bytes exceeds the limit of 100 bytes");
  limits = {};
  limits.regex_memory_bytes = 1 << 16;
  EXPECT_NE(say(R"({"pattern": "(\\pL{500}){2}"})", "{}", limits).find("exceeds the limit"), std::string::npos);
}

TEST(Hostile, ManyItemsAndChoices) {
  std::string values = "a: [";
  std::string schema = R"({"properties": {"a": {"uniqueItems": true, "items": {"enum": [)";
  for (int i = 0; i < 5'000; ++i) {
    values += std::to_string(i) + ", ";
    schema += std::to_string(i) + ", ";
  }
  Limits limits;
  limits.steps = 40'000'000;
  EXPECT_EQ(say(schema + "0]}}}}", values + "]", limits),
            "validating against a JSON schema exceeds the limit of 1000000 steps");
}

TEST(Loading, NeverFromTheNetwork) {
  EXPECT_EQ(say(R"({"$ref": "https://example.com/x.json#/a"})"),
            "failing loading \"https://example.com/x.json\": rhumb never uses the network");
  EXPECT_EQ(say(R"({"$schema": "http://example.com/meta"})"),
            "failing loading \"http://example.com/meta\": rhumb never uses the network");
  EXPECT_EQ(say(R"({"$ref": "http://json-schema.org/draft-05/schema"})"),
            "failing loading \"http://json-schema.org/draft-05/schema\": rhumb never uses the network");
}

TEST(Loading, WarnsOfUrnsOnce) {
  const MemoryFileSystem files;
  WarningLog log;
  const Limits limits;
  const Context context{files, log, limits};
  Heap heap;
  const std::string schema = R"({"properties": {"a": {"$ref": "urn:x:y"}, "b": {"$ref": "urn:x:z"}}})";
  EXPECT_EQ(validate(schema, heap.map(), context), "");
  EXPECT_EQ(validate(schema, heap.map(), context), "");
  const std::string words = "level=WARN msg=\"unresolved URN reference ignored; using permissive schema\" urn=urn:x:";
  EXPECT_EQ(log.lines, (std::vector<std::string>{words + "y\n", words + "z\n"}));
}

TEST(Loading, FilesOnly) {
  const auto files = make_real_file_system();
  WarningLog log;
  const Limits limits;
  Heap heap;
  EXPECT_EQ(validate(R"({"$ref": "file:///dev/zero"})", heap.map(), {*files, log, limits}),
            "failing loading \"file:///dev/zero\": open /dev/zero: not a regular file");
}

TEST(Loading, FilesWithinTheLimit) {
  MemoryFileSystem files;
  files.add("/x.json", std::string(101, ' '));
  WarningLog log;
  Limits limits;
  limits.chart_bytes = 100;
  Heap heap;
  EXPECT_EQ(validate(R"({"$ref": "x.json"})", heap.map(), {files, log, limits}),
            "the schema /x.json exceeds the limit of 100 bytes");
}

TEST(Values, OfOtherTypesThanJson) {
  const MemoryFileSystem files;
  WarningLog log;
  const Limits limits;
  const Context context{files, log, limits};
  Heap heap;
  Value values = heap.map();
  values.as_map()->set("a", heap.strings({}));
  EXPECT_EQ(validate(R"({"properties": {"a": {}}})", values, context), "");
  EXPECT_EQ(validate(R"({"properties": {"a": {"title": "t"}}})", values, context),
            "- at '/a': invalid jsonType []string\n");
  values.as_map()->set("a", Value::int64(7));
  EXPECT_EQ(validate(R"({"properties": {"a": {"minimum": 8}}})", values, context),
            "- at '/a': minimum: got 7, want 8\n");
  EXPECT_EQ(validate(R"({"required": ["b"]})", values.with_type(Type::values), context),
            "- at '': missing property 'b'\n");
  EXPECT_EQ(validate(R"({"required": ["b"]})", Value::nil_map(), context), "- at '': missing property 'b'\n");
}

TEST(Threads, ShareTheMetaschemas) {
  std::vector<std::thread> threads;
  std::vector<std::string> said(8);
  for (std::size_t i = 0; i < said.size(); ++i) {
    threads.emplace_back([&said, i] {
      const std::string draft =
          i % 2 == 0 ? "http://json-schema.org/draft-07/schema" : "https://json-schema.org/schema";
      said[i] = say("{\"$schema\": \"" + draft + "\", \"required\": [\"a\"], \"pattern\": \"x\"}");
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : said) EXPECT_EQ(text, "- at '': missing property 'a'\n");
}

}  // namespace
}  // namespace rhumb::jsonschema
