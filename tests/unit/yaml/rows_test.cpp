// Every recorded row of tests/tables/yaml. RHUMB_YAML_ROWS=FILE... takes other files: random ones, for instance.
#include "unit/yaml/rows.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/manifest_head.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/typed.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::yaml::test {
namespace {

class Notation {
 public:
  Notation(std::string_view text, Heap& heap) : rest_(text), heap_(heap) {}

  Value value() {
    while (take(" ")) {
    }
    if (take("null")) return {};
    if (take("true")) return Value::boolean(true);
    if (take("false")) return Value::boolean(false);
    if (take("nil-list")) return Value::nil_list();
    if (take("nil-map")) return Value::nil_map();
    if (take("i")) return Value::integer(parse_int(number()).value);
    if (take("u")) return Value::unsigned_integer(parse_uint(number()).value);
    if (take("D")) return Value::integer(parse_int(number()).value, Type::duration);
    if (take("d")) return Value::floating(parse_float(number()).value);
    if (take("b")) return heap_.bytes(quoted());
    if (take("s[")) return list(Type::slice_string);
    if (take("[")) return list(Type::slice_any);
    if (take("{")) return map();
    return heap_.string(quoted());
  }

 private:
  bool take(std::string_view prefix) {
    if (!rest_.starts_with(prefix)) return false;
    rest_.remove_prefix(prefix.size());
    return true;
  }

  std::string quoted() {
    std::size_t end = 1;
    while (rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    const auto text = unquote(rest_.substr(0, end + 1));
    rest_.remove_prefix(end + 1);
    return text.value();
  }

  std::string_view number() {
    const std::string_view text = rest_.substr(0, rest_.find_first_of(" ]}"));
    rest_.remove_prefix(text.size());
    return text;
  }

  Value list(Type type) {
    std::vector<Value> items;
    while (!take("]")) {
      items.push_back(value());
      take(" ");
    }
    return heap_.list(items, type);
  }

  Value map() {
    const Value made = heap_.map();
    while (!take("}")) {
      const std::string key = quoted();
      made.as_map()->set(key, value());
      take(" ");
    }
    return made;
  }

  std::string_view rest_;
  Heap& heap_;
};

// Sample of tests/oracle/yaml/answers.go.
constexpr Target integer_target{TargetKind::integer, "int", {}, false, nullptr, {}, nullptr};
constexpr TargetField inner_fields[] = {
    {"name", &string_target}, {"tags", &string_list_target}, {"enabled", &bool_target}, {"any", &any_target}};
constexpr Target inner_target{TargetKind::structure, "main.Inner", "Inner", true, nullptr, inner_fields, nullptr};
constexpr Target inner_list_target{TargetKind::list, "[]*main.Inner", {}, false, &inner_target, {}, nullptr};
constexpr Target any_list_target{TargetKind::list, "[]interface {}", {}, false, &any_target, {}, nullptr};
constexpr TargetField sample_fields[] = {
    {"name", &string_target},       {"count", &integer_target},     {"flag", &bool_target},
    {"words", &string_list_target}, {"labels", &string_map_target}, {"parts", &inner_list_target},
    {"part", &inner_target},        {"whatever", &any_list_target}, {"apiVersion", &string_target}};
constexpr Target sample_target{TargetKind::structure, "main.Sample", "Sample", false, nullptr, sample_fields, nullptr};

Answer from(const Result<Value>& value) {
  if (!value) return {true, value.error().message};
  return {false, write_json(*value, {.escape_html = false}).value()};
}

Answer from(const Result<std::string>& text) {
  return text ? Answer{false, *text} : Answer{true, text.error().message};
}

Answer head_answer(std::string_view text, Heap& heap) {
  const auto head = read_manifest_head(text);
  if (!head) return {true, head.error().message};
  const Value annotations = heap.map(Type::map_string);
  for (const auto& [key, value] : head->annotations) annotations.as_map()->set(key, heap.string(value));
  return from(Result<Value>(heap.list({heap.string(head->api_version), heap.string(head->kind),
                                       Value::boolean(head->has_metadata), heap.string(head->name), annotations})));
}

// Go prints the struct: without empty fields, apart from the name of an Inner, in the order of declaration.
void append_structure(std::string& out, const Value& value, const Target& target);

void append_field(std::string& out, const Value& value, const Target& target) {
  if (value.is_nil() || !value.is_list() || target.element != &inner_target) {
    if (value.is_map() && target.kind == TargetKind::structure) return append_structure(out, value, target);
    out += write_json(value, {.escape_html = false}).value();
    return;
  }
  out += '[';
  for (const Value& item : value.as_list()) {
    if (&item != value.as_list().data()) out += ',';
    append_field(out, item, inner_target);
  }
  out += ']';
}

void append_structure(std::string& out, const Value& value, const Target& target) {
  out += '{';
  for (const TargetField& field : target.fields) {
    const bool always = &target == &inner_target && field.name == "name";
    const Value* const found = value.is_map() ? value.as_map()->find(field.name) : nullptr;
    const bool is_any_set = field.target->kind == TargetKind::any && found != nullptr && !found->is_nil();
    const bool is_pointer_set = field.target->pointer && found != nullptr && found->is_map();
    if (!always && !is_any_set && !is_pointer_set && (found == nullptr || !is_true(*found))) continue;
    if (out.back() != '{') out += ',';
    out.append("\"").append(field.name).append("\":");
    if (always && (found == nullptr || found->is_nil())) {
      out += "\"\"";
    } else {
      append_field(out, *found, *field.target);
    }
  }
  out += '}';
}

Answer typed_answer(std::string_view text, Heap& heap, bool strict) {
  const TypedValue typed = read_typed(text, sample_target, heap, {.strict = strict});
  if (!typed.ok()) return {true, typed.error};
  std::string out;
  append_structure(out, typed.value, sample_target);
  return {false, out};
}

Answer json_answer(std::string_view text, Heap& heap, JsonTarget target) {
  JsonReading reading = read_json_partial(text, heap, {.target = target});
  if (!reading.stored && target == JsonTarget::map) reading.value = heap.map();
  if (!reading.stored && target == JsonTarget::list) reading.value = heap.list(std::span<const Value>());
  const std::string printed = write_json(reading.value, {.escape_html = false}).value();
  return reading.ok() ? Answer{false, printed} : Answer{true, reading.error + "\n" + printed};
}

Answer json_prefix_answer(std::string_view text, Heap& heap) {
  std::size_t used = 0;
  const JsonReading reading = read_json_prefix(text, heap, used);
  if (!reading.ok()) return {true, reading.error};
  return {false, std::to_string(used) + " " + write_json(reading.value, {.escape_html = false}).value()};
}

std::vector<std::string> row_files() {
  if (const char* const given = std::getenv("RHUMB_YAML_ROWS")) {
    std::vector<std::string> files;
    for (const std::string_view file : strings::fields(given)) files.emplace_back(file);
    return files;
  }
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(RHUMB_SOURCE_DIR "/tests/tables/yaml")) {
    if (entry.path().extension() == ".rows" && entry.path().filename() != "gaps.rows") {
      files.push_back(entry.path().string());
    }
  }
  return files;
}

}  // namespace

std::vector<Row> read_rows(const std::string& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto fields = strings::split(line, "\t");
    if (fields.size() != 4) throw std::runtime_error(path + ": not a row: " + line);
    rows.push_back({std::string(fields[0]), unquote(fields[1]).value(), fields[2] == "E", unquote(fields[3]).value()});
  }
  return rows;
}

Value parse_notation(std::string_view text, Heap& heap) { return Notation(text, heap).value(); }

Answer answer(const Row& row) {
  Heap heap;
  if (row.operation == "read") return from(read_yaml(row.input, heap));
  if (row.operation == "map") return from(read_map(row.input, heap));
  if (row.operation == "list") return from(read_list(row.input, heap));
  if (row.operation == "strict") return from(read_map(row.input, heap, {.strict = true}));
  if (row.operation == "values") return from(read_values(row.input, heap));
  if (row.operation == "head") return head_answer(row.input, heap);
  if (row.operation == "typed") return typed_answer(row.input, heap, false);
  if (row.operation == "typed-strict") return typed_answer(row.input, heap, true);
  if (row.operation == "json") return json_answer(row.input, heap, JsonTarget::any);
  if (row.operation == "json-map") return json_answer(row.input, heap, JsonTarget::map);
  if (row.operation == "json-list") return json_answer(row.input, heap, JsonTarget::list);
  if (row.operation == "json-prefix") return json_prefix_answer(row.input, heap);
  const Value value = parse_notation(row.input, heap);
  if (row.operation == "yaml") return from(write_yaml(value));
  if (row.operation == "pretty") return from(write_yaml_pretty(value));
  if (row.operation == "to-json") return from(write_json(value));
  if (row.operation == "to-json-indent") return from(write_json(value, {.indent = 2}));
  if (row.operation == "to-json-raw") return from(write_json(value, {.escape_html = false}));
  throw std::runtime_error("unknown operation " + row.operation);
}

void compare_all() {
  std::size_t total = 0;
  std::size_t wrong = 0;
  for (const std::string& path : row_files()) {
    const std::vector<Row> rows = read_rows(path);
    EXPECT_FALSE(rows.empty()) << path;
    for (const Row& row : rows) {
      ++total;
      const Answer own = answer(row);
      if (own.is_error == row.is_error && own.text == row.answer) continue;
      if (++wrong > 40) continue;
      ADD_FAILURE() << path << ": " << row.operation << " " << quote(row.input) << "\n  recorded "
                    << (row.is_error ? "error " : "") << quote(row.answer) << "\n  answered "
                    << (own.is_error ? "error " : "") << quote(own.text);
    }
  }
  EXPECT_EQ(wrong, 0U) << "of " << total << " rows";
  std::printf("%zu rows, %zu differ\n", total, wrong);
}

TEST(RecordedRows, AllAnswersAreTheSame) { run_on_large_stack(std::size_t{256} << 20, compare_all); }

// A known gap that has closed goes to the other tables.
TEST(RecordedRows, KnownGapsAreStillOpen) {
  for (const Row& row : read_rows(RHUMB_SOURCE_DIR "/tests/tables/yaml/gaps.rows")) {
    const Answer own = answer(row);
    EXPECT_FALSE(own.is_error == row.is_error && own.text == row.answer) << row.operation << " " << quote(row.input);
  }
}

}  // namespace rhumb::yaml::test
