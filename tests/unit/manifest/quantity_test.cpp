// Amounts as Kubernetes reads them: quantity.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/quantity.h"

#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

std::string whole_or_overflow(std::optional<std::int64_t> value) { return value ? std::to_string(*value) : "overflow"; }

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  const auto quantity = Quantity::parse(line[1]);
  if (!quantity) return "error: " + quantity.error().message;
  if (line.name() == "value") return whole_or_overflow(quantity->value());
  if (line.name() == "milli") return whole_or_overflow(quantity->milli_value());
  const auto order = *quantity <=> *Quantity::parse(line[2]);
  return order < 0 ? "-1" : order > 0 ? "1" : "0";
}

/// The table has the amount in nano units: the same text must be the same amount.
void expect_amount(const test::TsvLine& line) {
  const auto quantity = Quantity::parse(line[1]);
  const std::string ours = quantity ? "" : "error: " + quantity.error().message;
  if (!quantity || line.result().starts_with("error: ")) {
    EXPECT_EQ(line.result(), ours) << "line " << line.number << ": " << line[1];
    return;
  }
  const auto exact = Quantity::parse(line.result() + "n");
  ASSERT_TRUE(exact) << line.number;
  EXPECT_EQ(*exact, *quantity) << "line " << line.number << ": " << line[1];
  EXPECT_EQ(line.result().starts_with('-'), quantity->is_negative()) << line.number;
  EXPECT_EQ(line.result() == "0", quantity->is_zero()) << line.number;
  EXPECT_EQ(line.result() == "0" || line.result().ends_with("000000000"), quantity->is_whole()) << line.number;
}

TEST(Quantity, AnswersAsKubernetes) {
  for (const test::TsvLine& line : test::read_tsv("manifest/quantity.tsv")) {
    if (line.name() == "parse") {
      expect_amount(line);
    } else {
      EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
    }
  }
}

// Go makes a number of two billion digits of these.
TEST(Quantity, TakesLargeExponentsAtOnce) {
  const auto large = Quantity::parse("1e2147483647");
  const auto small = Quantity::parse("1e-2147483647");
  ASSERT_TRUE(large && small);
  EXPECT_GT(*large, *Quantity::parse("1e40"));
  EXPECT_EQ(*small, *Quantity::parse("1n"));
  EXPECT_EQ(large->value(), std::nullopt);
}

TEST(Quantity, TakesLongNumbersAtOnce) {
  const std::string long_number(1000000, '9');
  const auto quantity = Quantity::parse(long_number + "Ki");
  ASSERT_TRUE(quantity);
  EXPECT_EQ(quantity->value(), INT64_MAX);
  EXPECT_TRUE(Quantity::parse("0." + long_number));
}

}  // namespace
}  // namespace rhumb::manifest
