#include "rhumb/base/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <list>
#include <mutex>
#include <utility>

#include "base/regex_syntax.h"
#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

// What is kept for the next call: charts ask for few patterns, most of them again and again.
constexpr std::size_t kept_regexes = 32;
constexpr std::size_t kept_pattern_bytes = 1024;
constexpr std::size_t usual_memory_bytes = 8 << 20;

std::unique_ptr<re2::RE2> compile_with(std::string_view pattern, std::size_t memory_bytes) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(memory_bytes));
  return std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
}

/// A bound for the size of the program, in characters that are matched: RE2 writes counted repetitions out.
std::size_t written_out(std::string_view pattern) {
  std::size_t factor = 1;
  for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
    if (at >= 2 && pattern.substr(at - 2, 2) == "\\x") continue;  // a character by its number
    std::size_t largest = 0;
    std::size_t count = 0;
    for (std::size_t i = at + 1; i < pattern.size() && pattern[i] != '}'; ++i) {
      const bool is_digit = pattern[i] >= '0' && pattern[i] <= '9';
      count = is_digit ? std::min<std::size_t>(count * 10 + static_cast<std::size_t>(pattern[i] - '0'), 100000) : 0;
      largest = std::max(largest, count);
    }
    factor = std::min<std::size_t>(factor * std::max<std::size_t>(largest, 1), 1 << 20);
  }
  return pattern.size() * factor;
}

/// Whether there are characters or classes in it that RE2 writes out as many ranges of bytes. The pattern is a
/// translated one, with characters as \x{..}.
bool has_unicode(std::string_view pattern) {
  const auto is_wide = [&](std::string_view escape, std::size_t most) {
    for (std::size_t at = pattern.find(escape); at != std::string_view::npos; at = pattern.find(escape, at + 1)) {
      if (pattern.find('}', at) > at + escape.size() + most) return true;
    }
    return false;
  };
  return std::any_of(pattern.begin(), pattern.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) ||
         is_wide("\\x{", 2) || pattern.find("\\p") != std::string_view::npos ||
         pattern.find("\\P") != std::string_view::npos;
}

/// Whether it is plain that RE2 takes the pattern and stays far below every limit.
bool is_surely_small(std::string_view pattern) {
  return pattern.size() <= 1024 && !has_unicode(pattern) && written_out(pattern) <= 16384;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

Regex::Regex(const Limits& limits, std::string_view pattern) : pattern_(pattern) {
  regex::Translation translated = regex::translate(pattern);
  group_names_ = std::move(translated.group_names);
  error_ = std::move(translated.error);
  has_no_boundary_ = translated.has_no_boundary;
  if (!error_.empty()) return;
  if (is_surely_small(translated.pattern)) {
    small_ = true;
    translated_ = std::move(translated.pattern);
    return;
  }
  const std::size_t usual = std::min(usual_memory_bytes, limits.regex_memory_bytes);
  program_ = compile_with(translated.pattern, usual);
  small_ = program_->ok() && pattern.size() <= kept_pattern_bytes;
  if (program_->error_code() == re2::RE2::ErrorPatternTooLarge && usual < limits.regex_memory_bytes) {
    program_ = compile_with(translated.pattern, limits.regex_memory_bytes);
  }
  if (program_->ok()) return;
  if (program_->error_code() == re2::RE2::ErrorPatternTooLarge) {
    throw LimitError("a regular expression exceeds the limit of " + std::to_string(limits.regex_memory_bytes) +
                     " bytes of memory");
  }
  error_ = "error parsing regexp: " + program_->error();
}

Regex::~Regex() = default;

const re2::RE2& Regex::program() const {
  std::call_once(once_, [this] {
    if (program_ == nullptr) program_ = compile_with(translated_, usual_memory_bytes);
  });
  return *program_;
}

namespace {

/// Invisible but for the time it saves. Of all threads, since they meet the same patterns.
class KeptRegexes {
 public:
  static KeptRegexes& instance() {
    static KeptRegexes kept;
    return kept;
  }

  /// Null for one that is not kept.
  std::shared_ptr<const Regex> find(std::string_view pattern) {
    const std::lock_guard lock(mutex_);
    for (auto at = regexes_.begin(); at != regexes_.end(); ++at) {
      if ((*at)->pattern() != pattern) continue;
      regexes_.splice(regexes_.begin(), regexes_, at);
      return regexes_.front();
    }
    return nullptr;
  }

  void keep(std::shared_ptr<const Regex> regex) {
    const std::lock_guard lock(mutex_);
    if (regexes_.size() == kept_regexes) regexes_.pop_back();
    regexes_.push_front(std::move(regex));
  }

 private:
  std::mutex mutex_;
  std::list<std::shared_ptr<const Regex>> regexes_;
};

}  // namespace

std::shared_ptr<const Regex> Regex::compile(const Limits& limits, std::string_view pattern) {
  if (pattern.size() > limits.regex_bytes) {
    throw LimitError("a regular expression of " + std::to_string(pattern.size()) + " bytes exceeds the limit of " +
                     std::to_string(limits.regex_bytes) + " bytes");
  }
  if (auto known = KeptRegexes::instance().find(pattern)) return known;
  auto made = std::make_shared<const Regex>(limits, pattern);
  if (made->is_small()) KeptRegexes::instance().keep(made);
  return made;
}

RegexSubject::RegexSubject(const Regex& regex, std::string_view text) : regex_(regex), text_(text) {
  if (text_.data() == nullptr) text_ = "";
  if (utf8::valid(text)) return;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (rune.invalid()) replaced_.push_back(valid_.size());
    utf8::append(valid_, rune.value);
  }
  text_ = valid_;
}

bool RegexSubject::matches() const {
  RegexMatch match;
  return match_at(0, 0, match);
}

bool RegexSubject::match_at(std::size_t position, std::size_t count, RegexMatch& match) const {
  if (!regex_.has_no_boundary_) return match_bytes_at(position, count, match);
  while (match_bytes_at(position, std::max<std::size_t>(count, 1), match)) {
    std::size_t begin = match[0].begin;
    if (begin == text_.size() || !is_continuation(text_[begin])) return true;
    // Between the bytes of a character only an empty match is possible: what counts starts behind it.
    while (begin < text_.size() && is_continuation(text_[begin])) ++begin;
    position = begin;
  }
  return false;
}

bool RegexSubject::match_bytes_at(std::size_t position, std::size_t count, RegexMatch& match) const {
  std::vector<re2::StringPiece> pieces(count);
  const re2::StringPiece text(text_.data(), text_.size());
  if (!regex_.program().Match(text, position, text_.size(), re2::RE2::UNANCHORED, pieces.data(),
                              static_cast<int>(count))) {
    return false;
  }
  match.assign(count, RegexRange{});
  for (std::size_t i = 0; i < count; ++i) {
    if (pieces[i].data() == nullptr) continue;
    const auto begin = static_cast<std::size_t>(pieces[i].data() - text_.data());
    match[i] = {begin, begin + pieces[i].size()};
  }
  return true;
}

std::vector<RegexRange> RegexSubject::find_all(std::size_t most) const {
  std::vector<RegexRange> found;
  RegexMatch match;
  std::size_t previous_end = std::string_view::npos;
  for (std::size_t position = 0; found.size() < most && position <= text_.size();) {
    if (!match_at(position, 1, match)) break;
    const RegexRange range = match[0];
    bool accepted = true;
    if (range.end == position) {
      // An empty match: not right behind the one before, and then one rune on.
      accepted = range.begin != previous_end;
      const std::size_t width = utf8::decode(text_.substr(position)).width;
      position = width > 0 ? position + width : text_.size() + 1;
    } else {
      position = range.end;
    }
    previous_end = range.end;
    if (accepted) found.push_back(original(range));
  }
  return found;
}

std::size_t RegexSubject::next_position(std::size_t position, std::size_t match_end) const {
  const std::size_t width = position < text_.size() ? utf8::decode(text_.substr(position)).width : 0;
  if (position + width > match_end) return position + width;
  return position + 1 > match_end ? position + 1 : match_end;
}

RegexRange RegexSubject::original(RegexRange range) const {
  return range.found() ? RegexRange{original(range.begin), original(range.end)} : range;
}

std::size_t RegexSubject::original(std::size_t position) const {
  const auto before = std::lower_bound(replaced_.begin(), replaced_.end(), position) - replaced_.begin();
  return position - 2 * static_cast<std::size_t>(before);
}

}  // namespace rhumb
