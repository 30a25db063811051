#include "rhumb/value/go_print.h"

#include <array>
#include <bit>

#include "unit/tsv.h"

namespace rhumb {
namespace {

/// The operands of tests/oracle/gotext.
class GoPrint : public testing::Test {
 protected:
  std::string answer(const test::TsvLine& line) {
    const std::string& name = line.name();
    const std::string& format = line[1];
    if (name == "format") {
      const std::array operands{Value::integer(3), heap.string("a"), Value(), Value::floating(2.5), Value::integer(-7)};
      return sprintf(format, operands);
    }
    const std::array operand{name == "mixed" ? mixed() : operand_of(name, line[2])};
    return sprintf(format, operand);
  }

  Value operand_of(const std::string& kind, const std::string& text) {
    if (kind == "text") return heap.string(text);
    if (kind == "bytes") return heap.bytes(text);
    if (kind == "int") return Value::integer(std::stoll(text));
    if (kind == "uint") return Value::unsigned_integer(std::stoull(text));
    if (kind == "duration") return Value::integer(std::stoll(text), Type::duration);
    return Value::floating(std::bit_cast<double>(static_cast<std::uint64_t>(std::stoull(text))));
  }

  Value mixed() {
    const Value map = heap.map();
    map.as_map()->set("b", Value());
    map.as_map()->set("a", heap.string("x"));
    const Value texts = heap.map(Type::map_string);
    texts.as_map()->set("k", heap.string("v"));
    const std::array<std::string_view, 2> letters{"p", "q"};
    return heap.list({Value::integer(1), heap.string("a"), Value(), Value::floating(1.5), Value::boolean(true),
                      heap.list({Value::integer(1), Value()}), map, heap.bytes("hi"), heap.strings(letters), texts,
                      Value::integer(60'000'000'000, Type::duration), Value::nil_list(), Value::nil_map(),
                      Value::text(nullptr, Type::bytes)});
  }

  Heap heap;
};

TEST_F(GoPrint, FormatsAsGo) {
  for (const test::TsvLine& line : test::read_tsv("value/printf.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
  }
}

TEST_F(GoPrint, AListThatDoublesEndsAtTheLimit) {
  Value list = heap.list({});
  for (int i = 0; i < 60; ++i) list = heap.list({list, list});
  std::string out;
  EXPECT_THROW(print_value(out, list, false, 1 << 20), LimitError);
  EXPECT_LE(out.size(), 1U << 20);
}

TEST_F(GoPrint, AMapThatHoldsItselfEndsInAnError) {
  const Value map = heap.map();
  map.as_map()->set("self", map);
  EXPECT_THROW(sprint(map), LimitError);
}

TEST_F(GoPrint, WidthsCountAgainstTheLimit) {
  const std::array operand{Value::integer(1)};
  EXPECT_EQ(sprintf("%1000000d", operand).size(), 1'000'000U);
  EXPECT_THROW(sprintf("%1000000d", operand, 1000), LimitError);
}

TEST_F(GoPrint, EveryByteIsANumber) {
  std::string bytes;
  std::string numbers = "[";
  for (int i = 0; i < 5 * 1024; ++i) {
    bytes += static_cast<char>(i % 256);
    numbers += (i > 0 ? " " : "") + std::to_string(i % 256);
    if (i < 255 || i % 97 != 0) continue;
    const std::array operand{heap.bytes(bytes)};
    EXPECT_EQ(sprintf("%d", operand), numbers + "]");
    EXPECT_EQ(sprintf("%v", operand, numbers.size() + 1), numbers + "]");
    EXPECT_THROW(sprintf("%v", operand, numbers.size()), LimitError);
    EXPECT_THROW(sprintf("%v", operand, 100), LimitError);
  }
}

TEST_F(GoPrint, ALargeTextIsPutTogether) {
  const std::array operand{heap.string(std::string(300'000, 'x')), heap.bytes(std::string(300'000, 'y'))};
  const std::string text =
      sprintf("%s %v %s %s %v", std::array{operand[0], operand[1], operand[0], operand[0], operand[1]});
  std::string expected = std::string(300'000, 'x') + " [121";
  for (int i = 1; i < 300'000; ++i) expected += " 121";
  const std::string numbers = expected.substr(300'000) + "]";
  expected += "] " + std::string(300'000, 'x') + " " + std::string(300'000, 'x') + numbers;
  EXPECT_TRUE(text == expected);
}

/// The text of a value next to one that is there already: the same, shorter, longer, another one.
TEST_F(GoPrint, FollowsAKnownText) {
  const Value map = heap.map();
  map.as_map()->set("bytes", heap.bytes(std::string(3000, '7')));
  map.as_map()->set("list", heap.list({Value::integer(1), Value(), heap.string("text")}));
  map.as_map()->set("number", Value::floating(1.5));
  for (const Value& value : {map, heap.list({map, map}), Value::integer(12), Value(), heap.string("text"),
                             heap.list({heap.string("")}), heap.bytes("text")}) {
    const std::string text = strval(value);
    for (std::size_t size = 0; size <= text.size(); size += size % 100 == 0 ? 97 : 1) {
      for (const std::string_view end : {"", "7", " ", "]]"}) {
        const std::string known = text.substr(0, size) + std::string(end);
        std::string out;
        const bool is_known = strval_or_known(out, value, known);
        EXPECT_EQ(is_known ? known : out, text) << known.size();
        EXPECT_EQ(is_known, known == text && !known.empty() && !value.is_text()) << known.size();
        EXPECT_TRUE(!is_known || out.empty());
      }
    }
  }
  std::string out;
  EXPECT_THROW(strval_or_known(out, map, strval(map).substr(0, 5000), 100), LimitError);
}

std::string_view constexpr text_of_method = "by method";
constexpr std::array<std::string_view, 2> field_names{"Name", "hidden"};
constexpr StructureType by_pointer{
    Type::kube_version, field_names, {}, [](std::string& out, const Structure&) { out += text_of_method; }, true};

TEST_F(GoPrint, AMethodOfThePointerNeedsAnAddress) {
  const std::array<Value, 2> fields{heap.string("n"), Value::integer(5, Type::duration)};
  const Value value = heap.structure(by_pointer, fields);
  std::string addressable;
  print_value(addressable, value, true);
  EXPECT_EQ(addressable, text_of_method);
  EXPECT_EQ(sprint(value), "{n 5}") << "the methods of unexported fields are out of reach";
  const std::array operand{heap.list({value})};
  EXPECT_EQ(sprintf("%+v", operand), "[{Name:n hidden:5}]");
}

}  // namespace
}  // namespace rhumb
