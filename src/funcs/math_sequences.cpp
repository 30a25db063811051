// until, untilStep and seq: rows of integers.
#include <array>
#include <optional>
#include <string>

#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

std::int64_t wrapping_add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

struct Steps {
  std::int64_t start = 0;
  std::int64_t step = 0;
  std::uint64_t count = 0;

  std::int64_t at(std::uint64_t i) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(start) + i * static_cast<std::uint64_t>(step));
  }
};

// As untilStep: from start on while the values are before stop. Nothing when the step leads away from stop. Where the
// last step would pass the end of the integers, Go goes on from the other end and never stops.
Steps count_steps(std::int64_t start, std::int64_t stop, std::int64_t step, const Limits& limits) {
  if (start == stop || (stop < start ? step >= 0 : step <= 0)) return {};
  const bool down = stop < start;
  const auto from = static_cast<std::uint64_t>(start);
  const auto to = static_cast<std::uint64_t>(stop);
  const std::uint64_t distance = down ? from - to : to - from;
  const std::uint64_t size = down ? 0 - static_cast<std::uint64_t>(step) : static_cast<std::uint64_t>(step);
  const std::uint64_t count = (distance - 1) / size + 1;
  const std::uint64_t room = down ? from - static_cast<std::uint64_t>(INT64_MIN) : INT64_MAX - from;
  const bool endless = count > room / size;
  if (endless || count > limits.list_elements) {
    const std::string list = endless ? "an endless list" : "a list of " + std::to_string(count) + " numbers";
    throw LimitError(list + " exceeds the limit of " + std::to_string(limits.list_elements) + " elements");
  }
  return {start, step, count};
}

Value list_of(CallContext& context, const Steps& steps) {
  std::vector<Value> items;
  items.reserve(steps.count);
  for (std::uint64_t i = 0; i < steps.count; ++i) items.push_back(Value::integer(steps.at(i)));
  return context.heap.appended_list(items, Type::slice_int);
}

Value until(CallContext& context, Args args) {
  const std::int64_t count = args[0].as_integer();
  return list_of(context, count_steps(0, count, count < 0 ? -1 : 1, context.limits));
}

Value until_step(CallContext& context, Args args) {
  return list_of(context,
                 count_steps(args[0].as_integer(), args[1].as_integer(), args[2].as_integer(), context.limits));
}

// seq LAST, seq FIRST LAST, seq FIRST STEP LAST, as the command of that name; anything else is "".
std::optional<Steps> sequence(Args args, const Limits& limits) {
  if (args.empty() || args.size() > 3) return std::nullopt;
  const std::int64_t first = args.size() == 1 ? 1 : args[0].as_integer();
  const std::int64_t last = args.back().as_integer();
  const std::int64_t direction = last < first ? -1 : 1;
  const std::int64_t step = args.size() == 3 ? args[1].as_integer() : direction;
  if (direction < 0 && step > 0) return std::nullopt;
  return count_steps(first, wrapping_add(last, direction), step, limits);
}

Value seq(CallContext& context, Args args) {
  const Steps steps = sequence(args, context.limits).value_or(Steps());
  std::string text;
  for (std::uint64_t i = 0; i < steps.count; ++i) {
    if (i > 0) text += ' ';
    text += std::to_string(steps.at(i));
  }
  return context.string(text);
}

constexpr Type integer = Type::int_;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"until", Signature::of({integer}, Type::slice_int), until},
    {"untilStep", Signature::of({integer, integer, integer}, Type::slice_int), until_step},
    {"seq", Signature::variadic_of({integer}, Type::string), seq},
});

}  // namespace

const std::span<const gotmpl::Function> math_sequence_functions = table;

}  // namespace rhumb::funcs
