#include "rhumb/value/go_number.h"

#include <bit>

#include "unit/tsv.h"

namespace rhumb {
namespace {

double from_bits(const std::string& text) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(std::stoull(text)));
}

std::string bits_of(double value) {
  return value != value ? "NaN" : std::to_string(std::bit_cast<std::uint64_t>(value));
}

template <typename T>
std::string outcome(const std::string& value, const ParsedNumber<T>& parsed, std::string_view function,
                    const std::string& text) {
  return parsed ? value : value + " " + number_error(function, text, parsed.error);
}

std::string parsed(const test::TsvLine& line) {
  const std::string& text = line[1];
  if (line.name() == "parse_float") {
    const auto number = parse_float(text, std::stoi(line[2]));
    return outcome(bits_of(number.value), number, "ParseFloat", text);
  }
  if (line.name() == "parse_int") {
    const auto number = parse_int(text, std::stoi(line[2]), std::stoi(line[3]));
    return outcome(std::to_string(number.value), number, "ParseInt", text);
  }
  const auto number = parse_uint(text, std::stoi(line[2]), std::stoi(line[3]));
  return outcome(std::to_string(number.value), number, "ParseUint", text);
}

std::string answer(const test::TsvLine& line) {
  const std::string& name = line.name();
  const std::string& a = line[1];
  if (name.starts_with("parse_")) return parsed(line);
  if (name == "format_float") return format_float(from_bits(a), line[2][0], std::stoi(line[3]), std::stoi(line[4]));
  if (name == "json_float") return json_float(from_bits(a));
  if (name == "unquote") return unquote(a).value_or("");
  if (name == "quote") return quote(a);
  if (name == "quote_to_ascii") return quote_to_ascii(a);
  if (name == "quote_rune") return quote_rune(static_cast<char32_t>(std::stoul(a)));
  if (name == "can_backquote") return can_backquote(a) ? "true" : "false";
  if (name == "duration") return duration_string(std::stoll(a));
  if (name == "month") return month_string(std::stoll(a));
  if (name == "weekday") return weekday_string(std::stoll(a));
  return "no such function: " + name;
}

TEST(GoNumber, AnswersAsGo) {
  for (const test::TsvLine& line : test::read_tsv("value/numbers.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
    if (line.name() != "unquote") continue;
    EXPECT_EQ(line[2] == "true", unquote(line[1]).has_value()) << line[1];
  }
}

TEST(GoNumber, DigitsBeyondTheNumberAreZeros) {
  const std::string text = format_float(0.1, 'f', 2000);
  EXPECT_EQ(text.size(), 2002U);
  EXPECT_TRUE(text.ends_with("0000000000"));
  EXPECT_EQ(format_float(5e-324, 'e', 1500).size(), 1507U);
}

}  // namespace
}  // namespace rhumb
