#include "jsonschema/decimal.h"

#include <gtest/gtest.h>

#include <cmath>

#include "jsonschema/number_format.h"
#include "rhumb/base/limits.h"

namespace rhumb::jsonschema {
namespace {

Decimal number(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Decimal());
}

TEST(Decimal, ReadsOneNumberInManyForms) {
  for (const char* text : {"1000", "1e3", "1E+3", "1000.0", "0.1e4", "10000e-1", "1.000e3"}) {
    EXPECT_EQ(number(text), number("1000")) << text;
    EXPECT_EQ(number(text).hash(), number("1000").hash()) << text;
  }
  EXPECT_EQ(number("-0.0"), number("0"));
  EXPECT_EQ(number("0e999999999"), number("0"));
}

TEST(Decimal, RefusesWhatRatRefuses) {
  for (const char* text : {"1e1000001", "1e-1000001", "1e99999999999999999999", "0e99999999999999999999", "", "x", "1x",
                           "0.01e-999999", "NaN", "+Inf", "-", "."}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
  EXPECT_TRUE(Decimal::parse("1e1000000"));
  EXPECT_TRUE(Decimal::parse("0.01e-999998"));
}

TEST(Decimal, IsInOrder) {
  const char* const ascending[] = {"-1e300", "-12.5", "-12.25", "-1", "-1e-300", "0",   "1e-300", "0.1",
                                   "0.12",   "1",     "1.01",   "2",  "12.3",    "123", "1e300"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(number(ascending[i]) <=> number(ascending[j]), i <=> j) << ascending[i] << " and " << ascending[j];
    }
  }
}

TEST(Decimal, DividesExactly) {
  const auto divides = [](std::string_view factor, std::string_view text) {
    return number(text).is_multiple_of(number(factor));
  };
  EXPECT_TRUE(divides("0.1", "0.3"));
  EXPECT_FALSE(divides("0.1", "0.35"));
  EXPECT_TRUE(divides("-0.01", "19.99"));
  EXPECT_TRUE(divides("7", "-49"));
  EXPECT_TRUE(divides("7", "0"));
  EXPECT_FALSE(divides("1e400", "5"));
  EXPECT_TRUE(divides("1e-400", "5"));
  EXPECT_TRUE(divides("3e-1000000", "6"));
  EXPECT_FALSE(divides("3e-1000000", "5"));
  // Several limbs, on both sides: (10^20 + 1)(10^30 + 7) and its neighbour.
  EXPECT_TRUE(divides("100000000000000000001", "100000000000000000001000000000700000000000000000007"));
  EXPECT_FALSE(divides("100000000000000000001", "100000000000000000001000000000700000000000000000008"));
  EXPECT_TRUE(divides("999999999999999999", "999999999999999998000000000000000001"));
  EXPECT_FALSE(divides("999999999999999999", "999999999999999998000000000000000000"));
}

TEST(Decimal, LimitsTheDigitsOfAFactor) {
  EXPECT_THROW(number("1e1000000").is_multiple_of(number(std::string(10'001, '3'))), LimitError);
}

TEST(Decimal, HasLowBits) {
  EXPECT_EQ(number("-5").low_bits(), -5);
  EXPECT_EQ(number("18446744073709551617").low_bits(), 1);
  EXPECT_EQ(number("1e30").low_bits(), 5076944270305263616);
  EXPECT_EQ(number("1e64").low_bits(), 0);
}

TEST(Decimal, IsTheNearestDouble) {
  EXPECT_EQ(number("0.1").to_double(), 0.1);
  EXPECT_EQ(number("9007199254740993").to_double(), 9007199254740992.0);
  EXPECT_TRUE(std::isinf(number("-1e400").to_double()));
  EXPECT_EQ(number("1e-400").to_double(), 0);
}

// As golang.org/x/text prints them in English; more of them are in the recorded tables.
TEST(English, Numbers) {
  EXPECT_EQ(english(std::int64_t{0}), "0");
  EXPECT_EQ(english(std::int64_t{999}), "999");
  EXPECT_EQ(english(std::int64_t{-1000}), "-1,000");
  EXPECT_EQ(english(INT64_MIN), "-9,223,372,036,854,775,808");
  EXPECT_EQ(english(0.5), "0.5");
  EXPECT_EQ(english(999999.5), "999,999.5");
  EXPECT_EQ(english(1e6), "1×10⁰⁶");
  EXPECT_EQ(english(-1234567.0), "-1.234567×10⁰⁶");
  EXPECT_EQ(english(0.0001), "0.0001");
  EXPECT_EQ(english(0.00001), "1×10⁻⁰⁵");
  EXPECT_EQ(english(1e300), "1×10³⁰⁰");
  EXPECT_EQ(english(-INFINITY), "-∞");
}

}  // namespace
}  // namespace rhumb::jsonschema
