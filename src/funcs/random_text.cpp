// Random text, from the generator of the host.
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "funcs/families.h"
#include "funcs/support/base_text.h"
#include "funcs/support/text_builder.h"
#include "rhumb/base/utf8.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

/// Numbers below a bound, all equally likely.
class Dice {
 public:
  explicit Dice(Host& host) : host_(host) {}

  std::uint64_t roll(std::uint64_t bound) {
    const std::uint64_t reject_from = bound * (std::numeric_limits<std::uint64_t>::max() / bound);
    std::uint64_t number = next();
    while (number >= reject_from) number = next();
    return number % bound;
  }

 private:
  std::uint64_t next() {
    if (used_ == numbers_.size()) {
      host_.random(std::as_writable_bytes(std::span(numbers_)));
      used_ = 0;
    }
    return numbers_[used_++];
  }

  Host& host_;
  std::array<std::uint64_t, 16> numbers_{};
  std::size_t used_ = numbers_.size();
};

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view letters_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string printable() {
  std::string all;
  for (char c = ' '; c <= '~'; ++c) all += c;
  return all;
}

/// As goutils.CryptoRandom, whose error for a negative count sprig drops.
Value random_from(CallContext& context, Args args, std::string_view alphabet) {
  const std::int64_t count = args[0].as_integer();
  if (count <= 0) return context.string("");
  check_text_size(context.limits, static_cast<std::size_t>(count));
  Dice dice(context.host);
  std::string text(static_cast<std::size_t>(count), '\0');
  for (char& c : text) c = alphabet[dice.roll(alphabet.size())];
  return context.string(text);
}

Value rand_alpha_num(CallContext& context, Args args) { return random_from(context, args, letters_and_digits); }
Value rand_alpha(CallContext& context, Args args) { return random_from(context, args, letters); }
Value rand_numeric(CallContext& context, Args args) { return random_from(context, args, digits); }
Value rand_ascii(CallContext& context, Args args) { return random_from(context, args, printable()); }

Value rand_bytes(CallContext& context, Args args) {
  const std::int64_t count = args[0].as_integer();
  if (count < 0 || count > (std::int64_t{1} << 48)) {
    throw FunctionError{"runtime error: makeslice: len out of range"};
  }
  check_text_size(context.limits, static_cast<std::size_t>(count) / 3 * 4);
  std::string bytes(static_cast<std::size_t>(count), '\0');
  context.host.random(std::as_writable_bytes(std::span(bytes)));
  return context.string(base64_text(bytes));
}

Value rand_int(CallContext& context, Args args) {
  const auto least = static_cast<std::uint64_t>(args[0].as_integer());
  const std::uint64_t span = static_cast<std::uint64_t>(args[1].as_integer()) - least;
  if (static_cast<std::int64_t>(span) <= 0) throw FunctionError{"invalid argument to Intn"};
  return Value::integer(static_cast<std::int64_t>(least + Dice(context.host).roll(span)));
}

/// As xstrings.Shuffle.
Value shuffle(CallContext& context, Args args) {
  std::u32string runes = utf8::to_runes(args[0].as_text());
  Dice dice(context.host);
  for (std::size_t i = runes.size(); i > 1; --i) std::swap(runes[i - 1], runes[dice.roll(i)]);
  return context.string(utf8::from_runes(runes));
}

Value uuidv4(CallContext& context, Args) {
  std::array<std::uint8_t, 16> bytes{};
  context.host.random(std::as_writable_bytes(std::span(bytes)));
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += {"0123456789abcdef"[bytes[i] >> 4], "0123456789abcdef"[bytes[i] & 15]};
  }
  return context.string(text);
}

constexpr auto table = std::to_array<gotmpl::Function>({
    {"randAlphaNum", Signature::of({Type::int_}, Type::string), rand_alpha_num},
    {"randAlpha", Signature::of({Type::int_}, Type::string), rand_alpha},
    {"randNumeric", Signature::of({Type::int_}, Type::string), rand_numeric},
    {"randAscii", Signature::of({Type::int_}, Type::string), rand_ascii},
    {"randBytes", Signature::of({Type::int_}, Type::string), rand_bytes},
    {"randInt", Signature::of({Type::int_, Type::int_}, Type::int_), rand_int},
    {"shuffle", Signature::of({Type::string}, Type::string), shuffle},
    {"uuidv4", Signature::of({}, Type::string), uuidv4},
});

}  // namespace

const std::span<const gotmpl::Function> random_text_functions = table;

}  // namespace rhumb::funcs
