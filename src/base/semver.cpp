#include "rhumb/base/semver.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace rhumb::semver {
namespace {

constexpr std::size_t longest_version = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_identifier(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; }

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Reads along a text. Everything the version grammar needs is decided by the next character.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::string_view rest() const { return text_.substr(at_); }

  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  template <typename Predicate>
  std::string_view take(Predicate predicate) {
    const std::size_t from = at_;
    while (!at_end() && predicate(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  /// `.NUMBER` where NUMBER is of the given characters: the number; nothing is consumed when there is none.
  template <typename Predicate>
  std::optional<std::string_view> dotted(Predicate predicate) {
    if (peek() != '.' || !predicate(peek(1))) return std::nullopt;
    ++at_;
    return take(predicate);
  }

  /// Behind `lead`: identifiers joined by dots; nothing is consumed when there are none.
  std::string_view identifiers(char lead) {
    if (peek() != lead || !is_identifier(peek(1))) return {};
    const std::size_t from = ++at_;
    take(is_identifier);
    while (dotted(is_identifier)) {
    }
    return text_.substr(from, at_ - from);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Diagnostic invalid() { return error("invalid semantic version"); }

std::string range_error(std::string_view number) {
  return "strconv.ParseUint: parsing \"" + std::string(number) + "\": value out of range";
}

template <typename Visitor>
std::string each_identifier(std::string_view text, Visitor visitor) {
  for (;;) {
    const std::size_t dot = text.find('.');
    std::string problem = visitor(text.substr(0, dot));
    if (!problem.empty() || dot == std::string_view::npos) return problem;
    text.remove_prefix(dot + 1);
  }
}

int compare_numbers(std::uint64_t a, std::uint64_t b) { return a < b ? -1 : a > b ? 1 : 0; }

// As comparePrePart: numbers below words, "" below everything.
int compare_identifiers(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  if (a.empty()) return -1;
  if (b.empty()) return 1;
  const std::optional<std::uint64_t> x = number_of(a);
  const std::optional<std::uint64_t> y = number_of(b);
  if (!x && !y) return a > b ? 1 : -1;
  if (!y) return -1;
  if (!x) return 1;
  return *x > *y ? 1 : -1;
}

int compare_prereleases(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const std::size_t a_dot = std::min(a.find('.'), a.size());
    const std::size_t b_dot = std::min(b.find('.'), b.size());
    if (const int order = compare_identifiers(a.substr(0, a_dot), b.substr(0, b_dot)); order != 0) return order;
    a.remove_prefix(std::min(a_dot + 1, a.size()));
    b.remove_prefix(std::min(b_dot + 1, b.size()));
  }
  return 0;
}

}  // namespace

std::string Version::string() const {
  std::string text = std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  if (!prerelease.empty()) text += "-" + prerelease;
  if (!metadata.empty()) text += "+" + metadata;
  return text;
}

std::string check_prerelease(std::string_view text) {
  return each_identifier(text, [](std::string_view part) -> std::string {
    if (part.empty() || !std::all_of(part.begin(), part.end(), is_identifier)) return "invalid prerelease string";
    const bool leading_zero = part.size() > 1 && part[0] == '0' && std::all_of(part.begin(), part.end(), is_digit);
    return leading_zero ? "version segment starts with 0" : "";
  });
}

std::string check_metadata(std::string_view text) {
  return each_identifier(text, [](std::string_view part) -> std::string {
    const bool good = !part.empty() && std::all_of(part.begin(), part.end(), is_identifier);
    return good ? "" : "invalid metadata string";
  });
}

Result<Version> parse(std::string_view text) {
  if (text.size() > longest_version) return error("version string is too long (max 256 bytes)");
  Cursor cursor(text);
  cursor.skip('v');
  std::array<std::string_view, 3> numbers;
  numbers[0] = cursor.take(is_digit);
  if (numbers[0].empty()) return invalid();
  if (const auto minor = cursor.dotted(is_digit)) {
    numbers[1] = *minor;
    numbers[2] = cursor.dotted(is_digit).value_or(std::string_view());
  }
  Version version;
  version.prerelease = cursor.identifiers('-');
  version.metadata = cursor.identifiers('+');
  if (!cursor.at_end()) return invalid();
  version.original = text;
  const std::array<std::uint64_t*, 3> parts{&version.major, &version.minor, &version.patch};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i].empty()) continue;
    const std::optional<std::uint64_t> value = number_of(numbers[i]);
    if (!value) return error("error parsing version segment: " + range_error(numbers[i]));
    *parts[i] = *value;
  }
  if (version.prerelease.empty()) return version;
  if (std::string problem = check_prerelease(version.prerelease); !problem.empty()) return error(std::move(problem));
  return version;
}

Result<Version> parse_strict(std::string_view text) {
  if (text.empty()) return error("version string empty");
  if (text.size() > longest_version) return error("version string is too long (max 256 bytes)");
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos) return invalid();
  std::array<std::string_view, 3> numbers{text.substr(0, first), text.substr(first + 1, second - first - 1),
                                          text.substr(second + 1)};
  Version version;
  version.original = text;
  if (const std::size_t plus = numbers[2].find('+'); plus != std::string_view::npos) {
    version.metadata = numbers[2].substr(plus + 1);
    numbers[2] = numbers[2].substr(0, plus);
    if (std::string problem = check_metadata(version.metadata); !problem.empty()) return error(std::move(problem));
  }
  if (const std::size_t dash = numbers[2].find('-'); dash != std::string_view::npos) {
    version.prerelease = numbers[2].substr(dash + 1);
    numbers[2] = numbers[2].substr(0, dash);
    if (std::string problem = check_prerelease(version.prerelease); !problem.empty()) return error(std::move(problem));
  }
  for (const std::string_view number : numbers) {
    if (!std::all_of(number.begin(), number.end(), is_digit)) return error("invalid characters in version");
    if (number.size() > 1 && number[0] == '0') return error("version segment starts with 0");
  }
  const std::array<std::uint64_t*, 3> parts{&version.major, &version.minor, &version.patch};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i].empty()) return error("strconv.ParseUint: parsing \"\": invalid syntax");
    const std::optional<std::uint64_t> value = number_of(numbers[i]);
    if (!value) return error(range_error(numbers[i]));
    *parts[i] = *value;
  }
  return version;
}

int compare(const Version& a, const Version& b) {
  if (const int order = compare_numbers(a.major, b.major); order != 0) return order;
  if (const int order = compare_numbers(a.minor, b.minor); order != 0) return order;
  if (const int order = compare_numbers(a.patch, b.patch); order != 0) return order;
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return static_cast<int>(a.prerelease.empty()) - static_cast<int>(b.prerelease.empty());
  }
  return compare_prereleases(a.prerelease, b.prerelease);
}

}  // namespace rhumb::semver
