// Numbers: sprig's arithmetic over whatever can be made a number. Integers wrap as Go's do, so sums run unsigned.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "funcs/decimal.h"
#include "funcs/families.h"
#include "funcs/support/coercion.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

std::uint64_t as_unsigned(const Value& value) { return static_cast<std::uint64_t>(to_int64(value)); }
Value wrapped(std::uint64_t value) { return Value::int64(static_cast<std::int64_t>(value)); }

Value add(CallContext&, Args args) {
  std::uint64_t sum = 0;
  for (const Value& arg : args) sum += as_unsigned(arg);
  return wrapped(sum);
}

Value add1(CallContext&, Args args) { return wrapped(as_unsigned(args[0]) + 1); }

Value sub(CallContext&, Args args) { return wrapped(as_unsigned(args[0]) - as_unsigned(args[1])); }

Value mul(CallContext&, Args args) {
  std::uint64_t product = 1;
  for (const Value& arg : args) product *= as_unsigned(arg);
  return wrapped(product);
}

std::int64_t divisor_of(const Value& value) {
  const std::int64_t divisor = to_int64(value);
  if (divisor == 0) throw FunctionError{"runtime error: integer divide by zero"};
  return divisor;
}

Value div(CallContext&, Args args) {
  const std::int64_t dividend = to_int64(args[0]);
  const std::int64_t divisor = divisor_of(args[1]);
  if (divisor == -1) return wrapped(0 - static_cast<std::uint64_t>(dividend));
  return Value::int64(dividend / divisor);
}

Value mod(CallContext&, Args args) {
  const std::int64_t dividend = to_int64(args[0]);
  const std::int64_t divisor = divisor_of(args[1]);
  return Value::int64(divisor == -1 ? 0 : dividend % divisor);
}

Value max(CallContext&, Args args) {
  std::int64_t most = to_int64(args[0]);
  for (const Value& arg : args.subspan(1)) most = std::max(most, to_int64(arg));
  return Value::int64(most);
}

Value min(CallContext&, Args args) {
  std::int64_t least = to_int64(args[0]);
  for (const Value& arg : args.subspan(1)) least = std::min(least, to_int64(arg));
  return Value::int64(least);
}

// As math.Max and math.Min: infinity before NaN before numbers, and -0 below +0.
double larger(double a, double b) {
  if (std::isinf(a) && a > 0) return a;
  if (std::isinf(b) && b > 0) return b;
  if (std::isnan(a) || std::isnan(b)) return std::nan("");
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

Value maxf(CallContext&, Args args) {
  double most = to_float64(args[0]);
  for (const Value& arg : args.subspan(1)) most = larger(most, to_float64(arg));
  return Value::floating(most);
}

Value minf(CallContext&, Args args) {
  double least = to_float64(args[0]);
  for (const Value& arg : args.subspan(1)) least = -larger(-least, -to_float64(arg));
  return Value::floating(least);
}

Value to_int(CallContext&, Args args) { return Value::integer(to_int64(args[0])); }
Value to_int64_value(CallContext&, Args args) { return Value::int64(to_int64(args[0])); }
Value to_float64_value(CallContext&, Args args) { return Value::floating(to_float64(args[0])); }

Value floor(CallContext&, Args args) { return Value::floating(std::floor(to_float64(args[0]))); }
Value ceil(CallContext&, Args args) { return Value::floating(std::ceil(to_float64(args[0]))); }

// As Go's math.Pow(10, places), which multiplies mantissas by squaring and is not always the nearest number.
double power_of_ten(std::int64_t places) {
  if (places == 0) return 1;
  if (places == 1) return 10;
  const std::uint64_t count = places < 0 ? 0 - static_cast<std::uint64_t>(places) : static_cast<std::uint64_t>(places);
  double mantissa = 1;
  int exponent = 0;
  int square_exponent = 0;
  double square = std::frexp(10.0, &square_exponent);
  for (std::uint64_t bits = count; bits != 0; bits >>= 1) {
    if (square_exponent > 4096) {  // the result is 0 or infinite, whatever follows
      exponent += square_exponent;
      break;
    }
    if ((bits & 1) != 0) {
      mantissa *= square;
      exponent += square_exponent;
    }
    square *= square;
    square_exponent *= 2;
    if (square < 0.5) {
      square += square;
      --square_exponent;
    }
  }
  return places < 0 ? std::ldexp(1 / mantissa, -exponent) : std::ldexp(mantissa, exponent);
}

Value round(CallContext&, Args args) {
  const double round_on = args.size() > 2 ? args[2].as_double() : 0.5;
  const double power = power_of_ten(args[1].as_integer());
  const double digits = power * to_float64(args[0]);
  const double fraction = std::copysign(digits - std::trunc(digits), digits);
  return Value::floating((fraction >= round_on ? std::ceil(digits) : std::floor(digits)) / power);
}

template <typename Operation>
Value fold(Decimal start, Args args, Operation operation) {
  for (const Value& arg : args) start = operation(start, Decimal::from(to_float64(arg)));
  return Value::floating(start.nearest());
}

Value addf(CallContext&, Args args) { return fold(Decimal(), args, std::plus<Decimal>()); }
Value add1f(CallContext&, Args args) {
  return Value::floating((Decimal::from(to_float64(args[0])) + Decimal::from(1)).nearest());
}
Value subf(CallContext&, Args args) {
  return fold(Decimal::from(to_float64(args[0])), args.subspan(1), std::minus<Decimal>());
}
Value mulf(CallContext&, Args args) {
  return fold(Decimal::from(to_float64(args[0])), args.subspan(1), std::multiplies<Decimal>());
}
Value divf(CallContext&, Args args) {
  return fold(Decimal::from(to_float64(args[0])), args.subspan(1), std::divides<Decimal>());
}

// The digits of an octal number, as parsed by strconv.ParseInt; 0 for anything else.
Value to_decimal(CallContext&, Args args) {
  const auto number = parse_int(sprint(args[0]), 8, 64);
  return Value::int64(number ? number.value : 0);
}

constexpr Type any = Type::interface;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"add", Signature::variadic_of({any}, Type::int64), add},
    {"add1", Signature::of({any}, Type::int64), add1},
    {"sub", Signature::of({any, any}, Type::int64), sub},
    {"mul", Signature::variadic_of({any, any}, Type::int64), mul},
    {"div", Signature::of({any, any}, Type::int64), div},
    {"mod", Signature::of({any, any}, Type::int64), mod},
    {"max", Signature::variadic_of({any, any}, Type::int64), max},
    {"biggest", Signature::variadic_of({any, any}, Type::int64), max},
    {"min", Signature::variadic_of({any, any}, Type::int64), min},
    {"maxf", Signature::variadic_of({any, any}, Type::float64), maxf},
    {"minf", Signature::variadic_of({any, any}, Type::float64), minf},
    {"int", Signature::of({any}, Type::int_), to_int},
    {"int64", Signature::of({any}, Type::int64), to_int64_value},
    {"float64", Signature::of({any}, Type::float64), to_float64_value},
    {"floor", Signature::of({any}, Type::float64), floor},
    {"ceil", Signature::of({any}, Type::float64), ceil},
    {"round", Signature::variadic_of({any, Type::int_, Type::float64}, Type::float64), round},
    {"addf", Signature::variadic_of({any}, Type::float64), addf},
    {"add1f", Signature::of({any}, Type::float64), add1f},
    {"subf", Signature::variadic_of({any, any}, Type::float64), subf},
    {"mulf", Signature::variadic_of({any, any}, Type::float64), mulf},
    {"divf", Signature::variadic_of({any, any}, Type::float64), divf},
    {"toDecimal", Signature::of({any}, Type::int64), to_decimal},
});

}  // namespace

const std::span<const gotmpl::Function> math_functions = table;

}  // namespace rhumb::funcs
